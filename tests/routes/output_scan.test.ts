import * as v from "valibot";
import { OutputFound, OutputScan } from "../../server/protocol/output.ts";
import { assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { rawConnection, TestClient, TOKEN, upgradeRequest } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { line, serveEngine } from "../output/viewers.ts";

/** A server with two containers of a project, of which each has the written lines. */
async function serveLines(...messages: readonly string[]) {
  const engine = new FakeEngine(
    fakeContainer("web", { project: "shop" }),
    fakeContainer("api", { project: "shop" }),
  );
  engine.written.push(...messages.map((message, index) => line(index - messages.length - 10, message)));
  const server = await serveEngine(engine);
  return { engine, server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** Runs a search to its end. */
async function scan(url: string, query: string) {
  await using client = new TestClient(url, `/logs/ws?scan=1&${query}`, TOKEN);
  const closed = await client.end();
  const frames = client.frames.slice(1);
  const found: v.InferOutput<typeof OutputFound>[] = frames.filter(Array.isArray).flat();
  const last: v.InferOutput<typeof OutputScan> = frames.at(-1);
  return { closed, found, last, frames, messages: found.map(({ message }) => message) };
}

const NUMBERED = Array.from({ length: 2000 }, (_, index) => `INFO GET /items/${index}`);

Deno.test("a search finds the first of many lines, with its place", async () => {
  await using it = await serveLines(...NUMBERED);
  const { closed, found, last } = await scan(it.server.url, "container=web&match=items/0");
  assertEquals([found.length, found[0]!.message, closed.code], [1, "INFO GET /items/0", 1000]);
  assertEquals([last.scanned, last.found, last.done, last.next], [2000, 1, true, null]);
  assertEquals([v.is(OutputFound, found[0]), v.is(OutputScan, last)], [true, true]);
  const headers = { authorization: `Bearer ${TOKEN}` };
  const after = `${it.server.url}/logs/ws?container=web&tail=1&after=${found[0]!.cursor}`;
  assertEquals((await (await fetch(after, { headers })).json())[0].message, "INFO GET /items/1");
});

Deno.test("a search marks the lines around what it finds", async () => {
  await using it = await serveLines("a", "b", "needle", "c", "d");
  const { found } = await scan(it.server.url, "container=web&match=needle&context=1");
  assertEquals(found.map(({ message, context = false }) => [message, context]), [
    ["b", true],
    ["needle", false],
    ["c", true],
  ]);
});

Deno.test("a search continues after its last line", async () => {
  await using it = await serveLines(...NUMBERED);
  const query = "container=web&match=/items/1..$&tail=60";
  const one = await scan(it.server.url, query);
  assertEquals([one.found.length, one.last.found], [60, 60]);
  const two = await scan(it.server.url, `${query}&after=${one.last.next}`);
  assertEquals([two.found.length, two.last.next], [40, null]);
  assertEquals(two.messages[0], "INFO GET /items/160");
});

Deno.test("a search of a project finds lines of each container once, and continues", async () => {
  await using it = await serveLines("a", "needle", "b");
  const one = await scan(it.server.url, "project=shop&match=needle&tail=1");
  const two = await scan(it.server.url, `project=shop&match=needle&after=${one.last.next}`);
  const containers = [...one.found, ...two.found].map(({ containerId }) => containerId);
  assertEquals([containers.length, new Set(containers).size], [2, 2]);
});

Deno.test("a search without filters counts all lines over time", async () => {
  await using it = await serveLines("INFO a", "ERROR b", "INFO c");
  const { found, last } = await scan(it.server.url, "container=web&histogram=10");
  const sum = (key: "lines" | "errors" | "found") => last.bars!.reduce((total, bar) => total + bar[key], 0);
  assertEquals([found.length, sum("lines"), sum("errors"), sum("found")], [0, 3, 1, 0]);
});

Deno.test("a search is restricted to a range", async () => {
  await using it = await serveLines(...NUMBERED);
  const { last } = await scan(it.server.url, "container=web&match=items&since=110s&until=60s");
  assertEquals(last.scanned, 50);
});

Deno.test("a search reports a container that cannot be read", async () => {
  await using it = await serveLines("a");
  it.engine.outputRefusal = "configured logging driver does not support reading";
  const { frames, closed } = await scan(it.server.url, "container=web&match=a");
  assertStringIncludes(frames[0].error, "does not support reading");
  assertEquals([frames[0].final, frames.at(-1).done, closed.code], [true, true, 1000]);
});

/** An engine that never ends what was written, and counts the requests that are open. */
class EndlessEngine extends FakeEngine {
  open = 0;
  override async *output(...[, , signal]: Parameters<FakeEngine["output"]>) {
    this.open++;
    try {
      while (!signal.aborted) {
        yield [line(-100, "needle")];
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    } finally {
      this.open--;
    }
  }
}

Deno.test("closing the socket ends the engine's request", async () => {
  const engine = new EndlessEngine(fakeContainer("web"));
  await using server = await serveEngine(engine);
  await using client = new TestClient(server.url, "/logs/ws?scan=1&container=web&match=none", TOKEN);
  await eventually("the request", () => engine.open === 1);
  await client[Symbol.asyncDispose]();
  await eventually("the end of the request", () => engine.open === 0);
});

Deno.test("a search of many lines ends at 10,000, and ends the engine's request", async () => {
  const engine = new EndlessEngine(fakeContainer("web"));
  engine.output = async function* (_id, _request, signal) {
    engine.open++;
    const lines = Array.from({ length: 4000 }, () => line(-100, "needle"));
    try {
      while (!signal.aborted) yield await Promise.resolve(lines);
    } finally {
      engine.open--;
    }
  };
  await using server = await serveEngine(engine);
  const { found, last } = await scan(server.url, "container=web&match=needle");
  assertEquals([found.length, last.found, last.next === null], [10_000, 10_000, false]);
  await eventually("the end of the request", () => engine.open === 0);
});

Deno.test("the third search of a session is refused, until one ends", async () => {
  const engine = new EndlessEngine(fakeContainer("web"));
  await using server = await serveEngine(engine);
  const path = "/logs/ws?scan=1&container=web&match=none";
  await using one = new TestClient(server.url, path, TOKEN);
  await using _two = new TestClient(server.url, path, TOKEN);
  await eventually("two requests", () => engine.open === 2);
  const refused = await refusal(server.url, "container=web&match=none");
  assertStringIncludes(refused, "HTTP/1.1 429");
  assertStringIncludes(refused, "2 of this session are already running");
  await one[Symbol.asyncDispose]();
  await eventually("one request", () => engine.open === 1);
  await using _three = new TestClient(server.url, path, TOKEN);
  await eventually("another request", () => engine.open === 2);
});

/** Requests a socket, and returns the head and body of the refusal. */
async function refusal(server: string, query: string): Promise<string> {
  using connection = await rawConnection(server);
  await connection.write(upgradeRequest(`/logs/ws?scan=1&${query}`, { Authorization: `Bearer ${TOKEN}` }));
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of connection.readable) {
    text += decoder.decode(bytes, { stream: true });
    if (text.includes("}")) break;
  }
  return text;
}

for (
  const [query, status, reason] of [
    ["container=web&match=(a", 400, "in the syntax of RE2"],
    [`container=web&match=${"a".repeat(257)}`, 400, "256 characters"],
    ["container=web&match=a&after=x", 400, "the cursor of a line"],
    ["container=none&match=a", 404, "There is no container"],
  ] as const
) {
  Deno.test(`a search with ${query.slice(0, 40)} is refused with ${status}`, async () => {
    await using it = await serveLines("a");
    const text = await refusal(it.server.url, query);
    assertStringIncludes(text, `HTTP/1.1 ${status}`);
    assertStringIncludes(text, reason);
  });
}
