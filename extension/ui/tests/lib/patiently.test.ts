import { patiently } from "../../src/lib/patiently.ts";
import { assertEquals } from "../../../../tests/assert.ts";

Deno.test("what cannot be loaded is tried again until it is there", async () => {
  let tries = 0;
  const load = () => ++tries < 3 ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve("here");
  assertEquals([await patiently(load, 0), tries], ["here", 3]);
});
