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

async function get(
  url: string,
  query: string,
): Promise<{ status: number; body: { message: string; cursor: string }[] }> {
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

Deno.test("a page around a place has lines of all containers, in their order", async () => {
  const engine = new LogsEngine(member("web"), member("db"));
  engine.log("web").written.push(line(-9, "w1"), line(-6, "w2"), line(-5, "w3"), line(-1, "w4"));
  engine.log("db").written.push(line(-8, "d1"), line(-6, "d2"), line(-5, "d3"), line(-3, "d4"));
  await using server = await serveEngine(engine);
  const around = async (tail: number, place: string) => {
    const { body } = await get(server.url, `project=shop&tail=${tail}&around=${place}`);
    return body.map(({ message }) => message);
  };
  const { timestamp } = engine.log("db").written[2]!;
  assertEquals(await around(9, timestamp), ["w1", "d1", "d2", "w2", "d3", "w3", "d4", "w4"]);
  // Lines that share the first or last timestamp are not cut.
  assertEquals(await around(1, timestamp), ["d2", "w2", "d3", "w3"]);
  const { body } = await get(server.url, "project=shop");
  assertEquals(await around(1, body.find(({ message }) => message === "w3")!.cursor), ["d3", "w3"]);
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

/** An engine with a project of two containers that have written lines, some at the same time. */
function twoLogs(): LogsEngine {
  const engine = new LogsEngine(member("web"), member("db"));
  const now = Date.now();
  const at = (second: number, message: string) =>
    ({
      timestamp: new Date(now + second * 1000).toISOString().replace("Z", "000000Z"),
      message,
      stream: "stdout",
    }) as const;
  engine.log("web").written.push(at(-9, "w1"), at(-5, "w2"), at(-5, "w3"), at(-1, "w4"));
  engine.log("db").written.push(at(-5, "d1"), at(-5, "d2"), at(-3, "d3"));
  return engine;
}

const ALL = ["w1", "d1", "d2", "w2", "w3", "d3", "w4"];

for (const size of [1, 2, 3]) {
  Deno.test(`pages of ${size} of a project lose and repeat no line that shares a timestamp`, async () => {
    await using server = await serveEngine(twoLogs());
    const page = async (query: string) => (await get(server.url, `project=shop&tail=${size}&${query}`)).body;
    const backwards: string[] = [];
    for (let lines = await page(""); lines.length > 0; lines = await page(`before=${lines[0]!.cursor}`)) {
      backwards.unshift(...lines.map(({ message }) => message));
    }
    assertEquals(backwards, ALL);
    const forwards: string[] = [];
    for (let after = "2026-01-01T00:00:00Z_0";;) {
      const lines = await page(`after=${after}`);
      if (lines.length === 0) break;
      forwards.push(...lines.map(({ message }) => message));
      after = lines.at(-1)!.cursor;
    }
    assertEquals(forwards, ALL);
  });
}

Deno.test("a later container of a project leaves the cursors of a list valid", async () => {
  const engine = twoLogs();
  await using server = await serveEngine(engine);
  const [line] = (await get(server.url, "project=shop&tail=4")).body;
  assertEquals(line!.message, "w2");
  engine.put(member("api"));
  await eventually("the container", async () => (await get(server.url, "container=api")).status === 200);
  const { body } = await get(server.url, `project=shop&before=${line!.cursor}`);
  assertEquals(body.map(({ message }) => message), ["w1", "d1", "d2"]);
});

for (
  const [query, lines] of [
    ["", ["web | w1", "db | d1", "db | d2", "web | w2", "web | w3", "db | d3", "web | w4"]],
    ["&tail=2", ["db | d3", "web | w4"]],
    ["&since=4s", ["db | d3", "web | w4"]],
  ] as const
) {
  Deno.test(`the text of project=shop${query} is one list with names`, async () => {
    await using server = await serveEngine(twoLogs());
    const headers = { authorization: `Bearer ${TOKEN}`, accept: "text/plain" };
    const answer = await fetch(`${server.url}/logs/ws?project=shop${query}`, { headers });
    const text = (await answer.text()).trimEnd().split("\n");
    // Lines that share a timestamp may come in either order.
    assertEquals([...text].sort(), [...lines].sort());
    assertEquals([text[0], text.at(-1)], [lines[0], lines.at(-1)]);
  });
}

for (
  const [query, status] of [
    ["project=shop&before=2026-08-01T12:00:00Z_0_x", 400],
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

Deno.test("a socket with an end is refused for a project without containers", async () => {
  await using server = await serveEngine(new LogsEngine(member("web")));
  const headers = {
    ...{ authorization: `Bearer ${TOKEN}`, connection: "upgrade", upgrade: "websocket" },
    ...{ "sec-websocket-version": "13", "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==" },
  };
  const answer = await fetch(`${server.url}/logs/ws?project=none&until=0s`, { headers });
  assertEquals([answer.status, (await answer.json()).status], [404, 404]);
});
