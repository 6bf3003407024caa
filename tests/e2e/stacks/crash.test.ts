/** Tests that kill DockStat during operations on stacks. */
import { assert, assertEquals, assertLess, assertStringIncludes, eventually } from "../../assert.ts";
import { freshFolder, TestClient, TOKEN } from "../../client.ts";
import { tryRun } from "../../../tools/engine/run.ts";
import { startProgram } from "../../program.ts";
import { realEngines } from "../engines.ts";
import { call, create, projectName, service, services, statesOf, up, WEB } from "../stacks.ts";

const [engine] = await realEngines();

/** Longest delay of a kill after the start of an operation, ms; most operations have ended by then. */
const MAX_WAIT_MS = 700;

const COMPOSE = services(WEB, service("other", "exec sleep 1000"));

/** Actions, one per round; each round ends with a kill. `DOCKSTAT_KILLS=100` runs 100 rounds. */
const ACTIONS = [
  "create",
  "stop",
  "deploy",
  "stop",
  "remove",
  "create",
  "deploy",
  "stop",
  "deploy",
  "remove",
] as const;
const ROUNDS = Array.from(
  { length: Number(Deno.env.get("DOCKSTAT_KILLS") ?? 10) },
  (_, n) => ACTIONS[n % 10]!,
);

// deno-lint-ignore no-explicit-any -- events of any shape
type Event = any;

/** Facts that must survive every kill. */
interface Memory {
  /** Every event that was received, by its number. */
  readonly seen: Map<number, Event>;
  /** Id of the stack, as far as a response has reported it. */
  stackId: number | undefined;
  /** True after a creation or a removal whose result is unknown. */
  unsure: boolean;
}

interface Served {
  readonly url: string;
}

Deno.test("kills during operations lose no stack and no event, and leave no false status", async (t) => {
  const data = freshFolder();
  const memory: Memory = { seen: new Map(), stackId: undefined, unsure: false };
  await using project = projectName(engine);
  const args = ["serve", "--port", "0", "--data", data, "--token", TOKEN];
  const env = { DOCKER_HOST: engine.url };
  for (const [round, action] of [...ROUNDS, undefined].entries()) {
    const wait = Math.floor(Math.random() * MAX_WAIT_MS);
    const name = action === undefined ? "the last start" : `kill ${round + 1}, ${wait} ms after: ${action}`;
    const passed = await t.step(name, async () => {
      await using program = startProgram(args, env);
      const server = { url: await program.url() };
      await up(server);
      await checkOperations(server, memory);
      await checkStacks(server, memory, project.name);
      await checkStatus(server, project.name);
      if (action === undefined) return;
      const client = new TestClient(server.url, `/stacks?since=${newest(memory)}`, TOKEN);
      const started = start(server, action, memory, project.name);
      await new Promise((resolve) => setTimeout(resolve, wait));
      program.kill("SIGKILL");
      await Promise.all([program.status, client.end()]);
      await started;
      remember(client, memory);
    });
    if (!passed) return;
  }
});

function newest({ seen }: Memory): number {
  return Math.max(0, ...seen.keys());
}

function remember({ frames }: TestClient, memory: Memory): void {
  for (const frame of frames.filter(({ seq }) => seq !== undefined)) {
    memory.seen.set(frame.seq, frame);
    if (frame.data.message === "Creating stack configuration") memory.stackId = frame.data.stack_id;
    if (frame.type === "stack-removed") memory.stackId = undefined;
  }
}

/** Starts an action; the kill may come before the response. */
async function start(server: Served, action: string, memory: Memory, name: string): Promise<void> {
  const { stackId } = memory;
  const request = async () => {
    if (action === "create" || stackId === undefined) {
      memory.unsure = true;
      return await call(server, "POST", "/stacks", { name, compose: COMPOSE });
    }
    if (action !== "remove") return await call(server, "POST", `/stacks/${stackId}/${action}`);
    memory.unsure = true;
    return await call(server, "DELETE", `/stacks/${stackId}`);
  };
  try {
    const { status, body } = await request();
    assert([201, 202, 409].includes(status), `${action}: ${JSON.stringify(body)}`);
    if (status === 201) [memory.stackId, memory.unsure] = [body.stack_id, false];
  } catch (error) {
    // The kill came first.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Checks that every received event is replayed unchanged, and that running operations are interrupted. */
async function checkOperations(server: Served, memory: Memory): Promise<void> {
  const before = newest(memory);
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  const { body: operations } = await call(server, "GET", "/operations");
  for (const { operation_id: id, state, stack_id, action } of operations) {
    assert(!["queued", "running"].includes(state), `operation ${id} (${action}) is ${state}`);
    if (state !== "interrupted") continue;
    const { body } = await call(server, "GET", `/operations/${id}`);
    const message = `Error while ${action} stack "${stack_id}": interrupted`;
    assertStringIncludes(body.messages.at(-1), message);
    await client.frame(
      message,
      ({ type, data }) => type === "stack-error" && data.message.startsWith(message),
    );
  }
  if (before > 0) await client.frame(`event ${before}`, ({ seq }) => seq >= before);
  const replayed = new Map(client.frames.map((frame) => [frame.seq, frame]));
  for (const [seq, event] of memory.seen) assertEquals(replayed.get(seq), event, `event ${seq}`);
  const numbers = client.frames.map(({ seq }) => seq).filter((seq) => seq !== undefined);
  assertEquals(numbers, numbers.map((_, index) => index + 1));
  remember(client, memory);
}

/** Checks that the reported stack exists with its texts, unless its creation or removal was interrupted. */
async function checkStacks(server: Served, memory: Memory, name: string): Promise<void> {
  const { body } = await call(server, "GET", "/stacks");
  const found = body.filter((stack: Event) => stack.managed);
  assertLess(found.length, 2);
  if (!memory.unsure) assertEquals(found[0]?.stack_id, memory.stackId);
  memory.stackId = found[0]?.stack_id;
  memory.unsure = false;
  if (found.length === 0) return;
  assertEquals(found[0].name, name);
  const texts = await call(server, "GET", `/stacks/${memory.stackId}/compose`);
  assertEquals(texts.body.compose, COMPOSE);
}

/** Statuses by the number of running containers, of two. */
const STATUSES = [
  // A kill may leave one container created and the other stopped.
  ["never_deployed", "created", "stopped", "exited", "degraded"],
  ["degraded"],
  ["running"],
];

/** Checks that the status of the stack soon matches its containers. */
async function checkStatus(server: Served, name: string): Promise<void> {
  let last = "";
  const matches = async () => {
    const states = await statesOf(engine, name);
    const running = states.filter((state) => state === "running").length;
    const { body } = await call(server, "GET", "/stacks");
    const [stack] = body.filter((stack: Event) => stack.name === name);
    last = `${states.join() || "no containers"}, reported as ${stack?.status}`;
    return stack === undefined || STATUSES[running]?.includes(stack.status);
  };
  await eventually("the status", matches).catch((error) => {
    throw new Error(`${error.message}: ${last}`);
  });
}

Deno.test("a killed DockStat leaves no Compose process behind", async () => {
  const args = ["serve", "--port", "0", "--data", freshFolder(), "--token", TOKEN];
  const env = { DOCKER_HOST: engine.url };
  await using project = projectName(engine);
  await using program = startProgram(args, env);
  const server = { url: await program.url() };
  await up(server);
  // Without a signal Compose would wait longer than this test.
  const slow = WEB.replace("stop_grace_period: 0s", "stop_grace_period: 60s");
  const stackId = await create(server, { name: project.name, compose: services(slow) });
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  await client.frame("the end", ({ data }) => data?.status === "deployed");
  await call(server, "POST", `/stacks/${stackId}/stop`);
  await client.frame("the stopping container", ({ data }) => /^Stopping container/.test(data?.message));
  const findProcesses = () => tryRun("pgrep", ["-f", `docker-compose .*-p ${project.name} `]);
  assert(await findProcesses() !== undefined);
  program.kill("SIGKILL");
  await program.status;
  await eventually("the end of every Compose", async () => await findProcesses() === undefined);
});
