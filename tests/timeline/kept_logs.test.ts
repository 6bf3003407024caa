import { KeptLogs } from "../../server/timeline/kept_logs.ts";
import { assert, assertEquals } from "../assert.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { quietLog } from "../fakes/quiet_log.ts";

const BOUNDS = { lines: 3, characters: 1000, patienceMs: 5000, waiting: 2, parallel: 2 };
const NEVER = new AbortController().signal;

function engineWith(...messages: readonly string[]): FakeEngine {
  const engine = new FakeEngine();
  for (const message of messages) {
    engine.written.push({ timestamp: "2026-01-01T00:00:00.000000000Z", message, stream: "stdout" });
  }
  return engine;
}

async function textOf(gzip: Uint8Array | undefined): Promise<string> {
  assert(gzip !== undefined);
  const stream = new Blob([gzip.slice()]).stream().pipeThrough(new DecompressionStream("gzip"));
  return await new Response(stream).text();
}

Deno.test("the last lines are kept with their times, and are taken once", async () => {
  const logs = new KeptLogs(BOUNDS);
  await logs.read("nas", engineWith("a", "b", "c", "d"), [fakeContainer("web")], NEVER);
  const text = await textOf(logs.take("nas", idOf("web")));
  assertEquals(text, ["b", "c", "d"].map((line) => `2026-01-01T00:00:00.000000000Z ${line}\n`).join(""));
  assertEquals(logs.take("nas", idOf("web")), undefined);
});

Deno.test("the size of a log is bounded, the newest lines are kept", async () => {
  const logs = new KeptLogs({ ...BOUNDS, characters: 100 });
  await logs.read("nas", engineWith("x".repeat(5000), "end"), [fakeContainer("web")], NEVER);
  assertEquals(await textOf(logs.take("nas", idOf("web"))), "2026-01-01T00:00:00.000000000Z end\n");
  await logs.read("nas", engineWith(`${"x".repeat(5000)}end`), [fakeContainer("web")], NEVER);
  const long = await textOf(logs.take("nas", idOf("web")));
  assertEquals([long.length, long.slice(-4)], [101, "end\n"]);
});

Deno.test("an engine that refuses a log, and a container without output, keep nothing", async () => {
  using _log = quietLog();
  const logs = new KeptLogs(BOUNDS);
  const engine = engineWith("a");
  engine.outputRefusal = "configured logging driver does not support reading";
  await logs.read("nas", engine, [fakeContainer("web")], NEVER);
  await logs.read("nas", engineWith(), [fakeContainer("db")], NEVER);
  assertEquals([logs.take("nas", idOf("web")), logs.take("nas", idOf("db"))], [undefined, undefined]);
});

Deno.test("the number of logs that wait for a removal is bounded", async () => {
  const logs = new KeptLogs(BOUNDS);
  const containers = ["a", "b", "c"].map((name) => fakeContainer(name));
  await logs.read("nas", engineWith("line"), containers, NEVER);
  const kept = containers.filter(({ id }) => logs.take("nas", id) !== undefined);
  assertEquals(kept.length, 2);
});

Deno.test("logs of containers that stay are dropped", async () => {
  const logs = new KeptLogs(BOUNDS);
  await logs.read("nas", engineWith("line"), [fakeContainer("web")], NEVER);
  logs.forget("nas", [idOf("web")]);
  assertEquals(logs.take("nas", idOf("web")), undefined);
});
