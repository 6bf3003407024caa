/** Channels of alerts that are removed while rules deliver to them. */
import { assertEquals } from "../assert.ts";
import { freshFolder } from "../client.ts";
import { serveStacks } from "../stacks/client.ts";

const RULE = { name: "Sick", when: { kind: "state", state: "unhealthy" } };

Deno.test("a deleted channel is removed from rules, which can still be changed", async () => {
  await using it = await serveStacks();
  for (const id of ["page", "phone"]) {
    await it.call("POST", "/alerts/channels", { id, name: id, kind: "browser" });
  }
  await it.call("POST", "/alerts/rules", { ...RULE, id: "sick", deliver: ["page", "phone"] });
  assertEquals((await it.call("DELETE", "/alerts/channels/page")).status, 204);
  const { body } = await it.call("GET", "/alerts/rules/sick");
  assertEquals(body.deliver, ["phone"]);
  assertEquals((await it.call("PUT", "/alerts/rules/sick", { ...body, enabled: false })).status, 200);
});

Deno.test("a rule keeps a channel that the file no longer has, and gets no other unknown one", async () => {
  const channel = { id: "page", name: "Page", kind: "browser" } as const;
  const data = freshFolder();
  {
    await using it = await serveStacks({ changes: { data, alerts: { rules: [], channels: [channel] } } });
    await it.call("POST", "/alerts/rules", { ...RULE, id: "sick", deliver: ["page"] });
  }
  await using it = await serveStacks({ changes: { data } });
  const { body } = await it.call("GET", "/alerts/rules/sick");
  assertEquals((await it.call("PUT", "/alerts/rules/sick", { ...body, enabled: false })).status, 200);
  assertEquals((await it.call("PUT", "/alerts/rules/sick", { ...body, deliver: ["other"] })).status, 422);
});
