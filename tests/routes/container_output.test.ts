import * as v from "valibot";
import { OutputMessage } from "../../server/protocol.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { serveEngines, TestClient, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";

const EXITED = { state: "exited", finishedAt: Date.now() } as const;

function line(second: number, message: string) {
  return {
    timestamp: new Date(Date.now() + second * 1000).toISOString(),
    message,
    stream: "stdout",
  } as const;
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
  engine.past = [line(-2, "one"), line(-1, "two")];
  await using server = await serveOne(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&tail=10", TOKEN);
  await client.frame("the past", ({ message }) => message === "two");
  engine.lines.push(engine.past[1]!, line(1, "three"));
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
    engine.lines.push(line(1, "hello"));
    await one.frame("the line", ({ message }) => message === "hello");
    await other.frame("the line", ({ message }) => message === "hello");
    assertEquals(engine.calls.outputs, 1);
  }
  engine.lines.push(line(2, "nobody looks"));
  assertEquals(engine.calls.outputs, 1);
});

Deno.test("the end of a container is told in-band, and its output goes on when it runs again", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using server = await serveOne(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web", TOKEN);
  await client.frame("the greeting", () => true);
  engine.lines.push(line(1, "before"));
  await client.frame("the line", ({ message }) => message === "before");
  engine.put(fakeContainer("web", EXITED), "die");
  await client.frame("the end", ({ error }) => typeof error === "string");
  engine.put(fakeContainer("web"));
  await client.frame("the end of the end", ({ error }) => error === null);
  engine.lines.push(line(2, "after"));
  await client.frame("the line", ({ message }) => message === "after");
  assertEquals(messages(client), ["before", "! the container has ended (exited)", "! null", "after"]);
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
