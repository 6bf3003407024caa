import { preloadWhenIdle } from "../../src/app/preload.ts";

Deno.test("loads all parts, also when one of them fails", async () => {
  const loaded = Promise.withResolvers<void>();
  preloadWhenIdle([
    () => Promise.reject(new Error("offline")),
    () => Promise.resolve(loaded.resolve()),
  ], 0);
  await loaded.promise;
});
