import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import type { HistoryPoint } from "../../../../../../server/protocol/stats.ts";
import { ContainerFeed } from "../../../../src/features/containers/model/container_feed.ts";
import { fakeClient } from "../../../fakes/client.ts";
import { at, host, message } from "../../../fakes/messages.ts";
import { refusal } from "../../../fakes/transport.ts";

const ID = "0".repeat(64);
const START = Date.parse(at(0));

function open(hostId = "Localhost") {
  const { transport, client } = fakeClient();
  const feed = new ContainerFeed(client, hostId, ID);
  const frame = (value: unknown) => transport.newest.listener.frame(JSON.stringify(value));
  const history = (...points: HistoryPoint[]) => frame({ id: ID, hostId, history: points });
  return { transport, client, feed, frame, history };
}

function point(seconds: number, cpu = 1): HistoryPoint {
  return [START + seconds * 1000, cpu, 10, 0, 0, 0, 0];
}

function secondsOf({ view }: ContainerFeed): readonly number[] {
  return view.value.points.map(([epochMs]) => (epochMs - START) / 1000);
}

Deno.test("requests one container of one host with its last hour", () => {
  const { transport, feed } = open("my host");
  using _ = feed;
  const [path, query] = transport.newest.path.split("?");
  assertEquals(path, "/docker/stats");
  assertEquals(Object.fromEntries(new URLSearchParams(query)), {
    detail: "full",
    history: "1h",
    host: "my host",
    container: ID,
  });
});

Deno.test("requests ten minutes without the token, and an hour after the sign-in", () => {
  const { transport, client } = fakeClient({ access: "view" });
  using feed = new ContainerFeed(client, "nas", ID);
  const spanOf = (path: string) => new URLSearchParams(path.split("?")[1]).get("history");
  assertEquals(spanOf(transport.newest.path), "10m");
  client.about.set({ ...client.about.value!, access: "full" });
  assertEquals(spanOf(feed.socket.options.path()), "1h");
});

Deno.test("the first message adds no point", () => {
  const { feed, frame } = open();
  using _ = feed;
  assertEquals(feed.view.value.newest, undefined);
  frame(message({ timestamp: at(1) }));
  assertEquals([feed.view.value.newest?.timestamp, feed.view.value.points], [at(1), []]);
});

Deno.test("each further message adds a point with rates since the previous one", () => {
  const { feed, frame } = open();
  using _ = feed;
  frame(message({ timestamp: at(1), networkRxBytes: 100 }));
  frame(message({ timestamp: at(3), networkRxBytes: 500, cpuUsage: 42, memoryUsage: 7 }));
  assertEquals(feed.view.value.points, [[START + 3000, 42, 7, 200, 0, 0, 0]]);
});

Deno.test("a message without a newer reading updates the state but adds no point", () => {
  const { feed, frame } = open();
  using _ = feed;
  frame(message({ timestamp: at(1) }));
  frame(message({ timestamp: at(1), state: "exited" }));
  assertEquals([feed.view.value.points, feed.view.value.newest?.state], [[], "exited"]);
});

Deno.test("puts the history before newer points", () => {
  const { feed, frame, history } = open();
  using _ = feed;
  frame(message({ timestamp: at(10) }));
  frame(message({ timestamp: at(11) }));
  history(point(1), point(2));
  assertEquals(secondsOf(feed), [1, 2, 11]);
});

Deno.test("fills the gap after a reconnect without duplicates", () => {
  const { feed, history } = open();
  using _ = feed;
  history(point(1), point(2), point(3, 1));
  history(point(2), point(3, 99), point(4), point(5));
  assertEquals(secondsOf(feed), [1, 2, 3, 4, 5]);
  assertEquals(feed.view.value.points[2]![1], 99);
});

Deno.test("an empty history keeps the known points", () => {
  const { feed, history } = open();
  using _ = feed;
  history(point(1), point(2));
  history();
  assertEquals(secondsOf(feed), [1, 2]);
});

Deno.test("keeps one hour of points and drops the oldest", () => {
  const { feed, history, frame } = open();
  using _ = feed;
  history(...Array.from({ length: 3700 }, (_, second) => point(second)));
  assertEquals([feed.view.value.points.length, secondsOf(feed)[0]], [3600, 100]);
  frame(message({ timestamp: at(3700) }));
  frame(message({ timestamp: at(3701) }));
  assertEquals([feed.view.value.points.length, secondsOf(feed)[0], secondsOf(feed).at(-1)], [
    3600,
    101,
    3701,
  ]);
});

Deno.test("a notice about the host changes nothing", () => {
  const { feed, frame } = open();
  using _ = feed;
  frame(message({ timestamp: at(1) }));
  const before = feed.view.value;
  frame({ hostId: "Localhost", error: "connect ECONNREFUSED" });
  assert(feed.view.value === before);
});

Deno.test("does not retry for a host that is not configured", async () => {
  const { transport, feed } = open("gone");
  using _ = feed;
  transport.answers["/docker/hosts"] = [host()];
  transport.newest.listener.closed({ code: 1006, reason: "" });
  const state = await eventually("the refusal", () => {
    const { value } = feed.socket.state;
    return value.phase === "refused" ? value : undefined;
  });
  assert(state.why.includes("gone"));
});

Deno.test("reports the server's refusal before it checks the host", async () => {
  const { transport, feed } = open("gone");
  using _ = feed;
  transport.answers["/about"] = refusal(401, "The token has expired.");
  transport.newest.listener.closed({ code: 1006, reason: "" });
  const state = await eventually("the refusal", () => {
    const { value } = feed.socket.state;
    return value.phase === "refused" ? value : undefined;
  });
  assertEquals(state.why, "The token has expired.");
});

for (const hosts of [[host()], undefined]) {
  Deno.test(`retries when the host ${hosts ? "is there" : "cannot be asked for"}`, async () => {
    const { transport, feed } = open();
    using _ = feed;
    if (hosts !== undefined) transport.answers["/docker/hosts"] = hosts;
    transport.newest.listener.closed({ code: 1006, reason: "" });
    await eventually("the wait", () => feed.socket.state.value.phase === "waiting");
  });
}

Deno.test("the header shows the socket until the feed is disposed", () => {
  const { transport, client, feed } = open();
  assertEquals([...client.sockets.value.keys()], ["Charts"]);
  feed[Symbol.dispose]();
  assertEquals([[...client.sockets.value.keys()], transport.newest.closed], [[], true]);
});
