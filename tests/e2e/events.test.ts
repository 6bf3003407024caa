/** The timeline of real engines. */
import type { TimelineEvent } from "../../server/protocol/past/timeline.ts";
import { serve } from "../../server/serve.ts";
import { assert, assertEquals, eventually } from "../assert.ts";
import { freshFolder, testConfig, TOKEN } from "../client.ts";
import { startProgram } from "../program.ts";
import { docker, realEngines, startContainer } from "./engines.ts";

/** Rounds of the test that kills DockStat; `DOCKSTAT_KILLS=100` runs 100. */
const ROUNDS = Math.min(Number(Deno.env.get("DOCKSTAT_KILLS") ?? 6), 100);
const HEADERS = { authorization: `Bearer ${TOKEN}` };

async function ask(url: string, path: string, method = "GET") {
  const answer = await fetch(url + path, { method, headers: HEADERS });
  assert(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer;
}

/** Removes a container and waits for the end. */
async function remove(url: string, id: string): Promise<void> {
  await (await ask(url, `/containers/Localhost/${id}?force=1&wait=1`, "DELETE")).body?.cancel();
}

async function up(url: string): Promise<void> {
  await eventually(
    "the host",
    async () => (await (await ask(url, "/docker/hosts")).json())[0].state === "up",
  );
}

/** Returns all events of a container, oldest first. */
async function eventsOf(url: string, container: string): Promise<TimelineEvent[]> {
  return (await (await ask(url, `/events?container=${container}&tail=1000`)).json()).events;
}

function counted(events: readonly TimelineEvent[], ...kinds: string[]): number {
  return events.filter(({ kind }) => kinds.includes(kind)).length;
}

for (const engine of await realEngines()) {
  Deno.test(`reports each event of a container once on Docker ${engine.version}`, async () => {
    const config = testConfig([{ kind: "docker", id: "Localhost", endpoint: { url: engine.url } }]);
    await using server = await serve(config);
    await up(server.url);
    const check = ["--health-cmd", "echo all is well", "--health-interval", "1s"];
    await using container = await startContainer(engine, "dockstat-events", check);
    const found = (what: string, kind: string) =>
      eventually(
        what,
        async () => (await eventsOf(server.url, container.id)).find((event) => event.kind === kind),
      );
    const { state, message } = await found("its health", "health");
    assertEquals([state, message?.trim()], ["healthy", "all is well"]);
    await docker(engine, "restart", "-t", "0", container.id);
    await found("its restart", "restart");
    await docker(engine, "pause", container.id);
    await found("its pause", "pause");
    await remove(server.url, container.id);
    await found("its removal", "remove");
    const events = await eventsOf(server.url, container.id);
    const kinds = events.map(({ kind }) => kind).filter((kind) => kind !== "health" && kind !== "operation");
    assertEquals(
      kinds.toSorted(),
      ["create", "exit", "exit", "pause", "remove", "restart", "start"].toSorted(),
    );
    assertEquals(events.find(({ kind }) => kind === "exit")?.exitCode, 137);
    assert(events.every(({ late }) => !late));
  });

  Deno.test(`keeps the log of a container that it removes on Docker ${engine.version}`, async () => {
    const config = testConfig([{ kind: "docker", id: "Localhost", endpoint: { url: engine.url } }]);
    await using server = await serve(config);
    await up(server.url);
    await using container = await startContainer(engine, "dockstat-kept", [], ["echo", "last message"]);
    await eventually("its end", async () => counted(await eventsOf(server.url, container.id), "exit") === 1);
    await remove(server.url, container.id);
    const removal = await eventually(
      "its removal",
      async () => (await eventsOf(server.url, container.id)).find(({ kind }) => kind === "remove"),
    );
    assertEquals(removal.hasLog, true);
    const log = await (await ask(server.url, `/events/${removal.id}/log`)).text();
    assert(log.endsWith(" last message\n"), log);
  });
}

Deno.test("kills of DockStat lose no event and double none", async () => {
  const [engine] = await realEngines();
  const data = freshFolder();
  await using container = await startContainer(engine, "dockstat-kills");
  const start = async () => {
    const program = startProgram(["--port", "0", "--data", data, "--token", TOKEN], {
      DOCKER_HOST: engine.url,
    });
    const url = await program.url();
    await up(url);
    // A request stores what the start has found, so that one restart is unknown at most.
    await eventsOf(url, container.id);
    return { program, url };
  };
  const restart = () => docker(engine, "restart", "-t", "0", container.id);
  {
    const { program } = await start();
    await using _program = program;
  }
  for (let round = 0; round < ROUNDS; round++) {
    const { program } = await start();
    await using _program = program;
    if (round % 2 === 0) await restart();
    program.kill("SIGKILL");
    await program.status;
    if (round % 2 === 1) await restart();
  }
  const { program, url } = await start();
  await using _program = program;
  const events = await eventually("all events", async () => {
    const events = await eventsOf(url, container.id);
    return counted(events, "exit") >= ROUNDS && counted(events, "start", "restart") >= ROUNDS
      ? events
      : undefined;
  });
  assertEquals([counted(events, "exit"), counted(events, "start", "restart")], [ROUNDS, ROUNDS]);
});
