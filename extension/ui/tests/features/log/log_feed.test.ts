import { LogFeed } from "../../../src/features/log/log_feed.ts";
import { linesOf } from "../../../src/lib/lines/line.ts";
import { assertEquals, eventually } from "../../../../../tests/assert.ts";
import { FakeTransport } from "../../fakes/transport.ts";

const GAP = "Connection lost, lines may be missing here.";

/** A feed, and what a server does to it. */
function openFeed() {
  const transport = new FakeTransport();
  const feed = new LogFeed(transport);
  return {
    transport,
    shown() {
      feed.lines.flush();
      return feed.lines.view.value.entries.flatMap(linesOf).map(({ text }) => text);
    },
    feed,
    say(...messages: readonly string[]) {
      for (const text of messages) {
        const [message, second = text] = text.split("@");
        const timestamp = `2026-08-01T12:00:0${second}Z`;
        const line = { level: "INFO", timestamp, message, file: "serve.ts", line: 70 };
        transport.newest.listener.frame(JSON.stringify(line));
      }
    },
    async reconnect() {
      const before = transport.channels.length;
      transport.newest.listener.closed({ code: 1006, reason: "" });
      await eventually("the wait", () => feed.socket.state.value.phase === "waiting");
      feed.socket.retry();
      assertEquals(transport.channels.length, before + 1);
      transport.newest.listener.opened();
    },
    [Symbol.dispose]: () => feed[Symbol.dispose](),
  };
}

Deno.test("requests past lines of all levels", () => {
  using server = openFeed();
  assertEquals(server.transport.newest.path, "/logs/ws?tail=1000");
});

Deno.test("a line has its level, time and location", () => {
  using server = openFeed();
  server.transport.newest.listener.opened();
  server.say("Listening@1");
  server.feed.lines.flush();
  const line = server.feed.lines.view.value.entries[0]?.head;
  assertEquals([line?.level, line?.timestamp, line?.place], [
    "info",
    "2026-08-01T12:00:01Z",
    "serve.ts:70",
  ]);
});

Deno.test("shows each line once after a reconnect, including missed ones", async () => {
  using server = openFeed();
  server.transport.newest.listener.opened();
  server.say("a@1", "b@2");
  await server.reconnect();
  server.say("a@1", "b@2", "c@3", "d@4");
  assertEquals(server.shown(), ["a", "b", "c", "d"]);
});

Deno.test("shows a repeated line twice, also after a reconnect", async () => {
  using server = openFeed();
  server.transport.newest.listener.opened();
  server.say("same@1", "same@1");
  await server.reconnect();
  server.say("same@1", "same@1", "same@1", "new@2");
  assertEquals(server.shown(), ["same", "same", "same", "new"]);
});

Deno.test("adds a note where lines may be missing", async () => {
  using server = openFeed();
  server.transport.newest.listener.opened();
  server.say("a@1");
  await server.reconnect();
  server.say("x@8", "y@9");
  assertEquals(server.shown(), ["a", GAP, "x", "y"]);
});

Deno.test("adds no note when there were no lines before", async () => {
  using server = openFeed();
  server.transport.newest.listener.opened();
  await server.reconnect();
  server.say("x@8");
  assertEquals(server.shown(), ["x"]);
});

Deno.test("a second reconnect ignores the note of the first", async () => {
  using server = openFeed();
  server.transport.newest.listener.opened();
  server.say("a@1");
  await server.reconnect();
  server.say("x@8");
  await server.reconnect();
  server.say("x@8", "y@9");
  assertEquals(server.shown(), ["a", GAP, "x", "y"]);
});
