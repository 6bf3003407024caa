/** Follows the tasks of every service of a stack. */
import { Semaphore } from "../../semaphore.ts";
import type { RunContext } from "../../stacks/running.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import type { Manager } from "../manager.ts";
import { isNodeId } from "../node_engine.ts";
import { followTasks } from "../task_progress.ts";

/** Services that are followed at a time, so that a manager is not flooded. */
const AT_ONCE = 8;

/**
 * Reports each task until all services of a stack run their wanted tasks.
 *
 * @throws {AppError} "failed" as soon as one service cannot run its wanted tasks.
 */
export async function followStack(
  { engine, everyMs }: Manager,
  stack: string,
  { signal, report }: RunContext,
): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`com.docker.stack.namespace=${stack}`] }));
  const listed = await engine.call({ method: "GET", path: `/services?filters=${filters}` }, signal);
  const ids = itemsOf(listed).map((one) => textOf(fieldsOf(one)["ID"]) ?? "").filter(isNodeId);
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const slots = new Semaphore(AT_ONCE);
  const followed = await Promise.allSettled(ids.map(async (id) => {
    using _slot = await slots.acquire(either);
    try {
      await followTasks(engine, id, { signal: either, report }, { everyMs });
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  }));
  signal.throwIfAborted();
  if (followed.some(({ status }) => status === "rejected")) throw failed.signal.reason;
}
