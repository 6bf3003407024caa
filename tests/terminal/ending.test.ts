/** Tests of what survives the script in the container. */
import { TERMINAL_BOUNDS } from "../../server/terminal/bounds.ts";
import { endProcesses } from "../../server/terminal/ending.ts";
import { Exec } from "../../server/terminal/exec.ts";
import { assertEquals } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { FakeExecs } from "./fake_execs.ts";

const BOUNDS = { ...TERMINAL_BOUNDS, pollMs: 1, hangUpMs: 20, endMs: 200 };

/** Ends a command that ignores all signals in its container, on a machine that may see its process. */
async function end(isVisible: boolean) {
  const engine = new FakeEngine(fakeContainer("web"));
  const execs = new FakeExecs(engine);
  execs.onKill = () => undefined;
  const { signal } = new AbortController();
  const containerId = "a".repeat(64);
  const command = { cmd: ["app"], user: undefined, tty: true, env: [] };
  const exec = await Exec.create(engine, containerId, command, signal);
  using _stream = await exec.start(signal);
  const asked: unknown[] = [];
  const host = {
    kill(...process: [pid: number, containerId: string]) {
      asked.push(process);
      if (isVisible) execs.processes[0]!.exit(137);
      return isVisible;
    },
  };
  const terminal = { engine, containerId, exec, mark: "mark", host, write: () => Promise.resolve() };
  return { problem: await endProcesses(terminal, BOUNDS), asked: asked[0], containerId };
}

Deno.test("a process that survives in an image without a shell is killed by its id on this machine", async () => {
  const { problem, asked, containerId } = await end(true);
  assertEquals([problem, asked], [undefined, [7, containerId]]);
});

Deno.test("a process that this machine does not have is reported as running", async () => {
  const { problem } = await end(false);
  assertEquals(problem, "the container has no shell to end it with");
});
