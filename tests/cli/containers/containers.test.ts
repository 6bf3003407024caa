/** `dockstat containers` as a program, against a server with a fake engine. */
import { findListed } from "../../../server/cli/containers/containers.ts";
import { AppError } from "../../../server/errors.ts";
import type { Server } from "../../../server/serve.ts";
import { assert, assertEquals, assertStringIncludes, assertThrows, eventually } from "../../assert.ts";
import { TOKEN } from "../../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../../fakes/engine.ts";
import { fakeInspection } from "../../fakes/inspection.ts";
import { type Program, startProgram } from "../../program.ts";
import { serveStacks } from "../../stacks/client.ts";
import { listed } from "./listed.ts";

function engineOfTwo(): FakeEngine {
  const engine = new FakeEngine(
    fakeContainer("web", { project: "shop" }),
    fakeContainer("job", { state: "exited", finishedAt: Date.now() }),
  );
  engine.onCall = ({ path }) => path.endsWith("/json") ? fakeInspection("web") : undefined;
  return engine;
}

/** Runs the program until it exits. */
async function run({ url }: Server, ...args: readonly string[]) {
  const { port } = new URL(url);
  await using program = startProgram(["containers", ...args, "--port", port], { DOCKSTAT_TOKEN: TOKEN });
  return { code: await program.status, out: program.out, err: program.err };
}

Deno.test("lists containers with their ports, and shows one", async () => {
  await using it = await serveStacks({ engine: engineOfTwo() });
  const { code, out } = await run(it.server, "ls");
  assertEquals(code, 0);
  assert(/^web +busybox:1 +Up 2 hours +Localhost +shop +8080->80\/tcp$/m.test(out), out);
  const shown = await run(it.server, "show", "web");
  assertEquals(shown.code, 0);
  assertStringIncludes(shown.out, "DB_PASSWORD (hidden)");
});

Deno.test("follows an operation to its end", async () => {
  const engine = engineOfTwo();
  await using it = await serveStacks({ engine });
  const { code, out } = await run(it.server, "stop", "web");
  assertEquals(code, 0);
  assertStringIncludes(out, "stopping  Stopped container web\n");
  assertStringIncludes(out, 'Container "web" stopped successfully');
  assertEquals(engine.sent.at(-1)?.path, `/containers/${idOf("web")}/stop`);
});

Deno.test("a failure ends with the exit code 1 and the engine's message", async () => {
  const engine = engineOfTwo();
  engine.onCall = () => {
    throw new AppError("engine-refused", "container is paused");
  };
  await using it = await serveStacks({ engine });
  const { code, err } = await run(it.server, "kill", "web");
  assertEquals([code, err], [1, 'dockstat: Killing "web" has failed: container is paused\n']);
});

Deno.test("rm refuses a running container without --force, and starts nothing", async () => {
  const engine = engineOfTwo();
  await using it = await serveStacks({ engine });
  const refused = await run(it.server, "rm", "job", "web");
  assertEquals([refused.code, engine.sent], [1, []]);
  assertStringIncludes(refused.err, 'Cannot remove "web": it is running. Stop it first, or add --force');
  assertEquals((await run(it.server, "rm", "web", "--force", "--volumes")).code, 0);
  assertEquals(engine.sent.at(-1)?.path, `/containers/${idOf("web")}?v=1&force=1`);
});

Deno.test("Ctrl-C cancels the operation, and a second Ctrl-C does not wait for its end", async () => {
  const engine = engineOfTwo();
  const gate = Promise.withResolvers<void>();
  engine.onCall = () => gate.promise;
  await using it = await serveStacks({ engine });
  const { port } = new URL(it.server.url);
  await using program = startProgram(["containers", "stop", "web", "--port", port], {
    DOCKSTAT_TOKEN: TOKEN,
  });
  await eventually("the start of the operation", () => program.out.includes("Stopping container web"));
  program.kill("SIGINT");
  await program.logged("Cancelling, waiting for the end");
  let over = false;
  const exited = program.status.finally(() => over = true);
  // Repeated, since signals in quick succession count as one.
  await eventually("the exit", () => {
    if (!over) interrupt(program);
    return over;
  });
  assertEquals([await exited, program.err.includes("dockstat:")], [1, false]);
  gate.resolve();
});

/** Sends SIGINT to a program that may have exited. */
function interrupt(program: Program): void {
  try {
    program.kill("SIGINT");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

const ALL = [listed("web"), listed("web", { hostId: "nas", id: "c".repeat(64) }), listed("db")];

Deno.test("finds a container by name, by a part of its id, and on a host", () => {
  assertEquals(findListed(ALL, "db", undefined).name, "db");
  assertEquals(findListed(ALL, idOf("db").slice(0, 12), undefined).name, "db");
  assertEquals(findListed(ALL, "web", "nas").hostId, "nas");
  assertEquals(findListed(ALL, "c".repeat(12), undefined).hostId, "nas");
});

const UNFOUND:
  readonly (readonly [text: string, hostId: string | undefined, code: string, message: string])[] = [
    ["web", undefined, "usage", '"web" is ambiguous: "web"'],
    ["wep", undefined, "not-found", 'There is no container "wep": did you mean web?'],
    ["db", "nas", "not-found", 'There is no container "db" on host "nas"'],
    [idOf("db").slice(0, 11), undefined, "not-found", "There is no container"],
  ];

for (const [text, hostId, code, message] of UNFOUND) {
  Deno.test(`"${text}" on ${hostId ?? "any host"} is refused`, () => {
    assertEquals(assertThrows(() => findListed(ALL, text, hostId), AppError, message).code, code);
  });
}
