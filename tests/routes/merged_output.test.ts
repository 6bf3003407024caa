import * as v from "valibot";
import { OutputMessage } from "../../server/protocol/output.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { TestClient, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { line, messages, serveEngine } from "../output/viewers.ts";

/** An engine whose containers have separate logs. */
class LogsEngine extends FakeEngine {
  readonly #logs = new Map<string, FakeEngine>();

  /** Returns the engine whose log is that of a container. */
  log(name: string): FakeEngine {
    const known = this.#logs.get(idOf(name)) ?? new FakeEngine(fakeContainer(name));
    this.#logs.set(idOf(name), known);
    return known;
  }

  override output(...args: Parameters<FakeEngine["output"]>): ReturnType<FakeEngine["output"]> {
    const [, ...rest] = args;
    const name = [...this.containers.values()].find(({ id }) => id === args[0])?.name ?? "";
    return this.log(name).output(args[0], ...rest);
  }
}

const member = (name: string) => fakeContainer(name, { project: "shop", service: name });

async function get(url: string, query: string): Promise<{ status: number; body: { message: string }[] }> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const answer = await fetch(`${url}/logs/ws?${query}`, { headers });
  return { status: answer.status, body: await answer.json() };
}

Deno.test("follows several containers as one list in the order of their lines", async () => {
  const engine = new LogsEngine(fakeContainer("web"), fakeContainer("db"), fakeContainer("other"));
  engine.log("web").written.push(line(-9, "w1"), line(-5, "w2"));
  engine.log("db").written.push(line(-7, "d1"), line(-3, "d2"));
  engine.log("other").written.push(line(-4, "not requested"));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&container=db&tail=10", TOKEN);
  await eventually("the past", () => client.frames.length === 5);
  assertEquals(messages(client), ["w1", "d1", "w2", "d2"]);
  assertEquals(client.frames.slice(1).every((frame) => v.is(OutputMessage, frame)), true);
  engine.log("db").written.push(line(1, "d3"));
  await client.frame("a new line", ({ message }) => message === "d3");
});

Deno.test("follows a project, and containers that join it later from their first line", async () => {
  const engine = new LogsEngine(member("web"), fakeContainer("other"));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?project=shop", TOKEN);
  await client.frame("the greeting", () => true);
  engine.log("web").written.push(line(1, "one"));
  await client.frame("a line", ({ message }) => message === "one");
  engine.log("db").written.push(line(2, "first of db"));
  engine.put(member("db"));
  engine.put(fakeContainer("third"));
  const first = await client.frame("the later container", ({ message }) => message === "first of db");
  assertEquals(first.containerId, idOf("db"));
});

Deno.test("sends arrays of lines with batch=1, and notices singly", async () => {
  const engine = new LogsEngine(fakeContainer("web"));
  engine.log("web").written.push(...Array.from({ length: 100 }, (_, index) => line(index - 200, `${index}`)));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?container=web&tail=100&batch=1", TOKEN);
  const batch = await client.frame("a batch", (frame) => Array.isArray(frame));
  assert(v.is(v.array(OutputMessage), batch));
  const lines = () => client.frames.filter((frame) => Array.isArray(frame)).flat();
  await eventually("all lines", () => lines().length === 100);
  assertEquals(lines().map(({ message }) => message), Array.from({ length: 100 }, (_, index) => `${index}`));
  engine.destroy("web");
  engine.log("web").destroy("web");
  await client.frame("the notice", ({ error }) => typeof error === "string");
});

Deno.test("a page of a project has the newest lines of all its containers", async () => {
  const engine = new LogsEngine(member("web"), member("db"), fakeContainer("other"));
  engine.log("web").written.push(line(-9, "w1"), line(-5, "w2"));
  engine.log("db").written.push(line(-7, "d1"), line(-3, "d2"));
  await using server = await serveEngine(engine);
  const { body } = await get(server.url, "project=shop&tail=3");
  assertEquals(body.map(({ message }) => message), ["d1", "w2", "d2"]);
  assertEquals((await get(server.url, "container=web&project=shop&tail=1")).body.length, 1);
});

for (
  const [query, status] of [
    ["project=shop&before=2026-08-01T12:00:00Z_0", 400],
    ["project=none", 404],
    ["project=../x", 400],
    ["project=shop&project=other", 400],
    ["container=web&batch=1", 400],
  ] as const
) {
  Deno.test(`GET /logs/ws?${query} is refused with ${status}`, async () => {
    await using server = await serveEngine(new LogsEngine(member("web"), member("db")));
    assertEquals((await get(server.url, query)).status, status);
  });
}

for (const query of ["project=shop", "project=shop&container=web", "container=web&container=db"]) {
  Deno.test(`/logs/ws?${query} is refused without the token`, async () => {
    await using server = await serveEngine(new LogsEngine(member("web"), member("db")));
    const answer = await fetch(`${server.url}/logs/ws?${query}`);
    assertEquals([answer.status, (await answer.json()).status], [401, 401]);
  });
}
