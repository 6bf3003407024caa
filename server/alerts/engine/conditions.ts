/** Pure: conditions of containers that their states show. */
import type { Container } from "../../docker/container.ts";
import type { WatchedState } from "../../protocol/alerts/rule.ts";
import type { Facts } from "./tracked.ts";

/** States that last, and that a container alone shows. */
export type LastingState = Extract<WatchedState, "unhealthy" | "failed">;

/** Facts about the past of a container. */
export interface ContainerPast {
  /** Its end was requested, by a stop or a kill. */
  readonly requested: boolean;
  /** Begin of the time that alerts are about, epoch ms by the engine's clock. */
  readonly watchedSince: number;
}

/** Returns the facts of a condition that holds; `undefined` if it does not. */
export function lastingCondition(
  state: LastingState,
  container: Container,
  past: ContainerPast,
): Facts | undefined {
  return state === "unhealthy" ? unhealthy(container) : failed(container, past);
}

function unhealthy({ state, health }: Container): Facts | undefined {
  return state === "running" && health === "unhealthy" ? { reason: "The health check fails" } : undefined;
}

/** A container that its policy starts again counts as a restart, and one without memory as that. */
function failed(container: Container, { requested, watchedSince }: ContainerPast): Facts | undefined {
  const { state, exitCode, finishedAt, inspected, outOfMemory } = container;
  const ended = (state === "exited" || state === "dead") && inspected && finishedAt !== null;
  if (!ended || exitCode === 0 || requested || outOfMemory || finishedAt < watchedSince) return undefined;
  return { reason: `The container exited with code ${exitCode}` };
}

/** Reports whether a container has ended for lack of memory, after alerts began. */
export function ranOutOfMemory(container: Container, { watchedSince }: ContainerPast): boolean {
  const { outOfMemory, inspected, finishedAt, state } = container;
  return outOfMemory && inspected && state !== "running" && finishedAt !== null && finishedAt >= watchedSince;
}

/** Returns the number of restarts between two reports of a container; those by a user do not count. */
export function restartsBetween(before: Container | undefined, now: Container): number {
  if (before === undefined || !before.inspected || !now.inspected) return 0;
  if (before.restartCount !== null && now.restartCount !== null) {
    return Math.max(0, now.restartCount - before.restartCount);
  }
  const began = now.startedAt !== null && now.startedAt !== before.startedAt;
  return began && now.restarts && before.endedBy !== "stop" && before.state !== "created" ? 1 : 0;
}
