/** Counts the failed tasks of a service, which its manager would replace forever. */
import type { SwarmTask } from "../protocol/swarm/swarm.ts";

/** Failures per wanted task after which a service counts as failed; a rejected task has never started. */
const MOST = { rejected: 3, failed: 10 } as const;
type Failure = keyof typeof MOST;

/** The failed tasks since the first reading; the manager lists only the newest ones. */
export class TaskFailures {
  readonly #failed: Readonly<Record<Failure, Set<string>>> = { rejected: new Set(), failed: new Set() };
  #before: ReadonlySet<string> | undefined;

  /** Takes a reading; returns the reason why the service cannot start, `undefined` while it may. */
  take(tasks: readonly SwarmTask[]): string | undefined {
    const failed = tasks.filter((task): task is SwarmTask & { readonly state: Failure } =>
      Object.hasOwn(MOST, task.state)
    );
    this.#before ??= new Set(failed.map(({ id }) => id));
    const wanted = Math.max(1, tasks.filter((task) => task.wanted === "running").length);
    for (const { id, state, error } of failed) {
      if (this.#before.has(id)) continue;
      const ids = this.#failed[state].add(id);
      if (ids.size >= MOST[state] * wanted) {
        return error ?? `${ids.size} tasks ${state === "failed" ? "have failed" : "were rejected"}`;
      }
    }
    return undefined;
  }
}
