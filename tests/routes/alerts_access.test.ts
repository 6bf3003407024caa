/** Access to rules, channels and alerts over HTTP. */
import { assertEquals } from "../assert.ts";
import { serveStacks } from "../stacks/client.ts";

const RULE = { name: "Sick", when: { kind: "state", state: "unhealthy" } };

Deno.test("rules and channels need the token, and changes and tests are refused with --read-only", async () => {
  await using it = await serveStacks({
    changes: { access: { token: undefined, auth: true, origins: [], readOnly: true, viewToken: false } },
  });
  for (const path of ["/alerts/rules", "/alerts/channels"]) {
    const answer = await fetch(it.server.url + path);
    await answer.body?.cancel();
    assertEquals(answer.status, 401);
  }
  const open = await fetch(`${it.server.url}/alerts`);
  await open.body?.cancel();
  assertEquals(open.status, 200);
  assertEquals((await it.call("POST", "/alerts/rules", RULE)).status, 403);
  assertEquals((await it.call("POST", "/alerts/channels/page/test")).status, 403);
});
