/** Follows the tasks of a service until they are as wanted. */
import type { Engine } from "../docker/engine.ts";
import { pause } from "../duration.ts";
import { AppError } from "../errors.ts";
import type { SwarmTask } from "../protocol/swarm/swarm.ts";
import type { RunContext } from "../stacks/running.ts";
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import { toNodes, toServices, toTasks } from "./lists.ts";
import { capitalized, stepOf } from "./steps.ts";
import { TaskFailures } from "./task_failures.ts";

/** Readings in which the tasks must be as wanted. */
const STEADY_READINGS = 3;
/** Longest time without a change of any task, ms. */
const PATIENCE_MS = 300_000;

/** States of a task that will not run. */
const FAILED: ReadonlySet<string> = new Set(["failed", "rejected", "orphaned"]);

/** Options for {@linkcode followTasks}. */
export interface FollowOptions {
  /** Interval of the readings, ms. */
  readonly everyMs: number;
  /** True for a command that rolls back; after any other command a rollback is a failure. */
  readonly isRollback?: boolean;
}

/**
 * Reports each task until the update is completed or rolled back, all wanted tasks run, and the others have ended.
 *
 * @throws {AppError} "failed" when the manager has paused the update or rolled it back, too many tasks fail, or nothing
 *   changes for 5 minutes.
 */
export async function followTasks(
  engine: Engine,
  serviceId: string,
  context: RunContext,
  { everyMs, isRollback = false }: FollowOptions,
): Promise<void> {
  const { signal } = context;
  let rolledBack: string | undefined;
  const shown = new Map<string, string>();
  const failures = new TaskFailures();
  let [steady, changed] = [0, performance.now()];
  while (steady < STEADY_READINGS) {
    const { done, tasks, failure, rollback } = await read(engine, serviceId, signal);
    // The manager gives its reason only while it rolls back.
    if (!isRollback) rolledBack ??= rollback;
    if (reportTasks(tasks, shown, context)) changed = performance.now();
    const why = failure ?? failures.take(tasks);
    if (why !== undefined) throw new AppError("failed", why);
    steady = done ? steady + 1 : 0;
    if (performance.now() - changed > PATIENCE_MS) {
      throw new AppError("failed", lastError(tasks) ?? "No task has changed for 5 minutes");
    }
    if (steady < STEADY_READINGS) await pause(everyMs, signal);
    signal.throwIfAborted();
  }
  if (rolledBack !== undefined) throw new AppError("failed", rolledBack);
}

async function read(engine: Engine, id: string, signal: AbortSignal) {
  const filters = encodeURIComponent(JSON.stringify({ service: { [id]: true } }));
  const service = await engine.call({ method: "GET", path: `/services/${id}` }, signal);
  const listed = itemsOf(await engine.call({ method: "GET", path: `/tasks?filters=${filters}` }, signal));
  const tasks = toTasks(listed, [service]).filter(({ serviceId }) => serviceId === id);
  const [converted] = toServices([service], tasks);
  const update = fieldsOf(fieldsOf(service)["UpdateStatus"]);
  const state = textOf(update["State"]) ?? "completed";
  const isReached = converted !== undefined && converted.running === converted.wanted &&
    /^(rollback_)?completed$/.test(state);
  return {
    tasks,
    done: isReached && await haveEnded(engine, tasks, signal),
    rollback: state.startsWith("rollback_")
      ? pausedText(textOf(update["Message"]) ?? "The manager has rolled the update back", lastError(tasks))
      : undefined,
    failure: /^(rollback_)?paused$/.test(state)
      ? pausedText(textOf(update["Message"]), lastError(tasks))
      : undefined,
  };
}

/** Reports whether the tasks that are not wanted have ended; a node that is down never reports their end. */
async function haveEnded(engine: Engine, tasks: readonly SwarmTask[], signal: AbortSignal): Promise<boolean> {
  const open = tasks.filter(({ wanted, state }) => wanted !== "running" && state === "running");
  if (open.length === 0) return true;
  const nodes = toNodes(await engine.call({ method: "GET", path: "/nodes" }, signal));
  const down = new Set(nodes.filter(({ state }) => state === "down").map(({ id }) => id));
  return open.every(({ nodeId }) => nodeId !== null && down.has(nodeId));
}

/** Reports the tasks that have changed; returns whether any has. */
function reportTasks(
  tasks: readonly SwarmTask[],
  shown: Map<string, string>,
  { report }: RunContext,
): boolean {
  const isFirst = shown.size === 0;
  let changed = false;
  forgetOthers(shown, tasks);
  for (const { id, name, state, wanted, error } of tasks) {
    const text = `${state} ${wanted} ${error}`;
    if (shown.get(id) === text) continue;
    shown.set(id, text);
    // Tasks that ended before this operation are not a part of it.
    if (isFirst && wanted !== "running") continue;
    changed = true;
    const failed = FAILED.has(state);
    const done = wanted === "running" ? state === "running" : state !== "running";
    report(
      stepOf(
        ...["container", name, capitalized(state)] as const,
        failed ? "warning" : done ? "done" : "working",
        error ?? undefined,
      ),
    );
  }
  return changed;
}

/** Forgets tasks that the manager no longer lists, so that one that invents tasks takes no more and more memory. */
export function forgetOthers(shown: Map<string, unknown>, tasks: readonly Pick<SwarmTask, "id">[]): void {
  const listed = new Set(tasks.map(({ id }) => id));
  for (const id of shown.keys()) if (!listed.has(id)) shown.delete(id);
}

function pausedText(message = "The manager has paused the update", error?: string): string {
  return error === undefined ? message : `${error} (${message})`;
}

function lastError(tasks: readonly SwarmTask[]): string | undefined {
  return tasks.find(({ error }) => error !== null)?.error ?? undefined;
}
