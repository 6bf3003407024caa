/** DockStat is killed in the middle of what it does to stacks, and nothing that was said or done is lost. */
import { assert, assertEquals, assertLess, assertStringIncludes, eventually } from "../assert.ts";
import { freshFolder, TestClient, TOKEN } from "../client.ts";
import { tryRun } from "../../tools/engine/run.ts";
import { startProgram } from "../program.ts";
import { realEngines } from "./engines.ts";
import { call, create, projectName, service, services, statesOf, up, WEB } from "./stacks.ts";

const [engine] = await realEngines();

/** The longest that a kill waits after an operation was begun, ms; most are over by then. */
const LONGEST_MS = 700;
/** How soon after a start every status is the engine's truth, ms. */
const TRUTH_MS = 3000;

const COMPOSE = services(WEB, service("other", "exec sleep 1000"));

/** What is done, one a round; each round ends with a kill. `DOCKSTAT_KILLS=100` does it that often. */
const TEN = [
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
const ROUNDS = Array.from({ length: Number(Deno.env.get("DOCKSTAT_KILLS") ?? 10) }, (_, n) => TEN[n % 10]!);

// deno-lint-ignore no-explicit-any -- events of every shape
type Event = any;

/** What is known of the server over all its lives. */
interface Memory {
  /** Every event that was seen, by its number. */
  readonly seen: Map<number, Event>;
  /** The stack, as far as an answer has told of it. */
  stackId: number | undefined;
  /** A creation or a removal that nobody knows the end of. */
  unsure: boolean;
}

interface Served {
  readonly url: string;
}

Deno.test("kills in the middle lose no stack, no event, and leave no operation or status that is not true", async (t) => {
  const data = freshFolder();
  const memory: Memory = { seen: new Map(), stackId: undefined, unsure: false };
  await using project = projectName(engine);
  const args = ["serve", "--port", "0", "--data", data, "--token", TOKEN];
  const env = { DOCKER_HOST: engine.url };
  for (const [round, action] of [...ROUNDS, undefined].entries()) {
    const wait = Math.floor(Math.random() * LONGEST_MS);
    const name = action === undefined ? "the last start" : `kill ${round + 1}, ${wait} ms after: ${action}`;
    const passed = await t.step(name, async () => {
      await using program = startProgram(args, env);
      const server = { url: await program.url() };
      const began = performance.now();
      await up(server);
      await checkOperations(server, memory);
      await checkStacks(server, memory, project.name);
      await checkTruth(server, project.name, began);
      if (action === undefined) return;
      const client = new TestClient(server.url, `/stacks?since=${newest(memory)}`, TOKEN);
      const asked = ask(server, action, memory, project.name);
      await new Promise((resolve) => setTimeout(resolve, wait));
      program.kill("SIGKILL");
      await Promise.all([program.status, client.end()]);
      await asked;
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

/** Begins something; the kill may come before the answer. */
async function ask(server: Served, action: string, memory: Memory, name: string): Promise<void> {
  const { stackId } = memory;
  const answer = async () => {
    if (action === "create" || stackId === undefined) {
      memory.unsure = true;
      return await call(server, "POST", "/stacks", { name, compose: COMPOSE });
    }
    if (action !== "remove") return await call(server, "POST", `/stacks/${stackId}/${action}`);
    memory.unsure = true;
    return await call(server, "DELETE", `/stacks/${stackId}`);
  };
  try {
    const { status, body } = await answer();
    assert([201, 202, 409].includes(status), `${action}: ${JSON.stringify(body)}`);
    if (status === 201) [memory.stackId, memory.unsure] = [body.stack_id, false];
  } catch (error) {
    // The kill came first.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Everything that was seen is there again, as it was; what ran is over, and told as interrupted. */
async function checkOperations(server: Served, memory: Memory): Promise<void> {
  const before = newest(memory);
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  const { body: operations } = await call(server, "GET", "/operations");
  for (const { operation_id: id, state, stack_id, action } of operations) {
    assert(!["queued", "running"].includes(state), `operation ${id} (${action}) is ${state}`);
    if (state !== "interrupted") continue;
    const { body } = await call(server, "GET", `/operations/${id}`);
    const words = `Error while ${action} stack "${stack_id}": interrupted`;
    assertStringIncludes(body.messages.at(-1), words);
    await client.frame(words, ({ type, data }) => type === "stack-error" && data.message.startsWith(words));
  }
  if (before > 0) await client.frame(`event ${before}`, ({ seq }) => seq >= before);
  const replayed = new Map(client.frames.map((frame) => [frame.seq, frame]));
  for (const [seq, event] of memory.seen) assertEquals(replayed.get(seq), event, `event ${seq}`);
  const numbers = client.frames.map(({ seq }) => seq).filter((seq) => seq !== undefined);
  assertEquals(numbers, numbers.map((_, index) => index + 1));
  remember(client, memory);
}

/** The stack that was told of is there with its texts; one whose making or removal was cut short is or is not. */
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

const TRUE_OF = {
  running: ["running", "deployed", "started", "restarted"],
  degraded: ["degraded"],
  none: ["exited", "stopped", "pending"],
};

/** The status of the stack is what its containers are. */
async function checkTruth(server: Served, name: string, began: number): Promise<void> {
  let last = "";
  const same = async () => {
    const states = await statesOf(engine, name);
    const running = states.filter((state) => state === "running").length;
    const truth = running === 0 ? "none" : running === states.length ? "running" : "degraded";
    const { body } = await call(server, "GET", "/stacks");
    const [stack] = body.filter((stack: Event) => stack.name === name);
    last = `${states.join() || "no containers"}, told as ${stack?.status}`;
    return stack === undefined || TRUE_OF[truth].includes(stack.status);
  };
  await eventually("the truth", same).catch((error) => {
    throw new Error(`${error.message}: ${last}`);
  });
  assertLess(performance.now() - began, TRUTH_MS, last);
}

Deno.test("a DockStat that is killed leaves no Compose behind", async () => {
  const args = ["serve", "--port", "0", "--data", freshFolder(), "--token", TOKEN];
  const env = { DOCKER_HOST: engine.url };
  await using project = projectName(engine);
  await using program = startProgram(args, env);
  const server = { url: await program.url() };
  await up(server);
  // Without being told it would wait for longer than this test does.
  const slow = WEB.replace("stop_grace_period: 0s", "stop_grace_period: 60s");
  const stackId = await create(server, { name: project.name, compose: services(slow) });
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  await client.frame("the end", ({ data }) => data?.status === "deployed");
  await call(server, "POST", `/stacks/${stackId}/stop`);
  await client.frame("the middle", ({ data }) => /^Stopping container/.test(data?.message));
  const left = () => tryRun("pgrep", ["-f", `docker-compose .*-p ${project.name} `]);
  assert(await left() !== undefined);
  program.kill("SIGKILL");
  await program.status;
  await eventually("the end of every Compose", async () => await left() === undefined);
});
