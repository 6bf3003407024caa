import * as v from "valibot";
import { OutputEntry, OutputMessage } from "../../server/protocol/output.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { serveEngines, TestClient, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { line, messages, serveEngine } from "../output/viewers.ts";

Deno.test("refuses the output of a container without the token", async () => {
  await using server = await serveEngine(new FakeEngine(fakeContainer("web")));
  const answer = await fetch(`${server.url}/logs/ws?container=web`);
  assertEquals([answer.status, (await answer.json()).status], [401, 401]);
});

Deno.test("sends past lines first, each line once, in the shape of the contract", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.written.push(line(-20, "one"), line(-1, "two"));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&tail=10", TOKEN);
  await client.frame("past lines", ({ message }) => message === "two");
  engine.written.push(line(1, "three"));
  await client.frame("a new line", ({ message }) => message === "three");
  assertEquals(messages(client), ["one", "two", "three"]);
  const frame = client.frames.at(-1);
  assert(v.is(OutputMessage, frame));
  assertEquals([frame.containerId, frame.hostId], [idOf("web"), "Localhost"]);
});

Deno.test("sends no line from before `since`", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.written.push(line(-30, "old"), line(-3, "younger"));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&since=1s", TOKEN);
  await client.frame("the greeting", () => true);
  engine.written.push(line(1, "new"));
  await client.frame("the new line", ({ message }) => message === "new");
  assertEquals(messages(client), ["new"]);
});

Deno.test("does not report replayed lines as dropped", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  const long = "x".repeat(100_000);
  for (let i = 0; i < 100; i++) engine.written.push(line(-4 + i / 1000, long));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&since=1m", TOKEN);
  await eventually("all lines", () => client.frames.length >= 101);
  assertEquals(client.frames.filter(({ level }) => level !== undefined), []);
  assertEquals(client.frames.length, 101);
});

Deno.test("counts tail within since, and sends no older lines of the other stream", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.written.push(line(-9, "e", "stderr"), line(-3, "one"), line(-2, "two"), line(-1, "three"));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&since=10m&tail=2", TOKEN);
  await client.frame("past lines", ({ message }) => message === "three");
  engine.written.push(line(1, "four"));
  await client.frame("a new line", ({ message }) => message === "four");
  assertEquals(messages(client), ["two", "three", "four"]);
});

for (const hours of [1, -1]) {
  Deno.test(`a duration counts back from the engine's clock, ${hours} h away, and holds no line back`, async () => {
    const engine = new FakeEngine(fakeContainer("web"));
    engine.clockOffsetMs = hours * 3_600_000;
    const at = (second: number, message: string) => line(second + hours * 3600, message);
    engine.written.push(at(-600, "old"), at(-30, "recent"));
    await using server = await serveEngine(engine);
    await using client = new TestClient(server.url, "/logs/ws?container=web&since=1m", TOKEN);
    await client.frame("the recent line", ({ message }) => message === "recent");
    engine.written.push(at(1, "new"));
    await client.frame("the new line", ({ message }) => message === "new");
    assertEquals(messages(client), ["recent", "new"]);
  });
}

Deno.test("a start in the future holds no new line back", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.written.push(line(-30, "old"));
  await using server = await serveEngine(engine);
  const since = new Date(Date.now() + 600_000).toISOString();
  await using client = new TestClient(server.url, `/logs/ws?container=web&since=${since}`, TOKEN);
  await client.frame("the greeting", () => true);
  await eventually("the replay", () => engine.calls.outputs >= 2);
  engine.written.push(line(1, "new"));
  await client.frame("the new line", ({ message }) => message === "new");
  assertEquals(messages(client), ["new"]);
});

Deno.test("a socket with an end in the past sends the lines before it, and is closed", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.written.push(line(-600, "one"), line(-500, "two"), line(-400, "three"), line(-30, "late"));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&until=1m&tail=2", TOKEN);
  assertEquals((await client.end()).code, 1000);
  assertEquals(messages(client), ["two", "three"]);
  assertEquals(engine.calls.followed, 0);
});

Deno.test("a socket with an end in the future is closed at the first line after it", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveEngine(engine);
  const until = new Date(Date.now() + 60_000).toISOString();
  await using client = new TestClient(server.url, `/logs/ws?container=web&until=${until}`, TOKEN);
  await client.frame("the greeting", () => true);
  await eventually("the stream", () => engine.calls.followed === 1 && engine.calls.outputs === 2);
  engine.written.push(line(1, "before"), line(61, "after"));
  assertEquals((await client.end()).code, 1000);
  assertEquals(messages(client), ["before"]);
});

const REFUSED: readonly (readonly [query: string, status: number])[] = [
  ["container=nothing", 404],
  ["container=../x", 400],
  ["container=web&level=INFO", 400],
  ["container=web&since=yesterday", 400],
  ["container=web&tail=-1", 400],
  ["container=web&until=yesterday", 400],
  ["container=web&until=2026-99-01T00:00:00Z", 400],
  ["container=web&before=2026-08-01T12:00:00.000000000Z_0", 400],
  ["container=web&container=db", 404],
  ["container=7", 400],
];

for (const [query, status] of REFUSED) {
  Deno.test(`/logs/ws?${query} is refused with ${status}`, async () => {
    // Both ids start with a 7, so "7" is ambiguous.
    await using server = await serveEngine(new FakeEngine(fakeContainer("web"), fakeContainer("wdb")));
    const answer = await fetch(`${server.url}/logs/ws?${query}`, {
      headers: {
        "authorization": `Bearer ${TOKEN}`,
        "connection": "upgrade",
        "upgrade": "websocket",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-version": "13",
      },
    });
    assertEquals([answer.status, (await answer.json()).status], [status, status]);
  });
}

/** Requests the output of a container with a number of lines. */
async function requestOutput(lines: number, query: string): Promise<{ status: number; body: unknown }> {
  const engine = new FakeEngine(fakeContainer("web"));
  const start = Date.now() - 1_000_000;
  for (let n = 0; n < lines; n++) {
    const timestamp = new Date(start + n * 1000).toISOString();
    engine.written.push({ timestamp, message: `line ${n}`, stream: "stdout" });
  }
  await using server = await serveEngines({ Localhost: engine });
  await eventually(
    "the host",
    async () => (await (await fetch(`${server.url}/docker/hosts`)).json())[0].state === "up",
  );
  const headers = { authorization: `Bearer ${TOKEN}` };
  const answer = await fetch(`${server.url}/logs/ws?${query}`, { headers });
  return { status: answer.status, body: await answer.json() };
}

Deno.test("a plain GET returns the newest lines of a container, oldest first", async () => {
  const { status, body } = await requestOutput(5, "container=web&tail=2");
  assertEquals(status, 200);
  assert(v.is(v.array(OutputEntry), body));
  assertEquals(body.map(({ message }) => message), ["line 3", "line 4"]);
});

Deno.test("a plain GET returns 100 lines by default", async () => {
  const { body } = await requestOutput(250, "container=web");
  assertEquals([(body as unknown[]).length, (body as { message: string }[])[0]?.message], [100, "line 150"]);
});

Deno.test("a plain GET with tail=0 returns an empty list", async () => {
  assertEquals((await requestOutput(5, "container=web&tail=0")).body, []);
});

Deno.test("a plain GET is refused with 404 for a missing container, with 400 for an invalid option", async () => {
  assertEquals((await requestOutput(0, "container=missing")).status, 404);
  assertEquals((await requestOutput(0, "container=web&level=WARN")).status, 400);
});

Deno.test("a plain GET is refused with 503 when the host that may have the container cannot be read", async () => {
  const [up, down] = [new FakeEngine(fakeContainer("web")), new FakeEngine()];
  down.failure = "connect ECONNREFUSED";
  await using server = await serveEngines({ up, down });
  await eventually("both hosts", async () => {
    const hosts = await (await fetch(`${server.url}/docker/hosts`)).json() as { state: string }[];
    return hosts.map(({ state }) => state).join() === "up,down";
  });
  const answerTo = async (query: string) => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const answer = await fetch(`${server.url}/logs/ws?${query}`, { headers });
    return [answer.status, (await answer.json()).detail];
  };
  const why = 'host "down" cannot be read now (connect ECONNREFUSED)';
  assertEquals(await answerTo("container=x&host=down"), [503, `Cannot find container "x": ${why}`]);
  assertEquals(await answerTo("container=x"), [404, `There is no container "x"; but ${why}`]);
  assertEquals(await answerTo("container=x&host=up"), [404, 'There is no container "x" on host "up"']);
});

Deno.test("a socket with an end in the past reports that the log cannot be read, and closes", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.outputRefusal = "configured logging driver does not support reading";
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&until=0s&tail=5", TOKEN);
  const { error, final } = await client.frame("the notice", ({ error }) => typeof error === "string");
  assertEquals([error, final], [engine.outputRefusal, true]);
  assertEquals((await client.end()).code, 1000);
});
