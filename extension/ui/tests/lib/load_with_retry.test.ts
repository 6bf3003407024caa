import { loadWithRetry } from "../../src/lib/load_with_retry.ts";
import { assertEquals } from "../../../../tests/assert.ts";

/** A server that answers or not, and counts the reloads of the page. */
function fakeServer(reachable: boolean) {
  const server = {
    reloads: 0,
    isReachable: () => Promise.resolve(reachable),
    reload: () => void server.reloads++,
  };
  return server;
}

Deno.test("retries until the module is loaded, without a reload", async () => {
  for (const reachable of [true, false]) {
    const server = fakeServer(reachable);
    let tries = 0;
    const load = () =>
      ++tries < 2 ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve("here");
    assertEquals([await loadWithRetry(load, 0, server), tries, server.reloads], ["here", 2, 0]);
  }
});

Deno.test("reloads the page if a module fails while the server answers, since browsers remember it", async () => {
  const server = fakeServer(true);
  const load = () =>
    server.reloads === 0 ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve("here");
  await loadWithRetry(load, 0, server);
  assertEquals(server.reloads, 1);
});
