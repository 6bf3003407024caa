import { assertEquals } from "../assert.ts";
import { serveStacks } from "../stacks/client.ts";

Deno.test("refuses a body of another type with 415, and one that is too long with 413", async () => {
  await using it = await serveStacks();
  const headers = { authorization: "Bearer a-token-for-tests-only" };
  const text = await fetch(`${it.server.url}/stacks`, { method: "POST", headers, body: "name: web" });
  assertEquals([text.status, (await text.json()).status], [415, 415]);
  const long = await it.call("POST", "/stacks", { name: "web", compose: "#".repeat(1024 * 1024) });
  assertEquals([long.status, long.body.status], [413, 413]);
  // Sent in chunks, so that the length is not announced.
  const chunks = new ReadableStream({
    start: (controller) => {
      for (let i = 0; i < 5; i++) controller.enqueue(new Uint8Array(256 * 1024).fill(0x20));
      controller.close();
    },
  });
  const chunked = await fetch(`${it.server.url}/stacks`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: chunks,
  });
  assertEquals([chunked.status, (await chunked.json()).status], [413, 413]);
});
