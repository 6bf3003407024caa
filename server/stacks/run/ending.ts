/** Ends containers by the engine: Compose does not see those that lack one of its labels. */
import type { ProgressLine } from "../../compose/progress.ts";
import { resourceStep } from "./engine_work.ts";
import type { Container } from "../../docker/container.ts";
import type { Engine } from "../../docker/engine.ts";

/** Conditions of the operation. */
export interface EndingContext {
  readonly signal: AbortSignal;
  /** Reports progress. */
  readonly report: (line: ProgressLine) => void;
}

/** Steps that end a container. */
export interface EndingOptions {
  /** Removes containers after they have stopped. */
  readonly removes: boolean;
  /** Removes their volumes without a name too. */
  readonly volumes: boolean;
}

/**
 * Stops containers with their own timeouts, and removes them if requested.
 *
 * @throws {AppError} "engine-refused", "engine-unreachable".
 */
export async function endContainers(
  engine: Engine,
  containers: readonly Container[],
  { removes, volumes }: EndingOptions,
  { signal, report }: EndingContext,
): Promise<void> {
  for (const { id, name, state } of containers) {
    if (state === "running" || state === "restarting" || state === "paused") {
      report(resourceStep("container", name, "Stopping", "working"));
      await engine.call({ method: "POST", path: `/containers/${id}/stop` }, signal);
      report(resourceStep("container", name, "Stopped", "done"));
    }
    if (!removes) continue;
    report(resourceStep("container", name, "Removing", "working"));
    await engine.call({ method: "DELETE", path: `/containers/${id}?v=${Number(volumes)}` }, signal);
    report(resourceStep("container", name, "Removed", "done"));
  }
}
