import * as v from "valibot";
import { OutputMessage } from "../../server/protocol/output.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { serveEngines, TestClient, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";

const EXITED = { state: "exited", finishedAt: Date.now() } as const;

/** A line, so many seconds from now. */
function line(second: number, message: string, stream: "stdout" | "stderr" = "stdout") {
  return { timestamp: new Date(Date.now() + second * 1000).toISOString(), message, stream };
}

async function serveOne(engine: FakeEngine) {
  const server = await serveEngines({ Localhost: engine });
  await eventually("the host", async () => {
    const [host] = await (await fetch(`${server.url}/docker/hosts`)).json();
    return host.state === "up";
  });
  return server;
}

function messages(client: TestClient): string[] {
  return client.frames.slice(1).map(({ message, error }) => message ?? `! ${error}`);
}

Deno.test("a container's output needs the token", async () => {
  await using server = await serveOne(new FakeEngine(fakeContainer("web")));
  const answer = await fetch(`${server.url}/logs/ws?container=web`);
  assertEquals([answer.status, (await answer.json()).status], [401, 401]);
});

Deno.test("lines come in the contract's shape, those of the past first, each once", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.written.push(line(-20, "one"), line(-1, "two"));
  await using server = await serveOne(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&tail=10", TOKEN);
  await client.frame("the past", ({ message }) => message === "two");
  engine.written.push(line(1, "three"));
  await client.frame("what comes", ({ message }) => message === "three");
  assertEquals(messages(client), ["one", "two", "three"]);
  const frame = client.frames.at(-1);
  assert(v.is(OutputMessage, frame));
  assertEquals([frame.containerId, frame.hostId], [idOf("web"), "Localhost"]);
});

Deno.test("viewers of one container share one stream, which ends with the last of them", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveOne(engine);
  const path = `/logs/ws?container=${idOf("web").slice(0, 12)}`;
  {
    await using one = new TestClient(server.url, path, TOKEN);
    await using other = new TestClient(server.url, path, TOKEN);
    await one.frame("the greeting", () => true);
    await other.frame("the greeting", () => true);
    engine.written.push(line(1, "hello"));
    await one.frame("the line", ({ message }) => message === "hello");
    await other.frame("the line", ({ message }) => message === "hello");
    assertEquals(engine.calls.outputs, 1);
  }
  engine.written.push(line(2, "nobody looks"));
  assertEquals(engine.calls.outputs, 1);
});

Deno.test("the end of a container is told in-band, and its output goes on when it runs again", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveOne(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web", TOKEN);
  await client.frame("the greeting", () => true);
  engine.written.push(line(1, "before"));
  await client.frame("the line", ({ message }) => message === "before");
  engine.put(fakeContainer("web", EXITED), "die");
  await client.frame("the end", ({ error }) => typeof error === "string");
  engine.put(fakeContainer("web"));
  await client.frame("the end of the end", ({ error }) => error === null);
  engine.written.push(line(2, "after"));
  await client.frame("the line", ({ message }) => message === "after");
  assertEquals(messages(client), ["before", "! the container has ended (exited)", "! null", "after"]);
});

Deno.test("no line is lost where the streams are mixed, whatever their stamps", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveOne(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&tail=10", TOKEN);
  await client.frame("the greeting", () => true);
  const [late, early] = [line(2, "late"), line(1, "early", "stderr")];
  engine.written.push(late, early, { ...late, message: "same stamp" });
  await client.frame("the last", ({ message }) => message === "same stamp");
  engine.put(fakeContainer("web", EXITED), "die");
  await client.frame("the end", ({ error }) => typeof error === "string");
  engine.written.push(line(3, "next", "stderr"));
  engine.put(fakeContainer("web", { startedAt: Date.now() }));
  await client.frame("the next run", ({ message }) => message === "next");
  assertEquals(messages(client), [
    "late",
    "early",
    "same stamp",
    "! the container has ended (exited)",
    "! null",
    "next",
  ]);
});

Deno.test("a run that was over before it was seen is told as well", async () => {
  const ran = (startedAt: number) => fakeContainer("web", { ...EXITED, startedAt });
  const engine = new FakeEngine(ran(1000));
  await using server = await serveOne(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web", TOKEN);
  await client.frame("the end", ({ error }) => typeof error === "string");
  engine.written.push(line(1, "short"));
  engine.put(ran(2000), "die");
  await client.frame("the run", ({ message }) => message === "short");
  const ended = "! the container has ended (exited)";
  await eventually("its end", () => messages(client).length === 4);
  assertEquals(messages(client), [ended, "! null", "short", ended]);
});

Deno.test("nothing from before `since` is told", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.written.push(line(-30, "old"), line(-3, "younger"));
  await using server = await serveOne(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&since=1s", TOKEN);
  await client.frame("the greeting", () => true);
  engine.written.push(line(1, "new"));
  await client.frame("the new", ({ message }) => message === "new");
  assertEquals(messages(client), ["new"]);
});

Deno.test("who comes after the end is told of it once", async () => {
  const engine = new FakeEngine(fakeContainer("web", EXITED));
  engine.written.push(line(-30, "old"));
  await using server = await serveOne(engine);
  await using first = new TestClient(server.url, "/logs/ws?container=web&tail=5", TOKEN);
  await first.frame("the end", ({ error }) => typeof error === "string");
  await using second = new TestClient(server.url, "/logs/ws?container=web&tail=5", TOKEN);
  await second.frame("the end", ({ error }) => typeof error === "string");
  engine.written.push(line(1, "new"));
  engine.put(fakeContainer("web"));
  for (const client of [first, second]) {
    await client.frame("the new", ({ message }) => message === "new");
    assertEquals(messages(client), ["old", "! the container has ended (exited)", "! null", "new"]);
  }
});

Deno.test("a container that is removed is told as removed", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveOne(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web", TOKEN);
  await client.frame("the greeting", () => true);
  engine.destroy("web");
  await client.frame("the end", ({ error }) => error === "the container was removed");
});

Deno.test("lines that the past has told are not told as dropped", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  const long = "x".repeat(100_000);
  for (let i = 0; i < 100; i++) engine.written.push(line(-4 + i / 1000, long));
  await using server = await serveOne(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&since=1m", TOKEN);
  await eventually("all lines", () => client.frames.length >= 101);
  assertEquals(client.frames.filter(({ level }) => level !== undefined), []);
  assertEquals(client.frames.length, 101);
});

Deno.test("an output that cannot be read is told once, and asked for again ever more seldom", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.outputRefusal = "configured logging driver does not support reading";
  await using server = await serveOne(engine);
  await using live = new TestClient(server.url, "/logs/ws?container=web", TOKEN);
  await using past = new TestClient(server.url, "/logs/ws?container=web&tail=5", TOKEN);
  for (const client of [live, past]) {
    await client.frame("the refusal", ({ error }) => error === engine.outputRefusal);
  }
  engine.outputRefusal = undefined;
  engine.written.push(line(1, "at last"));
  for (const client of [live, past]) {
    await client.frame("the line", ({ message }) => message === "at last");
    const refusal = "! configured logging driver does not support reading";
    assertEquals(messages(client), [refusal, "! null", "at last"]);
  }
});

Deno.test("the removal of a container that had ended is told", async () => {
  const engine = new FakeEngine(fakeContainer("web", EXITED));
  await using server = await serveOne(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web", TOKEN);
  await client.frame("the end", ({ error }) => error === "the container has ended (exited)");
  engine.destroy("web");
  await client.frame("the removal", ({ error }) => error === "the container was removed");
});

Deno.test("tail counts within since, and the other stream's older lines are not told", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.written.push(line(-9, "e", "stderr"), line(-3, "one"), line(-2, "two"), line(-1, "three"));
  await using server = await serveOne(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&since=10m&tail=2", TOKEN);
  await client.frame("the past", ({ message }) => message === "three");
  engine.written.push(line(1, "four"));
  await client.frame("what comes", ({ message }) => message === "four");
  assertEquals(messages(client), ["two", "three", "four"]);
});

const REFUSED: readonly (readonly [query: string, status: number])[] = [
  ["container=nothing", 404],
  ["container=../x", 400],
  ["container=web&level=INFO", 400],
  ["container=web&since=yesterday", 400],
  ["container=web&tail=-1", 400],
  ["container=web&container=db", 400],
  ["container=7", 400],
];

for (const [query, status] of REFUSED) {
  Deno.test(`/logs/ws?${query} is refused with ${status}`, async () => {
    // Both ids begin with a 7, so "7" alone does not tell which is meant.
    await using server = await serveOne(new FakeEngine(fakeContainer("web"), fakeContainer("wdb")));
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
