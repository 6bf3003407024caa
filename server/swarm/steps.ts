/** Steps of operations on a swarm. */
import type { ResourceState } from "../protocol/stack_events.ts";
import type { RunContext } from "../stacks/running.ts";

/** Objects of a swarm that an operation changes or removes; a task is shown as its container. */
export type StepKind = "service" | "secret" | "config" | "network" | "container";

/**
 * Returns the progress of one object.
 *
 * @param reason Reason for a failure.
 */
export function stepOf(
  kind: StepKind,
  name: string,
  verb: string,
  state: ResourceState,
  reason?: string,
): Parameters<RunContext["report"]>[0] {
  const unknown = { current: undefined, total: undefined };
  const id = `${capitalized(kind)} ${name}`;
  return { kind: "resource", id, resource: { kind, name, parent: null }, state, verb, reason, ...unknown };
}

/** Returns a text that starts with a capital letter. */
export function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
