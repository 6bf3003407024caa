/** Alerts over HTTP, from an event of the engine to a webhook. */
import type { Config } from "../../server/config/config.ts";
import { HIDDEN } from "../../server/stacks/public_view.ts";
import { assertEquals, eventually } from "../assert.ts";
import { freshFolder } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { rawServer } from "../fakes/outbound/raw_server.ts";
import { type Receiver, receiver } from "../fakes/outbound/receiver.ts";
import { type ServedStacks, serveStacks } from "../stacks/client.ts";

const UNHEALTHY = fakeContainer("web", { health: "unhealthy" });
const HOOK = { name: "Hook", kind: "webhook", url: "env:ALERT_TEST_URL" };
const RULE = { name: "Sick", when: { kind: "state", state: "unhealthy" }, deliver: ["hook"] };

/** Settings that let webhooks reach a port of this machine. */
function reaching(port: number, data = freshFolder()): Partial<Config> {
  Deno.env.set("ALERT_TEST_URL", `http://127.0.0.1:${port}/secret-path`);
  return { data, outbound: { allow: [{ address: "127.0.0.1", port }] } };
}

async function serveHook(
  hook: Receiver,
  engine = new FakeEngine(fakeContainer("web")),
): Promise<ServedStacks> {
  const it = await serveStacks({ engine, changes: reaching(hook.port) });
  assertEquals((await it.call("POST", "/alerts/channels", HOOK)).status, 201);
  assertEquals((await it.call("POST", "/alerts/rules", RULE)).status, 201);
  return it;
}

Deno.test("an unhealthy container reaches the webhook once, with the id of the alert", async () => {
  await using hook = receiver();
  await using it = await serveHook(hook);
  it.engine.put(UNHEALTHY, "health_status: unhealthy");
  const body = await eventually("the message", () => hook.received[0]);
  const { body: { alerts: [alert] } } = await it.call("GET", "/alerts");
  assertEquals([body.id, body.event, body.rule, body.container, body.host], [
    alert.id,
    "alarm",
    "Sick",
    "web",
    "Localhost",
  ]);
  assertEquals([alert.state, alert.name, alert.reason], ["firing", "web", "The health check fails"]);
  await eventually(
    "the note that it was sent",
    async () => (await it.call("GET", "/alerts")).body.alerts[0].sent,
  );
  assertEquals(hook.received.length, 1);
});

Deno.test("a webhook receives the documented keys, and no other", async () => {
  await using hook = receiver();
  await using it = await serveHook(hook);
  it.engine.put(UNHEALTHY, "health_status: unhealthy");
  const { title, message, alerts, ...first } = await eventually("the message", () => hook.received[0]);
  assertEquals([typeof title, typeof message, alerts], ["string", "string", [first]]);
  const text = await Deno.readTextFile(new URL("../../docs/protocol.md", import.meta.url));
  const [, keys = ""] = /the keys of its first alert\s+\(`([^`]+)`\)/.exec(text) ?? [];
  assertEquals(Object.keys(first).sort(), keys.split(", ").sort());
});

Deno.test("a removed container ends its alert, and the recovery has the same id", async () => {
  await using hook = receiver();
  await using it = await serveHook(hook);
  it.engine.put(UNHEALTHY, "health_status: unhealthy");
  await eventually("the alarm", () => hook.received[0]);
  it.engine.destroy("web");
  const recovery = await eventually("the recovery", () => hook.received[1]);
  assertEquals([recovery.id, recovery.event, recovery.state], [hook.received[0].id, "recovery", "resolved"]);
});

Deno.test("an alert can be acknowledged and silenced, and its recovery is sent all the same", async () => {
  await using hook = receiver();
  await using it = await serveHook(hook);
  it.engine.put(UNHEALTHY, "health_status: unhealthy");
  const { id } = await eventually("the alarm", () => hook.received[0]);
  assertEquals((await it.call("POST", `/alerts/${id}/acknowledge`)).body.state, "acknowledged");
  assertEquals((await it.call("POST", `/alerts/${id}/silence`, { for: "1h" })).body.state, "silenced");
  it.engine.destroy("web");
  assertEquals((await eventually("the recovery", () => hook.received[1])).event, "recovery");
  assertEquals((await it.call("POST", `/alerts/${id}/silence`, { for: "1h" })).status, 409);
});

Deno.test("a message that no channel takes is sent by the next server, with the same id", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  const data = freshFolder();
  let port: number;
  let id: string;
  {
    await using hook = receiver();
    port = hook.port;
    hook.status = 500;
    await using it = await serveStacks({ engine, changes: reaching(port, data) });
    await it.call("POST", "/alerts/channels", HOOK);
    await it.call("POST", "/alerts/rules", RULE);
    engine.put(UNHEALTHY, "health_status: unhealthy");
    id = (await eventually("the alarm", () => hook.received[0])).id;
  }
  await using hook = receiver(port);
  const again = new FakeEngine(UNHEALTHY);
  await using _it = await serveStacks({ engine: again, changes: reaching(port, data) });
  assertEquals((await eventually("the alarm", () => hook.received[0])).id, id);
});

Deno.test("a line that matches fires at once, and clients without the token do not see it", async () => {
  await using hook = receiver();
  await using it = await serveHook(hook);
  const rule = { name: "Errors", when: { kind: "log", pattern: "out of \\w+" }, deliver: ["hook"] };
  assertEquals((await it.call("POST", "/alerts/rules", rule)).status, 201);
  await eventually("the follower", () => it.engine.calls.followed > 0);
  it.engine.written.push({ timestamp: new Date().toISOString(), message: "out of cheese", stream: "stderr" });
  assertEquals((await eventually("the alarm", () => hook.received[0])).line, "out of cheese");
  const { alerts: [alert] } = await (await fetch(`${it.server.url}/alerts`)).json();
  assertEquals(alert.line, HIDDEN);
});

for (
  const [answer, outcome] of [
    ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "delivered"],
    ["HTTP/1.1 403 No\r\nContent-Length: 6\r\n\r\nsecret", "refused"],
    ["HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n", "refused"],
    ["nonsense", "unreachable"],
  ] as const
) {
  Deno.test(`a test of a channel answers ${outcome}, and nothing that the other side has sent: ${answer.slice(0, 16)}`, async () => {
    await using server = rawServer(answer);
    await using it = await serveStacks({ changes: reaching(server.port) });
    await it.call("POST", "/alerts/channels", HOOK);
    assertEquals((await it.call("POST", "/alerts/channels/hook/test")).body, { outcome });
  });
}

Deno.test("a test of a forbidden address, and of a secret that is missing or forbidden, has an outcome for each", async () => {
  await using it = await serveStacks();
  Deno.env.set("ALERT_TEST_URL", "http://169.254.169.254/latest");
  await it.call("POST", "/alerts/channels", HOOK);
  await it.call("POST", "/alerts/channels", { ...HOOK, id: "none", url: "env:ALERT_TEST_MISSING" });
  await it.call("POST", "/alerts/channels", { ...HOOK, id: "own", url: "env:DOCKSTAT_TOKEN" });
  const outcomeOf = async (id: string) => (await it.call("POST", `/alerts/channels/${id}/test`)).body;
  assertEquals(await outcomeOf("hook"), { outcome: "blocked" });
  for (const id of ["none", "own"]) assertEquals(await outcomeOf(id), { outcome: "no-secret" });
});

Deno.test("ten tests per minute are sent", async () => {
  await using it = await serveStacks();
  await it.call("POST", "/alerts/channels", { name: "Page", kind: "browser" });
  const test = async () => (await it.call("POST", "/alerts/channels/page/test")).status;
  for (let sent = 0; sent < 10; sent++) assertEquals(await test(), 200);
  assertEquals(await test(), 429);
});

Deno.test("the default rules are there, and a rule can be changed and deleted", async () => {
  await using it = await serveStacks();
  const { body } = await it.call("GET", "/alerts/rules");
  assertEquals(body.map(({ id }: { id: string }) => id), [
    "unhealthy",
    "failed",
    "restart-loop",
    "out-of-memory",
    "host-down",
    "disk-full",
  ]);
  const changed = await it.call("PUT", "/alerts/rules/failed", { ...body[1], enabled: false });
  assertEquals([changed.status, changed.body.enabled], [200, false]);
  assertEquals((await it.call("DELETE", "/alerts/rules/failed")).status, 204);
  assertEquals((await it.call("GET", "/alerts/rules/failed")).status, 404);
});

for (
  const [what, rule, message] of [
    ["an unknown channel", { deliver: ["nowhere"] }, "deliver"],
    ["a pattern with a backreference", { when: { kind: "log", pattern: "(a)\\1" } }, "when.pattern"],
    ["an unknown kind", { when: { kind: "magic" } }, "when.kind"],
    ["an unknown time zone", { quiet: { from: "22:00", to: "07:00", zone: "Mars/Olympus" } }, "quiet.zone"],
    ["an offset as a time zone", { quiet: { from: "22:00", to: "07:00", zone: "+01:00" } }, "quiet.zone"],
    ["an unknown key", { whenever: 1 }, "whenever"],
    ["a negative limit", { when: { kind: "threshold", metric: "cpu", above: -1 } }, "when.above"],
  ] as const
) {
  Deno.test(`refuses a rule with ${what}`, async () => {
    await using it = await serveStacks();
    const { status, body } = await it.call("POST", "/alerts/rules", { ...RULE, deliver: [], ...rule });
    assertEquals([status, body.errors[0].path], [422, message]);
  });
}

for (
  const [what, channel] of [
    ["a plain URL", { ...HOOK, url: "https://hooks.example.org/T000/B000" }],
    ["an unknown name in a template", { ...HOOK, template: { text: "{{env.TOKEN}}" } }],
    ["a header that ends the request", { ...HOOK, headers: { "Content-Length": "env:A" } }],
    ["a mail address with a line break", {
      ...{ name: "Mail", kind: "email", host: "mail.example.org", port: 587 },
      ...{ from: "a@example.org\r\nBcc: b@example.org", to: ["c@example.org"] },
    }],
  ] as const
) {
  Deno.test(`refuses a channel with ${what}`, async () => {
    await using it = await serveStacks();
    assertEquals((await it.call("POST", "/alerts/channels", channel)).status, 422);
  });
}

Deno.test("rules and channels of the file are listed and cannot be changed", async () => {
  const file = {
    rules: [{ id: "mine", name: "Mine", when: { kind: "absence" }, match: { service: "db" } } as const],
    channels: [{ id: "page", name: "Page", kind: "browser" } as const],
  };
  await using it = await serveStacks({ changes: { alerts: file } });
  assertEquals((await it.call("GET", "/alerts/rules")).body[0].source, "file");
  for (const path of ["/alerts/rules/mine", "/alerts/channels/page"]) {
    assertEquals((await it.call("DELETE", path)).status, 403);
  }
  assertEquals((await it.call("POST", "/alerts/rules", { ...RULE, id: "mine", deliver: [] })).status, 409);
});

Deno.test("a rule about images can be evaluated", async () => {
  await using it = await serveStacks();
  const { body } = await it.call("POST", "/alerts/rules", { name: "New", when: { kind: "image" } });
  assertEquals(body.problem, null);
});
