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
    throw swarmNameTaken(hostId, name);
  }
  if (own.length === 0) return;
  throw taken(name, `host "${hostId}" has a project of this name: adopt it, or choose another name`);
}

/** Reports whether a host has a Compose stack or project of a name. */
export function hasProject(
  { hostId, name }: NewName,
  store: Pick<StackStore, "named">,
  containers: readonly Listed[],
): boolean {
  return store.named(hostId, name) !== undefined ||
    containers.some(({ project, swarmTask }) => project === name && !swarmTask);
}

/** Returns the refusal of a Compose stack with the name of a swarm stack. */
export function swarmNameTaken(hostId: string, name: string): AppError {
  return taken(name, `the swarm of host "${hostId}" has a stack of this name. Choose another name`);
}

/** Returns the refusal of a swarm stack with the name of a Compose project of a node. */
export function projectNameTaken(hostId: string, name: string): AppError {
  return taken(name, `host "${hostId}" has a Compose project of this name. Choose another name`);
}

function taken(name: string, why: string): AppError {
  return new AppError("busy", `Cannot create stack "${name}": ${why}`);
}
