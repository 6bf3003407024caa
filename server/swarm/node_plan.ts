/** The operation that changes the availability of a node. */
import type { Engine } from "../docker/engine.ts";
import { pause } from "../duration.ts";
import { AppError } from "../errors.ts";
import type { Availability, SwarmNode, SwarmTask } from "../protocol/swarm/swarm.ts";
import type { Plan, RunContext } from "../stacks/running.ts";
import { countOf, fieldsOf } from "../untrusted_json.ts";
import { toTasks } from "./lists.ts";
import type { Manager } from "./manager.ts";
import { capitalized, stepOf } from "./steps.ts";
import { forgetOthers } from "./task_progress.ts";

/** Longest time without a change of any task, ms. */
const PATIENCE_MS = 300_000;
const COMMANDS: Readonly<Record<Availability, string>> = {
  active: "activate",
  pause: "pause",
  drain: "drain",
};

/** Returns the plan of a change of a node's availability; a drained node has no tasks at the end. */
export function availabilityPlan(
  { engine, hostId, clusterId: swarm, everyMs }: Manager,
  node: SwarmNode,
  availability: Availability,
): Plan {
  const { id, name, state } = node;
  return {
    ...{ stackId: null, hostId, swarm, project: null, hide: (text: string) => text },
    target: { kind: "host", name, id },
    command: COMMANDS[availability],
    action: "updating",
    work: async (context) => {
      await setAvailability(engine, id, availability, context.signal);
      if (availability === "drain") await followDrain(engine, { id, state }, context, everyMs);
      return { code: 0, error: undefined };
    },
    success: { status: "updated", message: `Availability of node "${name}" set to ${availability}` },
  };
}

async function setAvailability(
  engine: Engine,
  id: string,
  availability: Availability,
  signal: AbortSignal,
): Promise<void> {
  const found = fieldsOf(await engine.call({ method: "GET", path: `/nodes/${id}` }, signal));
  const version = countOf(fieldsOf(found["Version"])["Index"]);
  if (version === undefined) throw new AppError("engine-refused", "the node has no version");
  const body = { ...fieldsOf(found["Spec"]), Availability: availability };
  await engine.call({ method: "POST", path: `/nodes/${id}/update?version=${version}`, body }, signal);
}

/** Reports each task of a node until none of them runs; a node that is down never reports their end. */
async function followDrain(
  engine: Engine,
  { id, state: nodeState }: Pick<SwarmNode, "id" | "state">,
  { signal, report }: RunContext,
  everyMs: number,
): Promise<void> {
  const shown = new Map<string, string>();
  for (let changed = performance.now(); performance.now() - changed < PATIENCE_MS;) {
    const tasks = await tasksOf(engine, id, signal);
    forgetOthers(shown, tasks);
    for (const { id, name, state, wanted } of tasks) {
      const isKnown = shown.has(id);
      if (shown.get(id) === state || !isKnown && state !== "running") continue;
      shown.set(id, state);
      changed = performance.now();
      const isDone = state !== "running";
      const verb = isDone ? capitalized(state) : wanted === "running" ? "Running" : "Stopping";
      report(stepOf("container", name, verb, isDone ? "done" : "working"));
    }
    const hasEnded = (state: string) => state !== "running" || nodeState === "down";
    if (tasks.every(({ state, wanted }) => wanted !== "running" && hasEnded(state))) return;
    await pause(everyMs, signal);
    signal.throwIfAborted();
  }
  throw new AppError("failed", "Tasks still run on the node, and none has changed for 5 minutes");
}

async function tasksOf(engine: Engine, id: string, signal: AbortSignal): Promise<SwarmTask[]> {
  const filters = encodeURIComponent(JSON.stringify({ node: { [id]: true } }));
  const [services, listed] = await Promise.all(
    ["/services", `/tasks?filters=${filters}`].map((path) => engine.call({ method: "GET", path }, signal)),
  );
  return toTasks(listed, services).filter(({ nodeId }) => nodeId === id);
}
