import { assertEquals, assertMatch, eventually } from "../../assert.ts";
import { serveEngines, TOKEN } from "../../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../../fakes/engine.ts";
import { startProgram } from "../../program.ts";

async function serveOne() {
  const engine = new FakeEngine(fakeContainer("web"), fakeContainer("db"));
  const server = await serveEngines({ Localhost: engine });
  await eventually(
    "the host",
    async () => (await (await fetch(`${server.url}/docker/hosts`)).json())[0].state === "up",
  );
  const events = (...args: string[]) =>
    startProgram(["events", ...args, "--port", new URL(server.url).port], { DOCKSTAT_TOKEN: TOKEN });
  const stored = (count: number) =>
    eventually(
      "the events",
      async () => (await (await fetch(`${server.url}/events`)).json()).events.length === count,
    );
  return { engine, events, stored, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

Deno.test("prints the events of the named containers, as lines or JSON", async () => {
  await using it = await serveOne();
  for (const name of ["web", "db"]) it.engine.emit(idOf(name), "pause");
  await it.stored(2);
  await using lines = it.events("web");
  assertEquals([await lines.status, lines.err], [0, ""]);
  assertMatch(lines.out, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}Localhost\/web {2}paused\n$/);
  await using json = it.events("--json", "--since", "1h");
  assertEquals(await json.status, 0);
  const kinds = json.out.trim().split("\n").map((line) => JSON.parse(line)).map((
    { kind, name },
  ) => [kind, name]);
  assertEquals(kinds, [["pause", "web"], ["pause", "db"]]);
});

Deno.test("--follow prints each new event once until Ctrl-C", async () => {
  await using it = await serveOne();
  it.engine.emit(idOf("web"), "pause");
  await it.stored(1);
  await using following = it.events("--follow");
  await eventually("the past", () => following.out.includes("paused"));
  it.engine.emit(idOf("web"), "unpause");
  await eventually("the new event", () => following.out.includes("continued"));
  it.engine.emit(idOf("db"), "pause");
  await eventually("another event", () => following.out.includes("/db"));
  following.kill("SIGINT");
  assertEquals([await following.status, following.out.trim().split("\n").length], [0, 3]);
});

Deno.test("without events a note is on standard error only", async () => {
  await using it = await serveOne();
  await using none = it.events("--since", "1h");
  assertEquals([await none.status, none.out, none.err], [0, "", "Nothing found\n"]);
});
