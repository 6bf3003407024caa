/** Receivers of webhooks that misbehave: each is given up, and delays no other. */
import { OutboundClient, type OutboundOptions } from "../../../server/outbound/client.ts";
import { sender } from "../../../server/alerts/channels/send.ts";
import type { ChannelDraft } from "../../../server/protocol/alerts/channel.ts";
import { assertEquals, eventually } from "../../assert.ts";
import { rawServer } from "../../fakes/outbound/raw_server.ts";
import { receiver } from "../../fakes/outbound/receiver.ts";
import { fakeNotice } from "../channels/fake_notice.ts";
import { DeliveryScene } from "./scene.ts";

/** Sends a message to a port of this machine by a name, and returns the outcome. */
function deliver(port: number, options: OutboundOptions = {}) {
  const outbound = new OutboundClient({
    allow: [{ address: "127.0.0.1", port }],
    resolve: () => Promise.resolve(["127.0.0.1"]),
    ...options,
  });
  return sender(outbound, () => `http://hook.example:${port}/`)(HOOK, fakeNotice());
}

const HOOK: ChannelDraft = { id: "hook", name: "Hook", kind: "webhook", url: "env:URL" };

Deno.test("a request to a receiver that hangs ends, and its connection is closed", async () => {
  await using server = rawServer("", { keepOpen: true });
  assertEquals(await deliver(server.port, { timeoutMs: 100 }), "timeout");
  await eventually("the end of the connection", () => server.open === 0);
});

Deno.test("a redirect to loopback is refused, and nothing is sent there", async () => {
  await using victim = rawServer("HTTP/1.1 204 No Content\r\n\r\n");
  const location = `http://127.0.0.1:${victim.port}/`;
  await using server = rawServer(
    `HTTP/1.1 307 Moved\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`,
  );
  assertEquals(await deliver(server.port), "refused");
  assertEquals([server.requests.length, victim.requests.length], [1, 0]);
});

Deno.test("only the head of an answer of 1 GB is read", async () => {
  const head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n";
  await using server = rawServer(head, { repeat: "x".repeat(65_536) });
  assertEquals(await deliver(server.port), "delivered");
  await eventually("the end of the connection", () => server.open === 0);
});

for (
  const [what, first, then, outcome] of [
    ["from an allowed address to another one of loopback", "127.0.0.1", "127.0.0.2", "delivered"],
    ["from loopback to an allowed address", "127.0.0.2", "127.0.0.1", "blocked"],
  ] as const
) {
  Deno.test(`a name that changes ${what} is checked and reached by its first address`, async () => {
    await using server = rawServer("HTTP/1.1 204 No Content\r\n\r\n");
    const answers = [first, then];
    const resolve = () => Promise.resolve([answers.shift() ?? then]);
    assertEquals(await deliver(server.port, { resolve }), outcome);
    assertEquals([answers.length, server.requests.length], [1, outcome === "delivered" ? 1 : 0]);
  });
}

Deno.test("receivers that misbehave delay no other channel", async () => {
  const hanging = rawServer("", { keepOpen: true });
  const endless = rawServer("HTTP/1.1 200 OK\r\n", { repeat: "X-A: b\r\n" });
  const redirecting = rawServer("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n");
  const good = receiver();
  const servers = { hanging, endless, redirecting, good };
  const ids = Object.keys(servers);
  const rule = { id: "sick", name: "Sick", when: { kind: "state", state: "unhealthy" } } as const;
  await using scene = new DeliveryScene({
    rules: [{ ...rule, deliver: ids }],
    channels: ids.map((id) => ({ ...HOOK, id, name: id, url: `env:${id}` })),
  });
  // The servers end before the scene, which waits for what is under way.
  await using ended = new AsyncDisposableStack();
  for (const server of Object.values(servers)) ended.use(server);
  const allow = Object.values(servers).map(({ port }) => ({ address: "127.0.0.1", port }));
  const urlOf = (id: string) => `http://127.0.0.1:${servers[id as keyof typeof servers].port}/`;
  scene.send = sender(new OutboundClient({ allow, timeoutMs: 60_000 }), urlOf);
  for (const name of ["web", "db", "cache"]) {
    scene.turn(name, "unhealthy");
    await eventually(`the alarm of ${name}`, () => good.received.some(({ container }) => container === name));
  }
  await eventually("the request that hangs", () => hanging.requests.length === 1);
  assertEquals(hanging.open, 1);
});
