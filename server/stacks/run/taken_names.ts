/** Names of projects on a host: a Compose project and a swarm stack of one name would share networks. */
import type { Container } from "../../docker/container.ts";
import { AppError } from "../../errors.ts";
import type { StackStore } from "../../store/stack_store.ts";
import type { SwarmTextStore } from "../../store/swarm/swarm_texts.ts";

/** A name on a host. */
export interface NewName {
  readonly hostId: string;
  readonly name: string;
}

type Listed = Pick<Container, "project" | "swarmTask">;

/**
 * Refuses the name of another project, whose containers Compose would take for the stack's and remove, and of a swarm
 * stack.
 *
 * @throws {AppError} "busy".
 */
export function checkProjectUntaken(
  { hostId, name }: NewName,
  swarm: Pick<SwarmTextStore, "isOn">,
  containers: readonly Listed[],
): void {
  const own = containers.filter(({ project }) => project === name);
  if (swarm.isOn(hostId, name) || own.some(({ swarmTask }) => swarmTask)) {
    throw taken(name, `the swarm of host "${hostId}" has a stack of this name. Choose another name`);
  }
  if (own.length === 0) return;
  throw taken(name, `host "${hostId}" has a project of this name: adopt it, or choose another name`);
}

/**
 * Refuses the name of a Compose project for a swarm stack.
 *
 * @throws {AppError} "busy".
 */
export function checkSwarmName(
  { hostId, name }: NewName,
  store: Pick<StackStore, "named">,
  containers: readonly Listed[],
): void {
  const isTaken = store.named(hostId, name) !== undefined ||
    containers.some(({ project, swarmTask }) => project === name && !swarmTask);
  if (!isTaken) return;
  throw taken(name, `host "${hostId}" has a Compose project of this name. Choose another name`);
}

function taken(name: string, why: string): AppError {
  return new AppError("busy", `Cannot create stack "${name}": ${why}`);
}
