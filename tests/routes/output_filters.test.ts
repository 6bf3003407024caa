import * as v from "valibot";
import { OutputHistogram } from "../../server/protocol/output.ts";
import { assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { TestClient, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { line, messages, serveEngine } from "../output/viewers.ts";

/** A server with a container that has written 600 lines, every hundredth an error. */
async function serveLines() {
  const engine = new FakeEngine(fakeContainer("web", { project: "shop" }));
  for (let index = 0; index < 600; index++) {
    engine.written.push(line(index - 700, `${index % 100 === 0 ? "ERROR" : "INFO"} GET /items/${index}`));
  }
  const server = await serveEngine(engine);
  const get = async (query: string, accept = "application/json") =>
    await fetch(`${server.url}/logs/ws?${query}`, { headers: { authorization: `Bearer ${TOKEN}`, accept } });
  const numbers = async (query: string) => {
    const lines: { message: string }[] = await (await get(query)).json();
    return lines.map(({ message }) => Number(/\d+$/.exec(message)?.[0]));
  };
  return { engine, server, get, numbers, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

for (
  const [query, expected] of [
    ["match=error", [0, 100, 200, 300, 400, 500]],
    ["match=error&case=1", []],
    ["match=/items/1.0$&tail=3", [170, 180, 190]],
    ["levels=error&tail=2", [400, 500]],
    ["levels=ERROR,warn&exclude=items/.00&since=1h", [0]],
    ["match=items/300&context=1", [299, 300, 301]],
    ["match=error&until=550s&tail=1", [100]],
  ] as const
) {
  for (const source of ["container=web", "project=shop"]) {
    Deno.test(`GET /logs/ws?${source}&${query} has the lines that pass`, async () => {
      await using it = await serveLines();
      assertEquals<readonly number[]>(await it.numbers(`${source}&${query}`), expected);
    });
  }
}

Deno.test("pages through the lines that pass by cursor", async () => {
  await using it = await serveLines();
  const page = async (more: string): Promise<{ message: string; cursor: string }[]> =>
    await (await it.get(`container=web&levels=error&tail=2${more}`)).json();
  const found: string[] = [];
  for (let lines = await page(""); lines.length > 0; lines = await page(`&before=${lines[0]!.cursor}`)) {
    found.unshift(...lines.map(({ message }) => message.slice(17)));
  }
  assertEquals(found, ["0", "100", "200", "300", "400", "500"]);
});

Deno.test("the text has the lines that pass", async () => {
  await using it = await serveLines();
  const text = await (await it.get("container=web&match=items/[12]00", "text/plain")).text();
  assertEquals(text, "ERROR GET /items/100\nERROR GET /items/200\n");
});

Deno.test("a saved log has the lines that pass, with their times in the requested zone", async () => {
  await using it = await serveLines();
  const path = "/logs/ws?project=shop&levels=error&exclude=items/.00&since=1h&timestamps=Asia/Tokyo";
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
  const body = JSON.stringify({ path });
  const { url } = await (await fetch(`${it.server.url}/downloads`, { method: "POST", headers, body })).json();
  const answer = await fetch(it.server.url + url);
  const at = Date.parse(it.engine.written[0]!.timestamp) + 9 * 3_600_000;
  const time = new Date(at).toISOString().replace("Z", "+09:00");
  assertEquals(await answer.text(), `${time} web | ERROR GET /items/0\n`);
  assertEquals(answer.headers.get("content-disposition"), 'attachment; filename="shop.log"');
});

Deno.test("a text without a single line that passes is empty", async () => {
  await using it = await serveLines();
  const answer = await it.get("container=web&match=nowhere", "text/plain");
  assertEquals([answer.status, await answer.text()], [200, ""]);
});

Deno.test("lines as JSON have no other time zone", async () => {
  await using it = await serveLines();
  const answer = await it.get("container=web&timestamps=UTC");
  assertEquals(answer.status, 400);
  assertStringIncludes((await answer.json()).detail, 'option "timestamps"');
});

for (
  const [past, expected] of [
    ["&tail=2", ["ERROR GET /items/400", "ERROR GET /items/500", "ERROR GET /new"]],
    ["&since=250s", ["ERROR GET /items/500", "ERROR GET /new"]],
    ["", ["ERROR GET /new"]],
    ["&batch=1&tail=1", ["ERROR GET /items/500", "ERROR GET /new"]],
  ] as const
) {
  Deno.test(`a socket with match=error${past} has the lines that pass, past and new`, async () => {
    await using it = await serveLines();
    await using client = new TestClient(it.server.url, `/logs/ws?container=web&match=error${past}`, TOKEN);
    await client.frame("the greeting", () => true);
    const received = () => client.frames.flat().slice(1).map(({ message }) => message);
    await eventually("the past", () => received().length >= expected.length - 1);
    it.engine.written.push(line(1, "INFO GET /other"), line(2, "ERROR GET /new"));
    await eventually("the new line", () => received().includes("ERROR GET /new"));
    assertEquals<readonly string[]>(received(), expected);
  });
}

Deno.test("a filtered socket still reports the end of the container", async () => {
  await using it = await serveLines();
  await using client = new TestClient(it.server.url, "/logs/ws?container=web&match=none.such", TOKEN);
  await client.frame("the greeting", () => true);
  it.engine.put(fakeContainer("web", { state: "exited", finishedAt: Date.now() }), "die");
  await client.frame("the end", ({ error }) => typeof error === "string");
  assertEquals(messages(client).length, 1);
});

Deno.test("a histogram counts the lines that are sent, and continues with new ones", async () => {
  await using it = await serveLines();
  await using client = new TestClient(
    it.server.url,
    "/logs/ws?container=web&since=20m&match=items/.00&histogram=60",
    TOKEN,
  );
  const bars = () => client.frames.filter(({ from }) => from !== undefined);
  const sum = (key: "lines" | "errors") =>
    [...new Map(bars().map((bar) => [bar.from, bar[key]])).values()].reduce((all, one) => all + one, 0);
  await eventually("the errors", () => sum("errors") === 5);
  assertEquals([sum("lines"), bars().every((bar) => v.is(OutputHistogram, bar))], [5, true]);
  assertEquals(new Set(bars().map(({ from }) => from)).size, 61);
  it.engine.written.push(line(0, "ERROR GET /items/600"));
  await eventually("the new line", () => sum("lines") === 6);
});

for (
  const [query, path, part] of [
    ["match=", "match", "1 to 256 characters"],
    [`match=${"a".repeat(257)}`, "match", "1 to 256 characters"],
    ["match=[a", "match", "missing closing ]"],
    ["match=(", "match", "missing closing ): `(`"],
    ["exclude=(%3F=a)", "exclude", "syntax of RE2"],
    ["match=(a{30}){30}", "match", "at most 300"],
    ["match=a&match=b", "match", "expected once"],
    ["case=0", "case", 'expected "1"'],
    ["levels=loud", "levels", "trace, debug, info"],
    ["levels=", "levels", "trace, debug, info"],
    ["levels=error,", "levels", "trace, debug, info"],
    ["context=21", "context", "from 0 to 20"],
    ["context=-1", "context", "from 0 to 20"],
    ["histogram=60", "histogram", "unknown option"],
  ] as const
) {
  Deno.test(`GET /logs/ws with ${query.slice(0, 40)} is refused with 400`, async () => {
    await using it = await serveLines();
    const answer = await it.get(`container=web&${query}`);
    const { detail, errors } = await answer.json();
    assertEquals([answer.status, errors[0].path], [400, path]);
    assertStringIncludes(detail, part);
  });
}

for (const query of ["match=a", "levels=error", "context=1", "histogram=60"]) {
  Deno.test(`DockStat's own log does not take ${query}`, async () => {
    await using it = await serveLines();
    const answer = await it.get(query);
    assertEquals([answer.status, (await answer.json()).status], [400, 400]);
  });
}
