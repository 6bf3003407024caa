import { assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { line, serveEngine } from "../output/viewers.ts";

/** A server with one container that has written lines at these seconds, named by their index. */
async function written(...seconds: readonly number[]) {
  const engine = new FakeEngine(fakeContainer("web"));
  const start = Date.now() - 1_000_000;
  for (const [index, second] of seconds.entries()) {
    const timestamp = new Date(start + second * 1000).toISOString().replace("Z", "000000Z");
    engine.written.push({ timestamp, message: String(index), stream: "stdout" });
  }
  const server = await serveEngine(engine);
  const get = async (query: string, accept = "application/json") => {
    const headers = { authorization: `Bearer ${TOKEN}`, accept };
    return await fetch(`${server.url}/logs/ws?container=web&${query}`, { headers });
  };
  const page = async (query: string): Promise<{ message: string; timestamp: string; cursor: string }[]> =>
    await (await get(query)).json();
  return { engine, get, page, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

Deno.test("pages backwards by cursor, also through lines with one timestamp", async () => {
  await using it = await written(1, 2, 2, 2, 2, 3);
  const found: string[] = [];
  let lines = await it.page("tail=2");
  for (; lines.length > 0; lines = await it.page(`tail=2&before=${lines[0]!.cursor}`)) {
    found.unshift(...lines.map(({ message }) => message));
  }
  assertEquals(found, ["0", "1", "2", "3", "4", "5"]);
});

Deno.test("pages forwards by cursor", async () => {
  await using it = await written(1, 2, 2, 2, 3, 4);
  const [first] = await it.page("until=1s&tail=5");
  assertEquals(first!.message, "1");
  const next = await it.page(`tail=2&after=${first!.cursor}`);
  assertEquals(next.map(({ message }) => message), ["2", "3"]);
});

Deno.test("pages backwards by time, exclusive", async () => {
  await using it = await written(1, 2, 3, 4);
  const [, , third] = await it.page("");
  const lines = await it.page(`tail=2&until=${third!.timestamp}`);
  assertEquals(lines.map(({ message }) => message), ["0", "1"]);
});

Deno.test("a page around a place has as many lines on both sides", async () => {
  await using it = await written(1, 2, 3, 3, 4, 5, 6);
  const lines = await it.page("");
  const around = async (place: string) =>
    (await it.page(`tail=2&around=${place}`)).map(({ message }) => message);
  assertEquals(await around(lines[3]!.cursor), ["1", "2", "3", "4"]);
  assertEquals(await around(lines[3]!.timestamp), ["0", "1", "2", "3"]);
  assertEquals(await around("1h"), ["0", "1"]);
  assertEquals(await around("0s"), ["5", "6"]);
});

for (
  const query of [
    "around=x",
    "around=1h&around=2h",
    "around=1h&before=2026-08-01T12:00:00Z_0",
    "around=1h&since=2h",
    "around=1h&until=1m",
    "around=1h&match=a",
    "around=1h&timestamps=UTC",
  ]
) {
  Deno.test(`a page with ${query} is refused with 400, and reads nothing`, async () => {
    await using it = await written(1);
    const answer = await it.get(query);
    assertEquals([answer.status, it.engine.calls.outputs], [400, 0]);
    assertStringIncludes((await answer.json()).detail, 'option "around"');
  });
}

Deno.test("lines around a place are not sent as text", async () => {
  await using it = await written(1);
  const answer = await it.get("around=1h", "text/plain");
  assertStringIncludes((await answer.json()).detail, "are sent as JSON");
});

Deno.test("`tail` counts within `since`, 100 by default", async () => {
  await using it = await written(...Array.from({ length: 300 }, (_, index) => index));
  assertEquals((await it.page("since=1h")).length, 100);
  assertEquals((await it.page("since=1h&tail=250")).at(0)?.message, "50");
});

Deno.test("a cursor has the timestamp of its line and a number", async () => {
  await using it = await written(1, 1);
  const [first, second] = await it.page("");
  assertEquals([first!.cursor, second!.cursor], [`${first!.timestamp}_0`, `${first!.timestamp}_1`]);
});

for (
  const query of [
    "before=x",
    "after=2026-08-01T12:00:00Z",
    "before=2026-08-01T12:00:00Z_0&before=2026-08-01T12:00:00Z_1",
  ]
) {
  Deno.test(`a page with ${query} is refused with 400`, async () => {
    await using it = await written(1);
    const answer = await it.get(query);
    assertEquals([answer.status, (await answer.json()).status], [400, 400]);
  });
}

Deno.test("streams all lines as text, for a client that prefers it", async () => {
  await using it = await written(...Array.from({ length: 500 }, (_, index) => index));
  const answer = await it.get("", "text/plain");
  assertMatch(answer.headers.get("content-type")!, /^text\/plain/);
  const text = await answer.text();
  assertEquals(text, Array.from({ length: 500 }, (_, index) => `${index}\n`).join(""));
});

for (
  const [query, text] of [["tail=2", "3\n4\n"], ["until=990s", "0\n1\n"], [
    "since=990s&tail=9",
    "2\n3\n4\n",
  ]] as const
) {
  Deno.test(`the text with ${query} has a part of the lines`, async () => {
    await using it = await written(1, 2, 20, 30, 40);
    assertEquals(await (await it.get(query, "text/plain")).text(), text);
  });
}

Deno.test("the text of a container that cannot be read is a problem", async () => {
  await using it = await written(1);
  it.engine.outputRefusal = "configured logging driver does not support reading";
  const answer = await it.get("", "text/plain");
  assertEquals(answer.status, 502);
  assertStringIncludes((await answer.json()).detail, "logging driver");
});

Deno.test("a client that leaves ends the reading of the text", async () => {
  await using it = await written(1);
  const ended = Promise.withResolvers<void>();
  it.engine.output = async function* (_id, _request, signal) {
    signal.addEventListener("abort", () => ended.resolve());
    for (;;) {
      if (signal.aborted) return;
      yield Array.from({ length: 1000 }, () => line(0, "x".repeat(1000)));
    }
  };
  const answer = await it.get("", "text/plain");
  await answer.body!.cancel();
  await ended.promise;
});
