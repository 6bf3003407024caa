/** Pure: the place of a container in its project, from the labels of Compose and Swarm. */
import { textOf } from "../../untrusted_json.ts";

type Labels = Readonly<Record<string, unknown>>;

/** The place of a container in its project. */
export interface Membership {
  /** Compose project or Swarm stack. */
  readonly project: string | null;
  readonly service: string | null;
  /** Number within the service; `null` where neither Compose nor Swarm counts. */
  readonly number: number | null;
  /** True for a task of a Swarm service; Compose does not know its stack. */
  readonly swarmTask: boolean;
}

/**
 * Reads the place from labels, which an event has among its attributes. Images that Compose has built carry the labels
 * of their project, so a task keeps its stack unless Compose has numbered the container.
 */
export function membershipOf(labels: Labels): Membership {
  const [project, service] = pair(labels, "com.docker.compose.project", "com.docker.compose.service");
  const number = Number(textOf(labels["com.docker.compose.container-number"])) || null;
  if (project !== null && number !== null || !textOf(labels["com.docker.swarm.task.id"])) {
    return { project, service, number, swarmTask: false };
  }
  const [stack, name] = pair(labels, "com.docker.stack.namespace", "com.docker.swarm.service.name");
  // Names of tasks are SERVICE.SLOT.ID; a global service has the id of the node for the slot.
  const slot = /\.(\d{1,9})\.[a-z0-9]+$/.exec(textOf(labels["com.docker.swarm.task.name"]) ?? "")?.[1];
  return {
    project: stack,
    service: name && withoutStack(name, stack),
    number: Number(slot) || null,
    swarmTask: true,
  };
}

function pair(labels: Labels, first: string, second: string): [string | null, string | null] {
  return [textOf(labels[first]) || null, textOf(labels[second]) || null];
}

/** Returns the name of a Swarm service without the name of its stack, as the stack file has it. */
export function withoutStack(service: string, stack: string | null): string {
  const prefix = `${stack}_`;
  return stack !== null && service.length > prefix.length && service.startsWith(prefix)
    ? service.slice(prefix.length)
    : service;
}

/** Reports whether a container belongs to a Compose project; a Swarm stack may have the same name. */
export function isOfProject(
  { project, swarmTask }: Pick<Membership, "project" | "swarmTask">,
  name: string,
): boolean {
  return project === name && !swarmTask;
}
