import { pauseOf, StatsFeed } from "../../../../src/features/containers/model/stats_feed.ts";
import { Client } from "../../../../src/lib/client.ts";
import { assertEquals, eventually } from "../../../../../../tests/assert.ts";
import { at, message } from "../../../fakes/messages.ts";
import { FakeTransport } from "../../../fakes/transport.ts";
import { usage } from "../../../fakes/host_usage.ts";

function open() {
  const transport = new FakeTransport();
  transport.answers["/docker/hosts"] = [{ hostId: "Localhost", state: "up", cpus: 4 }];
  const feed = new StatsFeed(new Client(transport, undefined));
  const send = (frame: unknown) => transport.channels[0]!.listener.frame(JSON.stringify(frame));
  return { transport, feed, send };
}

Deno.test("rows follow the messages of their containers", async () => {
  const { transport, feed, send } = open();
  using _ = feed;
  transport.newest.listener.opened();
  send([message({ name: "web" })]);
  send([message({ name: "web", cpuUsage: 42, timestamp: at(1) })]);
  await eventually("the row", () => feed.view.value.rows[0]?.newest.cpuUsage === 42);
  assertEquals(feed.view.value.totals.get("Localhost")?.cpu, 42);
});

Deno.test("drops a removed container", async () => {
  const { transport, feed, send } = open();
  using _ = feed;
  transport.newest.listener.opened();
  send([message(), message({ id: "1".repeat(64) })]);
  send([message({ state: "removed" })]);
  await eventually("one row", () => feed.view.value.rows.length === 1);
});

Deno.test("reads the history after the first rows, on a separate connection", async () => {
  const { transport, feed, send } = open();
  using _ = feed;
  transport.newest.listener.opened();
  assertEquals(transport.channels.length, 1);
  send([message({ timestamp: at(60) })]);
  const past = transport.newest;
  assertEquals(past.path, "/docker/stats?detail=full&batch=1&history=1m&interval=60s");
  past.listener.opened();
  const history = [[Date.parse(at(58)), 5, 1, null, null, null, null]];
  past.listener.frame(JSON.stringify({ id: "0".repeat(64), hostId: "Localhost", history }));
  past.listener.frame(JSON.stringify([message()]));
  assertEquals(past.closed, true);
  const row = await eventually("the row", () => feed.row("Localhost", "0".repeat(64)));
  assertEquals(row.cpu.at(Date.parse(at(58)) / 1000), 5);
});

Deno.test("requests the hosts when one of them falls silent", async () => {
  const { transport, feed, send } = open();
  using _ = feed;
  transport.newest.listener.opened();
  const before = transport.asked.filter((path) => path.includes("hosts")).length;
  send({ hostId: "Localhost", error: "connect ECONNREFUSED" });
  await eventually(
    "a question",
    () => transport.asked.filter((path) => path.includes("hosts")).length > before,
  );
});

Deno.test("subscribes to the usage of hosts", () => {
  const { transport, feed } = open();
  using _ = feed;
  assertEquals(transport.channels[0]?.path, "/docker/stats?detail=full&batch=1&hosts=1");
});

Deno.test("frames of hosts become their usage, which the next frame of containers publishes", async () => {
  const { transport, feed, send } = open();
  using _ = feed;
  transport.newest.listener.opened();
  send([message()]);
  send(usage({ hostCpuUsage: 50 }));
  send(usage({ hostCpuUsage: 70, timestamp: at(1) }));
  send([message({ timestamp: at(1) })]);
  const row = await eventually("the usage", () => feed.view.value.usage.get("Localhost"));
  assertEquals(row.newest.hostCpuUsage, 70);
  assertEquals(row.load.upTo(Date.parse(at(1)) / 1000).slice(-2), [0.62, 0.62].map(Math.fround));
});

Deno.test("reads since when containers are unhealthy", async () => {
  const { transport, feed, send } = open();
  using _ = feed;
  const changed = { hostId: "Localhost", containerId: "0".repeat(64), state: "unhealthy", timestamp: at(0) };
  transport.answers["/events?kind=health&tail=1000"] = { events: [changed], next: null };
  transport.newest.listener.opened();
  send([message({ health: "unhealthy" })]);
  await eventually("the time", () => feed.unhealthySince.value.size === 1);
  assertEquals([...feed.unhealthySince.value.values()], [Date.parse(at(0))]);
});

Deno.test("reads since when a container is unhealthy that appears after the first frame", async () => {
  const { transport, feed, send } = open();
  using _ = feed;
  const containerId = "f".repeat(64);
  const changed = { hostId: "Localhost", containerId, state: "unhealthy", timestamp: at(0) };
  transport.answers["/events?kind=health&tail=1000"] = { events: [changed], next: null };
  transport.newest.listener.opened();
  send([message()]);
  send([message({ id: containerId, health: "unhealthy" })]);
  await eventually("the time", () => feed.unhealthySince.value.size === 1);
});

Deno.test("many hosts, which answer at different times, share fewer snapshots", () => {
  assertEquals(pauseOf(50) > pauseOf(8), true);
  assertEquals(pauseOf(8), pauseOf(1));
});
