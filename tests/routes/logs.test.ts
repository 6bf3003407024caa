import * as v from "valibot";
import { placeIn } from "../../server/log/call_site.ts";
import { getLogger, logLines } from "../../server/log/log.ts";
import { LogMessage } from "../../server/protocol/log.ts";
import { addSecret, redact } from "../../server/log/redact.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes, eventually } from "../assert.ts";
import { serveEngines, TestClient } from "../client.ts";
import { FakeEngine } from "../fakes/engine.ts";
import { quietLog } from "../fakes/quiet_log.ts";
import { startProgram } from "../program.ts";

const log = getLogger(["dockstat", "test"]);
Deno.test("/logs/ws greets, and then sends each line in the plain shape", async () => {
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

Deno.test("level lets this and above through, tail replays the newest first", async () => {
  using _log = quietLog();
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  for (const n of [1, 2, 3]) log.error("tail {n}", { n: String(n) });
  log.debug("not so important");
  await using client = new TestClient(server.url, "/logs/ws?level=ERROR&tail=2");
  await client.frame("the newest", ({ message }) => message === "tail 3");
  log.info("quiet");
  log.fatal("loud");
  await client.frame("the loud one", ({ message }) => message === "loud");
  assertEquals(client.frames.slice(1).map(({ message }) => message), ["tail 2", "tail 3", "loud"]);
});

Deno.test("GET /logs gives the newest lines, oldest first", async () => {
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

Deno.test("a slow reader loses the oldest lines and is told how many", () => {
  const stop = new AbortController();
  const line = (message: string) => ({ level: "INFO", timestamp: "", message, file: "", line: 1 } as const);
  const before = logLines.dropped;
  const reader = logLines.subscribe(stop.signal, (dropped) => line(`${dropped} dropped`));
  for (let n = 0; n < 10_000; n++) logLines.add(line(String(n)));
  const taken = reader.take();
  stop.abort();
  assertEquals([taken.length, taken[0]?.message, taken[1]?.message, taken.at(-1)?.message], [
    2001,
    "8000 dropped",
    "8000",
    "9999",
  ]);
  assertEquals(logLines.dropped - before, 8000);
  assert(logLines.tail(100_000, "DEBUG").length <= 2000);
});

Deno.test("secrets are cut out wherever they stand", () => {
  addSecret("correct horse battery");
  assertEquals(redact("a correct horse battery b"), "a [redacted] b");
  assertEquals(redact("a CORRECT horse battery b"), "a [redacted] b");
  assertEquals(redact("tcp://me:secret@10.0.0.5:2375 is down"), "tcp://[redacted]@10.0.0.5:2375 is down");
  assertEquals(redact("authorization: Bearer abcdefghijkl"), "authorization: Bearer [redacted]");
});

Deno.test("a user alone in an ssh address is no secret, anything else before the @ may be", () => {
  const clean = "found ssh://user@host, then ssh://deploy_2@nas.lan:22";
  assertEquals(redact(clean), clean);
  for (
    const secret of ["https://token@host", "ssh://user:pw@host", "tcp://me@host", "ssh://a,ssh://b:pw@host"]
  ) {
    assertStringIncludes(redact(secret), "://[redacted]@host");
    assertEquals(/pw|token|me@/.test(redact(secret)), false);
  }
});

Deno.test("the place of a call is found in stacks of every platform, past the logging itself", () => {
  const stack = [
    "Error",
    "    at callSite (file:///x/server/call_site.ts:21:17)",
    "    at emit (file:///cache/npm/registry/@logtape/logtape/2.4.2/dist/logger.js:9:1)",
    "    at Collector.run (file:///x/server/stats/collector.ts:155:9)",
  ].join("\n");
  assertEquals(placeIn(stack), { file: "collector.ts", line: 155 });
  assertEquals(placeIn("Error\n    at file:///C:/Users/me/server/serve.ts:7:3"), {
    file: "serve.ts",
    line: 7,
  });
  assertEquals(placeIn("Error\n    at <anonymous>"), undefined);
});

Deno.test("the log of a program is JSON lines in the same shape, at the places where the source logs", async () => {
  await using program = startProgram(["--demo", "--port", "0", "--log-format", "json"]);
  await program.url();
  await program.says("Host Simulated is up");
  const lines = program.err.trim().split("\n").map((line) => JSON.parse(line));
  for (const line of lines) {
    assert(v.is(LogMessage, line));
    const folders = ["server", "server/stats", "server/docker", "server/routes"];
    const sources = await Promise.all(
      folders.map((folder) =>
        Deno.readTextFile(new URL(`../../${folder}/${line.file}`, import.meta.url)).catch(() => "")
      ),
    );
    assertMatch(
      sources.join("").split("\n").slice(line.line - 1, line.line).join(),
      /log\.(info|warn|error|debug)\(/,
    );
  }
  assert(await eventually("lines", () => lines.length >= 2));
});

Deno.test("a long text that is no address does not keep the server busy", () => {
  const began = performance.now();
  redact("a.".repeat(500_000));
  redact("a://".repeat(50_000));
  // Seconds less than what a search without bounds takes: a loaded machine does not fail it.
  assert(performance.now() - began < 5000);
});
