import { loadWithRetry } from "../../src/lib/load_with_retry.ts";
import { assertEquals } from "../../../../tests/assert.ts";

Deno.test("retries until the module is loaded", async () => {
  let tries = 0;
  const load = () => ++tries < 3 ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve("here");
  assertEquals([await loadWithRetry(load, 0, () => Promise.resolve()), tries], ["here", 3]);
});

Deno.test("reloads the page when a module fails again, since browsers remember failed modules", async () => {
  let reloads = 0;
  const load = () =>
    reloads === 0 ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve("here");
  await loadWithRetry(load, 0, () => Promise.resolve(void reloads++));
  assertEquals(reloads, 1);
});
