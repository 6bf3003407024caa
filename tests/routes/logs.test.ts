import * as v from "valibot";
import { getLogger } from "../../server/log/log.ts";
import { LogMessage } from "../../server/protocol/log.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { serveEngines, TestClient } from "../client.ts";
import { FakeEngine } from "../fakes/engine.ts";
import { quietLog } from "../fakes/quiet_log.ts";

const log = getLogger(["dockstat", "test"]);
Deno.test("/logs/ws sends the greeting, and then each line", async () => {
  using _log = quietLog();
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  await using client = new TestClient(server.url, "/logs/ws");
  await client.frame("the greeting", ({ message }) => message === "Connection established");
  log.warn("A fact about {host}", { host: "nas" });
  const line = await client.frame("the line", ({ message }) => message === "A fact about nas");
  assert(v.is(LogMessage, line));
  assertEquals([line.level, line.file], ["WARN", "logs.test.ts"]);
  assertMatch(line.timestamp, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  const source = (await Deno.readTextFile(new URL(import.meta.url))).split("\n");
  assertStringIncludes(source[line.line - 1]!, 'log.warn("A fact');
});

Deno.test("level drops lower levels, and tail replays the newest lines first", async () => {
  using _log = quietLog();
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  for (const n of [1, 2, 3]) log.error("tail {n}", { n: String(n) });
  log.debug("a detail");
  await using client = new TestClient(server.url, "/logs/ws?level=ERROR&tail=2");
  await client.frame("the newest", ({ message }) => message === "tail 3");
  log.info("quiet");
  log.fatal("loud");
  await client.frame("the loud one", ({ message }) => message === "loud");
  assertEquals(client.frames.slice(1).map(({ message }) => message), ["tail 2", "tail 3", "loud"]);
});

Deno.test("GET /logs returns the newest lines, oldest first", async () => {
  using _log = quietLog();
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  for (const n of [1, 2, 3]) log.fatal("get {n}", { n: String(n) });
  const lines = await (await fetch(`${server.url}/logs?level=fatal&tail=2`)).json();
  assertEquals(lines.map(({ message }: { message: string }) => message), ["get 2", "get 3"]);
});

for (const query of ["level=LOUD", "tail=-1", "tail=many", "color=1", "tail=1&tail=2"]) {
  Deno.test(`/logs?${query} is refused`, async () => {
    await using server = await serveEngines({ Localhost: new FakeEngine() });
    const answer = await fetch(`${server.url}/logs?${query}`);
    assertEquals([answer.status, (await answer.json()).errors.length], [400, 1]);
  });
}
