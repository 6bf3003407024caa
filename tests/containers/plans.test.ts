import type { ProgressLine } from "../../server/compose/progress.ts";
import { commandPlan, limitPlan, removalPlan } from "../../server/containers/plans.ts";
import { AppError } from "../../server/errors.ts";
import { CONTAINER_COMMAND_NAMES, CONTAINER_COMMANDS } from "../../server/protocol/container_commands.ts";
import { sentence } from "../../server/stacks/progress/sentence.ts";
import type { Plan } from "../../server/stacks/running.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { fakeInspection } from "../fakes/inspection.ts";

const HOST = { cpus: 4, memoryBytes: 8 * 2 ** 30 };
const PATH = `/containers/${idOf("web")}`;

function targetOn(engine: FakeEngine, project: string | null = null) {
  const container = fakeContainer("web", { project });
  return {
    hostId: "nas",
    container,
    engine,
    stackId: project === null ? null : 12,
    hide: (text: string) => text,
  };
}

/** Runs a plan and returns its lines. */
async function linesOf(plan: Plan): Promise<ProgressLine[]> {
  const lines: ProgressLine[] = [];
  const context = { signal: new AbortController().signal, report: (line: ProgressLine) => lines.push(line) };
  assertEquals(await plan.work(context), { code: 0, error: undefined });
  return lines;
}

for (const command of CONTAINER_COMMAND_NAMES) {
  Deno.test(`${command} sends one request without a timeout, and reports start and end`, async () => {
    const engine = new FakeEngine();
    const lines = await linesOf(commandPlan(command, targetOn(engine)));
    assertEquals(engine.sent, [{ method: "POST", path: `${PATH}/${command}` }]);
    const { action, status } = CONTAINER_COMMANDS[command];
    const said = lines.flatMap((line) =>
      line.kind === "resource" ? [`${sentence(line)} (${line.state})`] : []
    );
    assertEquals(said.map((text) => text.toLowerCase()), [
      `${action} container web (working)`,
      `${status} container web (done)`,
    ]);
  });
}

Deno.test("a plan has the lock of its project, or that of the container alone", () => {
  const alone = commandPlan("stop", targetOn(new FakeEngine()));
  assertEquals([alone.project, alone.stackId], [null, null]);
  assertEquals(alone.target, { kind: "container", name: "web", id: idOf("web") });
  const owned = commandPlan("stop", targetOn(new FakeEngine(), "shop"));
  assertEquals([owned.project, owned.stackId, owned.hostId], ["shop", 12, "nas"]);
});

Deno.test("a removal ends with a status, because the stack still exists", async () => {
  const engine = new FakeEngine();
  const plan = removalPlan(targetOn(engine, "shop"), { volumes: true, force: false });
  await linesOf(plan);
  assertEquals(engine.sent, [{ method: "DELETE", path: `${PATH}?v=1&force=0` }]);
  assertEquals([plan.action, plan.success.status], ["removing", "removed"]);
});

Deno.test("a change of limits reads the current ones first, and reports the engine's warnings", async () => {
  const engine = new FakeEngine();
  engine.onCall = ({ method }) => method === "GET" ? fakeInspection("web") : { Warnings: ["no swap", 7] };
  const lines = await linesOf(limitPlan(targetOn(engine), { memoryBytes: 32 << 20 }, HOST));
  assertEquals(engine.sent, [
    { method: "GET", path: `${PATH}/json` },
    { method: "POST", path: `${PATH}/update`, body: { Memory: 32 << 20, MemorySwap: 64 << 20 } },
  ]);
  assertEquals(lines.flatMap((line) => line.kind === "warning" ? [line.message] : []), ["no swap"]);
});

Deno.test("a change that changes nothing sends nothing", async () => {
  const engine = new FakeEngine();
  engine.onCall = () => fakeInspection("web", { NanoCpus: 0 });
  await linesOf(limitPlan(targetOn(engine), { cpus: null }, HOST));
  assertEquals(engine.sent.map(({ method }) => method), ["GET"]);
});

const FAILURES = [
  ["engine-refused", "cannot pause: not running", "cannot pause: not running"],
  ["engine-unreachable", "connect ENOENT /var/run/docker.sock", "Docker daemon not reachable"],
] as const;

for (const [code, message, expected] of FAILURES) {
  Deno.test(`a failure with ${code} has the reason "${expected}"`, async () => {
    const engine = new FakeEngine();
    engine.onCall = () => {
      throw new AppError(code, message);
    };
    await assertRejects(() => linesOf(commandPlan("pause", targetOn(engine))), AppError, expected);
  });
}
