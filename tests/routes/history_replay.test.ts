/** Tests for history frames: shared frames, waiting clients and slow readers. */
import * as v from "valibot";
import { CurveMessage } from "../../server/protocol/past/history.ts";
import { HistoryMessage } from "../../server/protocol/stats.ts";
import { serve } from "../../server/serve.ts";
import { freshFolder, TestClient, testConfig, TOKEN } from "../client.ts";
import { QUICK } from "../fakes/times.ts";
import { HistoryReplays } from "../../server/routes/history_replay.ts";
import type { HistoryPoint } from "../../server/protocol/stats.ts";
import type { ContainerHistory } from "../../server/stats/past/container_history.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { SlowClient } from "../fakes/slow_client.ts";

const POINT: HistoryPoint = [1, 50, 25, 0, 0, 0, 0];

/** A container whose points are counted when they are read. */
function historyOf(name: string, reads: { count: number } = { count: 0 }, hostId = "nas"): ContainerHistory {
  return {
    hostId,
    container: fakeContainer(name),
    key: `${hostId}/${name}`,
    curve: (points) => ({ resolutionMs: 1000, columns: [String(points)], history: [] }),
    get points() {
      reads.count++;
      return [POINT];
    },
  };
}

const idsOf = ({ frames }: SlowClient) => frames.map((frame) => JSON.parse(frame).id);

Deno.test("a client is sent a frame per container, in order", async () => {
  using client = new SlowClient();
  await new HistoryReplays().send(client, false, [historyOf("web"), historyOf("db")], { spanMs: 1000 });
  assertEquals(client.frames.map((frame) => JSON.parse(frame)), [
    { id: idOf("web"), hostId: "nas", history: [POINT] },
    { id: idOf("db"), hostId: "nas", history: [POINT] },
  ]);
});

Deno.test("the frame of a container is made once per second for all clients", () => {
  let now = 0;
  const replays = new HistoryReplays(() => now);
  const reads = { count: 0 };
  for (const at of [0, 500, 999]) {
    now = at;
    replays.frame(historyOf("web", reads), { spanMs: 1000 });
  }
  assertEquals(reads.count, 1);
  now = 1000;
  replays.frame(historyOf("web", reads), { spanMs: 1000 });
  assertEquals(reads.count, 2);
});

Deno.test("frames of other spans, hosts and containers are not mixed up", () => {
  const replays = new HistoryReplays(() => 0);
  const reads = { count: 0 };
  replays.frame(historyOf("web", reads), { spanMs: 1000 });
  replays.frame(historyOf("web", reads), { spanMs: 2000 });
  const other = JSON.parse(replays.frame(historyOf("web", reads, "pi"), { spanMs: 1000 }));
  const db = JSON.parse(replays.frame(historyOf("db", reads), { spanMs: 1000 }));
  assertEquals([reads.count, other.hostId, db.id], [4, "pi", idOf("db")]);
});

Deno.test("the kept frames are bounded in size", () => {
  const replays = new HistoryReplays(() => 0);
  const reads = { count: 0 };
  const large: HistoryPoint[] = Array.from({ length: 400_000 }, () => POINT);
  replays.frame(historyOf("web", reads), { spanMs: 1000 });
  for (const name of ["a", "b", "c"]) replays.frame({ ...historyOf(name), points: large }, { spanMs: 1000 });
  replays.frame(historyOf("web", reads), { spanMs: 1000 });
  assertEquals(reads.count, 2);
});

Deno.test("a slow reader gives its turn away, and continues later", async () => {
  const replays = new HistoryReplays();
  using slow = new SlowClient();
  slow.full = true;
  const waiting = replays.send(slow, false, [historyOf("web"), historyOf("db")], { spanMs: 1000 });
  using quick = new SlowClient();
  await replays.send(quick, false, [historyOf("web")], { spanMs: 1000 });
  assertEquals([idsOf(quick), idsOf(slow)], [[idOf("web")], []]);
  slow.empty();
  await waiting;
  assertEquals(idsOf(slow), [idOf("web"), idOf("db")]);
});

/** Histories without an end, which hold a turn. */
function* endless(): Generator<ContainerHistory> {
  while (true) yield historyOf("web");
}

Deno.test("clients wait for each other, but those with the token not for the others", async () => {
  const replays = new HistoryReplays();
  using holder = new SlowClient();
  const holding = replays.send(holder, false, endless(), { spanMs: 1000 });
  await eventually("a frame", () => holder.frames.length > 0);
  using waiter = new SlowClient();
  const waiting = replays.send(waiter, false, [historyOf("web")], { spanMs: 1000 });
  using owner = new SlowClient();
  await replays.send(owner, true, [historyOf("web")], { spanMs: 1000 });
  assertEquals([owner.frames.length, waiter.frames.length], [1, 0]);
  holder.close();
  await Promise.all([holding, waiting]);
  assertEquals(waiter.frames.length, 1);
});

Deno.test("a client that leaves while it waits is sent nothing", async () => {
  const replays = new HistoryReplays();
  using holder = new SlowClient();
  const holding = replays.send(holder, false, endless(), { spanMs: 1000 });
  using leaves = new SlowClient();
  const leaving = replays.send(leaves, false, [historyOf("web")], { spanMs: 1000 });
  leaves.close();
  await leaving;
  holder.close();
  await holding;
  assertEquals(leaves.frames, []);
  assert(holder.frames.length > 0);
});

Deno.test("history= with points= sends mean, minimum and maximum, also of an earlier run", async () => {
  const data = freshFolder();
  const container = fakeContainer("web", { project: "shop", service: "web", number: 1 });
  const hosts = [{ kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } }];
  const run = () =>
    serve(testConfig(hosts, { data }), { times: QUICK, openEngine: () => new FakeEngine(container) });
  {
    await using server = await run();
    await using client = new TestClient(server.url, "/docker/stats?container=web");
    await client.frame("numbers", ({ cpuUsage }) => cpuUsage === 50);
  }
  await using server = await run();
  await using client = new TestClient(server.url, "/docker/stats?history=30d&points=600", TOKEN);
  const frame = await client.frame("the history", ({ history }) => history !== undefined);
  assert(v.is(CurveMessage, frame), JSON.stringify(frame));
  assertEquals([frame.id, frame.hostId, frame.key, frame.resolutionMs], [
    idOf("web"),
    "Localhost",
    "Localhost/shop/web/1",
    5_400_000,
  ]);
  const row = frame.history.at(-1)!;
  const cell = (name: string) => row[frame.columns.indexOf(name)];
  assertEquals(["cpuUsage", "cpuUsageMin", "cpuUsageMax", "memoryUsage"].map(cell), [50, 50, 50, 25]);
  assertEquals(row.length, frame.columns.length);
});

Deno.test("history= continues the points of an earlier run", async () => {
  const data = freshFolder();
  const hosts = [{ kind: "docker" as const, id: "Localhost", endpoint: { url: "unix:///none" } }];
  const run = () =>
    serve(testConfig(hosts, { data }), {
      times: QUICK,
      openEngine: () => new FakeEngine(fakeContainer("web")),
    });
  {
    await using server = await run();
    await using client = new TestClient(server.url, "/docker/stats");
    await client.frame("numbers", ({ cpuUsage }) => cpuUsage === 50);
  }
  await using server = await run();
  await using client = new TestClient(server.url, "/docker/stats?history=10m");
  const frame = await client.frame("the history", ({ history }) => history !== undefined);
  assert(v.is(HistoryMessage, frame), JSON.stringify(frame));
  assertEquals(frame.history[0]?.slice(1, 3), [50, 25]);
});
