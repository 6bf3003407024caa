import { OutputFeed } from "../../../src/features/output/output_feed.ts";
import { linesOf } from "../../../src/lib/lines/line.ts";
import { assertEquals, eventually } from "../../../../../tests/assert.ts";
import { idOf, LogTransport, stampOf } from "../../fakes/output_log.ts";

const STATS = "/docker/stats?detail=full";
const container = (name: string, project: string | null) => ({
  id: idOf(name),
  hostId: "nas",
  name,
  project,
});

function open() {
  const transport = new LogTransport();
  transport.answers[STATS] = [container("shop-web-1", "shop"), container("other-db-1", "other")];
  const feed = new OutputFeed(transport, { containers: [], project: "shop" });
  return {
    transport,
    feed,
    names: () => feed.sources.value.map(({ name }) => name),
    shown() {
      feed.lines.flush();
      return feed.lines.view.value.entries.flatMap(linesOf);
    },
    [Symbol.dispose]: () => feed[Symbol.dispose](),
  };
}

Deno.test("requests the log of a project, and names its containers", async () => {
  using log = open();
  assertEquals(log.transport.newest.path, "/logs/ws?project=shop&batch=1&tail=100");
  await eventually("the names", () => log.names().length > 0);
  assertEquals(log.names(), ["web-1"]);
});

Deno.test("knows the container of each line", () => {
  using log = open();
  log.transport.send(log.transport.write("shop-web-1", stampOf(1), "a"));
  assertEquals(log.shown().map(({ source }) => source), [idOf("shop-web-1")]);
});

Deno.test("names a container that is created later", async () => {
  using log = open();
  await eventually("the names", () => log.names().length > 0);
  log.transport.answers[STATS] = [container("shop-web-1", "shop"), container("shop-api-1", "shop")];
  log.transport.send(log.transport.write("shop-api-1", stampOf(1), "a"));
  await eventually("the new name", () => log.names().join() === "api-1,web-1");
});

Deno.test("shows ids when the names cannot be loaded, and requests them once", async () => {
  using log = open();
  delete log.transport.answers[STATS];
  const line = log.transport.write("shop-api-1", stampOf(1), "a");
  log.transport.send(line, log.transport.write("shop-api-1", stampOf(2), "b"));
  await eventually("the id", () => log.names().includes(idOf("shop-api-1").slice(0, 12)));
  assertEquals(log.transport.asked.filter((path) => path.endsWith(STATS)).length <= 2, true);
});

Deno.test("names the container that has ended or runs again", async () => {
  using log = open();
  await eventually("the names", () => log.names().length > 0);
  const end = (error: string | null) =>
    log.transport.newest.listener.frame(
      JSON.stringify({ hostId: "nas", containerId: idOf("shop-web-1"), error }),
    );
  end("the container has ended (exited)");
  end(null);
  assertEquals(log.shown().map(({ text }) => text), [
    "Web-1: the container has ended (exited).",
    "Web-1: Restarted.",
  ]);
});

Deno.test("a reconnect notes no gap for a container that was silent", async () => {
  using log = open();
  log.transport.send(log.transport.write("shop-web-1", stampOf(30), "a"));
  log.transport.newest.listener.closed({ code: 1006, reason: "" });
  await eventually("the wait", () => log.feed.socket.state.value.phase === "waiting");
  log.feed.socket.retry();
  const again = log.transport.write("shop-web-1", stampOf(30), "a");
  log.transport.send(again, log.transport.write("shop-api-1", stampOf(31), "b"));
  assertEquals(log.shown().map(({ text }) => text), ["a", "b"]);
});

Deno.test("a removed container has the name of its last event, without that of the project", async () => {
  using log = open();
  await eventually("the names", () => log.names().length > 0);
  const removed = "f".repeat(64);
  assertEquals(log.feed.nameOf(removed, "shop-web-1"), "web-1");
  assertEquals(log.feed.nameOf(removed), removed.slice(0, 12));
});
