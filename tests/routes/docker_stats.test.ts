import * as v from "valibot";
import { DetailedStatsMessage, HistoryMessage, StatsMessage } from "../../server/protocol/stats.ts";
import { assert, assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { rawConnection, serveEngines, TestClient, TOKEN, upgradeRequest } from "../client.ts";
import { fakeContainer, FakeEngine, idOf, steadyReading } from "../fakes/engine.ts";
import { openStats } from "../../server/routes/docker_stats.ts";
import { HistoryReplays } from "../../server/routes/history_replay.ts";
import { Feed } from "../../server/stats/feed.ts";
import { QUICK } from "../fakes/times.ts";
import { SlowClient } from "../fakes/slow_client.ts";

const EXITED = { state: "exited", finishedAt: Date.now() - 3_600_000 } as const;

Deno.test("the first frame is the greeting", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine(fakeContainer("web")) });
  await using client = new TestClient(server.url, "/docker/stats");
  await client.frame("any", () => true);
  assertEquals(client.frames[0], { message: "Connection established" });
});

Deno.test("a message without options has exactly the basic keys", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine(fakeContainer("web")) });
  await using client = new TestClient(server.url, "/docker/stats");
  const message = await client.frame("web", ({ name }) => name === "web");
  assertEquals(message, {
    id: idOf("web"),
    hostId: "Localhost",
    name: "web",
    image: "busybox:1",
    status: "Up 2 hours",
    state: "running",
    cpuUsage: 50,
    memoryUsage: 25,
  });
  assert(client.frames.slice(1).every((frame) => v.is(StatsMessage, frame)));
});

Deno.test("detail=full adds the keys of the contract, with null for values that the engine omits", async () => {
  const engine = new FakeEngine(fakeContainer("web"), fakeContainer("job", EXITED));
  await using server = await serveEngines({ Localhost: engine });
  await using client = new TestClient(server.url, "/docker/stats?detail=full");
  const web = await client.frame("web", ({ name }) => name === "web");
  const job = await client.frame("job", ({ name }) => name === "job");
  assert(v.is(DetailedStatsMessage, web) && v.is(DetailedStatsMessage, job));
  assertEquals([web.memoryBytes, web.onlineCpus, web.pids, web.stale], [256, 2, 3, false]);
  assertEquals([job.cpuUsage, job.memoryUsage, job.memoryBytes, job.timestamp], [0, 0, null, null]);
});

Deno.test("a second client gets the newest message of every container at once", async () => {
  const engine = new FakeEngine(fakeContainer("web"), fakeContainer("job", EXITED));
  await using server = await serveEngines({ Localhost: engine });
  await using first = new TestClient(server.url, "/docker/stats");
  await first.frame("web", ({ name }) => name === "web");
  engine.reading = () => Promise.withResolvers<never>().promise;
  await using second = new TestClient(server.url, "/docker/stats");
  await eventually("both", () => second.frames.length >= 3);
  assertEquals(second.frames.slice(1).map(({ name }) => name).sort(), ["job", "web"]);
});

Deno.test("batch=1 sends one array per tick", async () => {
  const engine = new FakeEngine(fakeContainer("web"), fakeContainer("db"));
  await using server = await serveEngines({ Localhost: engine });
  await using client = new TestClient(server.url, "/docker/stats?batch=1");
  const batch = await client.frame("a batch", (frame) => Array.isArray(frame) && frame.length === 2);
  assert(v.is(v.array(StatsMessage), batch));
});

Deno.test("host, container and state filter the messages", async () => {
  const nas = new FakeEngine(fakeContainer("web"), fakeContainer("db"), fakeContainer("job", EXITED));
  const vps = new FakeEngine(fakeContainer("web"));
  await using server = await serveEngines({ nas, vps });
  const names = async (query: string) => {
    const answer = await fetch(`${server.url}/docker/stats?${query}`);
    const messages: { hostId: string; name: string }[] = await answer.json();
    return messages.map(({ hostId, name }) => `${hostId}/${name}`).sort();
  };
  assertEquals(await names(""), ["nas/db", "nas/job", "nas/web", "vps/web"]);
  assertEquals(await names("host=vps"), ["vps/web"]);
  assertEquals(await names("host=vps&host=nas&state=running"), ["nas/db", "nas/web", "vps/web"]);
  assertEquals(await names("container=web&container=job"), ["nas/job", "nas/web", "vps/web"]);
  assertEquals(await names(`container=${idOf("db").slice(0, 4)}`), ["nas/db"]);
  assertEquals(await names("state=exited"), ["nas/job"]);
});

Deno.test("does not read a host without viewers", async () => {
  const [nas, vps] = [new FakeEngine(fakeContainer("web")), new FakeEngine(fakeContainer("web"))];
  await using server = await serveEngines({ nas, vps });
  await using client = new TestClient(server.url, "/docker/stats?host=vps");
  await client.frame("web", ({ hostId }) => hostId === "vps");
  assertEquals(nas.calls.stats, 0);
});

Deno.test("sends one final message when a container leaves the filter", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveEngines({ Localhost: engine });
  await using client = new TestClient(server.url, "/docker/stats?state=running");
  await client.frame("web", ({ state }) => state === "running");
  engine.put(fakeContainer("web", EXITED), "die");
  await client.frame("the final message", ({ state }) => state === "exited");
  engine.put(fakeContainer("web", { ...EXITED, exitCode: 9 }), "die");
  engine.put(fakeContainer("other"));
  await client.frame("another", ({ name }) => name === "other");
  assertEquals(client.frames.filter(({ state }) => state === "exited").length, 1);
});

Deno.test("interval=60s delays samples, but not changes of state", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveEngines({ Localhost: engine });
  await using fast = new TestClient(server.url, "/docker/stats");
  await using slow = new TestClient(server.url, "/docker/stats?interval=60s");
  await slow.frame("web", ({ name }) => name === "web");
  const before = fast.frames.length;
  await eventually("two more for the fast one", () => fast.frames.length >= before + 2);
  assertEquals(slow.frames.length, 2);
  engine.put(fakeContainer("web", EXITED), "die");
  await slow.frame("the end", ({ state }) => state === "exited");
});

Deno.test("sends history before the snapshot, one frame per container", async () => {
  const engine = new FakeEngine(fakeContainer("web"), fakeContainer("db"));
  const start = Date.now() - 30_000;
  engine.reading = (_id, n) => ({ ...steadyReading(n), read: new Date(start + n * 1000).toISOString() });
  await using server = await serveEngines({ Localhost: engine });
  await using first = new TestClient(server.url, "/docker/stats");
  await first.frame(
    "a second sample",
    (frame) => first.frames.filter(({ name }) => name === frame.name).length > 1,
  );
  await using client = new TestClient(server.url, "/docker/stats?history=10m&container=web");
  await client.frame("web", ({ name }) => name === "web");
  const [, history, snapshot] = client.frames;
  assert(v.is(HistoryMessage, history) && history.history.length >= 1);
  assertEquals([history.id, snapshot.id], [idOf("web"), idOf("web")]);
  assertEquals(history.history[0]?.slice(1, 3), [50, 25]);
});

for (
  const [span, token, status] of [["10m", undefined, 101], ["601s", undefined, 401], [
    "24h",
    TOKEN,
    101,
  ]] as const
) {
  Deno.test(`history=${span} ${token === undefined ? "without" : "with"} the token is answered with ${status}`, async () => {
    await using server = await serveEngines({ Localhost: new FakeEngine(fakeContainer("web")) });
    using connection = await rawConnection(server.url);
    const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    await connection.write(upgradeRequest(`/docker/stats?history=${span}`, headers));
    const buffer = new Uint8Array(4096);
    const text = new TextDecoder().decode(buffer.subarray(0, await connection.read(buffer) ?? 0));
    assertStringIncludes(text, `HTTP/1.1 ${status} `);
    if (status === 401) assertStringIncludes(text, "request history=10m, or send the token");
  });
}

Deno.test("reports a host that is down in-band, also to later clients, and keeps the socket open", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.failure = "connect ECONNREFUSED 10.0.0.5:2376";
  await using server = await serveEngines({ nas: engine });
  await using first = new TestClient(server.url, "/docker/stats");
  await first.frame("the error", ({ error }) => error !== undefined);
  await using second = new TestClient(server.url, "/docker/stats?host=nas");
  await eventually("the error", () => second.frames.length > 1);
  assertEquals(second.frames[1], { hostId: "nas", error: "connect ECONNREFUSED 10.0.0.5:2376" });
  engine.recover();
  await second.frame("the recovery", ({ error }) => error === null);
  await second.frame("numbers", ({ name }) => name === "web");
});

const REFUSED: readonly (readonly [query: string, path: string])[] = [
  ["color=red", "color"],
  ["interval=0s", "interval"],
  ["interval=61s", "interval"],
  ["interval=1", "interval"],
  ["interval=1.5s", "interval"],
  ["interval=", "interval"],
  ["interval=1s&interval=2s", "interval"],
  ["detail=some", "detail"],
  ["batch=true", "batch"],
  ["history=forever", "history"],
  ["state=sleeping", "state"],
  ["host=elsewhere", "host"],
  ["container=../etc", "container"],
  ["container=", "container"],
  ["Interval=1s", "Interval"],
  [Array.from({ length: 101 }, (_, n) => `container=c${n}`).join("&"), "container"],
];

for (const [query, path] of REFUSED) {
  Deno.test(`?${query.slice(0, 60)} refuses the upgrade with a problem that names the option`, async () => {
    await using server = await serveEngines({ Localhost: new FakeEngine() });
    const answer = await fetch(`${server.url}/docker/stats?${query}`, {
      headers: {
        "connection": "upgrade",
        "upgrade": "websocket",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-version": "13",
      },
    });
    const problem = await answer.json();
    assertEquals([answer.status, answer.headers.get("content-type")], [400, "application/problem+json"]);
    assertEquals(problem.errors[0].path, path);
  });
}

for (const query of ["", "?batch=1"]) {
  Deno.test(`a full client gets nothing, and later only the newest message of each container (${query || "plain"})`, async () => {
    const engine = new FakeEngine(fakeContainer("web"), fakeContainer("db"));
    await using feed = new Feed([{ id: "Localhost", engine }], { keepMs: 60_000, times: QUICK });
    using client = new SlowClient();
    const serving = openStats(new URL(`http://x/docker/stats${query}`), {
      feed,
      histories: new HistoryReplays(),
    }, true)(client);
    await eventually("frames", () => client.frames.length > 0);
    client.full = true;
    const sent = client.frames.length;
    const readings = engine.calls.stats;
    await eventually("more readings", () => engine.calls.stats > readings + 3);
    assertEquals(client.frames.length, sent);
    engine.put(fakeContainer("web", { state: "exited", finishedAt: Date.now() }), "die");
    await eventually("the new state", async () => {
      const newest = await feed.snapshot({ intervalMs: 1000 });
      return newest.some(({ facts }) => facts.container.state === "exited");
    });
    client.empty();
    await eventually("the held messages", () => client.frames.length > sent);
    const [first] = client.frames.slice(sent).map((frame) => JSON.parse(frame)).flat().filter(({ name }) =>
      name === "web"
    );
    assertEquals(first.state, "exited");
    client.close();
    await serving;
  });
}

Deno.test("a subscription ends when its client disconnects", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using feed = new Feed([{ id: "Localhost", engine }], { keepMs: 60_000, times: QUICK });
  using client = new SlowClient();
  const serving = openStats(
    new URL("http://x/docker/stats"),
    { feed, histories: new HistoryReplays() },
    true,
  )(client);
  assertEquals(feed.viewers, 1);
  client.close();
  await serving;
  assert(feed.viewers === 0);
});
