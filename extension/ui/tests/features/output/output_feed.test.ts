import { OutputFeed } from "../../../src/features/output/output_feed.ts";
import { linesOf } from "../../../src/lib/lines/line.ts";
import { assertEquals, eventually } from "../../../../../tests/assert.ts";
import { FakeTransport, refusal } from "../../fakes/transport.ts";

const ID = "0123456789ab".padEnd(64, "0");
const ABOUT = { version: "1", access: "full", readOnly: false, simulated: false };
const STATS = `/docker/stats?host=nas&container=${ID}`;

/** A feed, and what a server does to it. */
function openFeed() {
  const transport = new FakeTransport();
  const feed = new OutputFeed(transport, { containers: [{ hostId: "nas", containerId: ID }] });
  const frame = (value: unknown) => transport.newest.listener.frame(JSON.stringify(value));
  return {
    transport,
    feed,
    frame,
    write(second: number, message: string, stream = "stdout") {
      const timestamp = `2026-08-01T12:00:${String(second).padStart(2, "0")}.000000000Z`;
      frame({ timestamp, message, stream, containerId: ID, hostId: "nas" });
    },
    end: (error: string | null) => frame({ hostId: "nas", containerId: ID, error }),
    lines() {
      feed.lines.flush();
      return feed.lines.view.value.entries.flatMap(linesOf);
    },
    async lose() {
      transport.newest.listener.closed({ code: 1006, reason: "" });
      await eventually("the wait", () => feed.socket.state.value.phase !== "open");
      await eventually("the wait", () => feed.socket.state.value.phase !== "connecting");
    },
    [Symbol.dispose]: () => feed[Symbol.dispose](),
  };
}

Deno.test("requests the newest lines first, and lines since the last one after a reconnect", async () => {
  using server = openFeed();
  assertEquals(server.transport.newest.path, `/logs/ws?container=${ID}&host=nas&batch=1&tail=500`);
  server.transport.newest.listener.opened();
  server.write(30, "a");
  await server.lose();
  server.feed.socket.retry();
  assertEquals(
    server.transport.newest.path,
    `/logs/ws?container=${ID}&host=nas&batch=1&since=2026-08-01T12%3A00%3A25.000Z`,
  );
});

Deno.test("shows each line once after a reconnect", async () => {
  using server = openFeed();
  server.transport.newest.listener.opened();
  for (const second of [1, 2, 3]) server.write(second, `line ${second}`);
  await server.lose();
  server.feed.socket.retry();
  server.transport.newest.listener.opened();
  for (const second of [1, 2, 3, 4, 5]) server.write(second, `line ${second}`);
  assertEquals(server.lines().map(({ text }) => text), [1, 2, 3, 4, 5].map((second) => `line ${second}`));
});

Deno.test("keeps the stream and the colors of each line", () => {
  using server = openFeed();
  server.write(1, "fine");
  server.write(2, "\x1b[31mbad\x1b[0m", "stderr");
  assertEquals(server.lines().map(({ stream, text, styled }) => [stream, text, styled]), [
    ["stdout", "fine", undefined],
    ["stderr", "bad", "\x1b[31mbad\x1b[0m"],
  ]);
});

Deno.test("reads frames of several lines", () => {
  using server = openFeed();
  const line = { timestamp: "2026-08-01T12:00:00Z", stream: "stdout", containerId: ID, hostId: "nas" };
  server.frame([{ ...line, message: "a" }, { ...line, message: "b" }]);
  assertEquals(server.lines().map(({ text }) => text), ["a", "b"]);
});

Deno.test("says that a container was not started, instead of an end", () => {
  using server = openFeed();
  server.end("the container has ended (created)");
  assertEquals(server.lines().map(({ text }) => text), ["This container has not been started."]);
});

Deno.test("notes the end and the restart of a container once, despite reconnects", async () => {
  using server = openFeed();
  server.transport.newest.listener.opened();
  server.write(1, "a");
  server.end("the container has ended (exited)");
  await server.lose();
  server.feed.socket.retry();
  server.transport.newest.listener.opened();
  server.write(1, "a");
  server.end("the container has ended (exited)");
  server.end(null);
  server.write(2, "b");
  assertEquals(server.lines().map(({ text, note }) => note ? `# ${text}` : text), [
    "a",
    "# The container has ended (exited).",
    "# Restarted.",
    "b",
  ]);
});

Deno.test("shows a note about lines that the server dropped", () => {
  using server = openFeed();
  server.frame({ hostId: "nas", containerId: "0".repeat(64), dropped: 1243 });
  assertEquals(server.lines().map(({ text, note }) => [text, note]), [
    ["1,243 lines were dropped for this page.", true],
  ]);
});

for (
  const [what, answers, phase, why] of [
    [
      "is gone",
      { "/about": ABOUT, "/docker/hosts": [{ hostId: "nas", state: "up" }], [STATS]: [] },
      "refused",
      "the container has been removed",
    ],
    [
      "is on a host that is down",
      { "/about": ABOUT, "/docker/hosts": [{ hostId: "nas", state: "down" }], [STATS]: [] },
      "waiting",
      "connection lost",
    ],
    [
      "is on a host that is not configured",
      { "/about": ABOUT, "/docker/hosts": [] },
      "refused",
      "there is no host “nas”",
    ],
    [
      "is there",
      { "/about": ABOUT, "/docker/hosts": [{ hostId: "nas", state: "up" }], [STATS]: [{}] },
      "waiting",
      "connection lost",
    ],
    ["may not be read", { "/about": refusal(401, "the token is needed") }, "refused", "the token is needed"],
    ["is on a server that does not answer", {}, "waiting", "connection lost"],
  ] as const
) {
  Deno.test(`a socket that does not open, of a container that ${what}, is ${phase}`, async () => {
    using server = openFeed();
    Object.assign(server.transport.answers, answers);
    await server.lose();
    const state = server.feed.socket.state.value;
    assertEquals([state.phase, "why" in state ? state.why : ""], [phase, why]);
  });
}
