import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack, StackService } from "../../../../../../server/protocol/stacks.ts";
import { runKey } from "./runs.ts";

/** What is known of all stacks. */
export interface StackList {
  /** `false` until the server has answered once. */
  readonly known: boolean;
  readonly stacks: readonly Stack[];
  readonly hosts: readonly HostReport[];
  /** The newest operation of each, by {@linkcode keyOf}. */
  readonly newest: ReadonlyMap<string, Operation>;
  /** Why the newest question was not answered; then the rest is of before. */
  readonly error: string | undefined;
}

/** What is known before the server has answered. */
export const NOTHING_KNOWN: StackList = {
  known: false,
  stacks: [],
  hosts: [],
  newest: new Map(),
  error: undefined,
};

/** What tells stacks and projects apart: a project's name is its own on its host only. */
export function keyOf({ stack_id, hostId, ...names }: {
  readonly stack_id: number | null;
  readonly hostId: string;
  readonly name?: string;
  readonly project?: string;
}): string {
  return stack_id === null ? `${hostId}/${names.name ?? names.project}` : runKey({ stack_id });
}

/** Under which key the events of a stack are. */
export function runKeyOf({ stack_id, name }: Stack): string {
  return runKey({ stack_id, project: name });
}

/** Whether it is known what the containers of a host do. */
export function isHostKnown({ hosts }: Pick<StackList, "hosts">, hostId: string): boolean {
  return hosts.find((host) => host.hostId === hostId)?.state === "up";
}

/** Why a stack cannot be started, stopped or restarted: it was never deployed; `undefined` when it can, or nobody knows. */
export function withoutContainers(
  { managed, services }: Pick<Stack, "managed" | "services">,
  isKnown: boolean,
): string | undefined {
  return isKnown && managed && services.every(({ containerId }) => containerId === null)
    ? "It has no containers yet: deploy it first."
    : undefined;
}

/** By name, and with the same name by host. */
export function sorted(stacks: readonly Stack[]): readonly Stack[] {
  return stacks.toSorted((one, other) =>
    one.name.localeCompare(other.name) || one.hostId.localeCompare(other.hostId)
  );
}

/** The stacks whose name, host or services contain the words. */
export function filtered(stacks: readonly Stack[], words: string): readonly Stack[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === "") return stacks;
  return stacks.filter(({ name, hostId, services }) =>
    [name, hostId, ...services.map((service) => service.name)].some((text) =>
      text.toLowerCase().includes(wanted)
    )
  );
}

/** The newer list, with the objects of the older one wherever they say the same: what has not changed is not drawn anew. */
export function reused(older: StackList, newer: StackList): StackList {
  const known = new Map(older.stacks.map((stack) => [JSON.stringify(stack), stack]));
  const stacks = newer.stacks.map((stack) => known.get(JSON.stringify(stack)) ?? stack);
  const operations = new Map(
    [...older.newest.values()].map((operation) => [JSON.stringify(operation), operation]),
  );
  const newest = new Map(
    [...newer.newest].map(([key, one]) => [key, operations.get(JSON.stringify(one)) ?? one]),
  );
  const text = (list: StackList) =>
    JSON.stringify([list.known, list.error, list.hosts, list.stacks, [...list.newest]]);
  return text(older) === text(newer) ? older : { ...newer, stacks, newest };
}

/** The newest operation of each stack and project. */
export function newestOf(operations: readonly Operation[]): ReadonlyMap<string, Operation> {
  return new Map(operations.toReversed().map((operation) => [keyOf(operation), operation]));
}

/** How one container of a service is doing. */
export type ServiceState =
  | "running"
  | "starting"
  | "done"
  | "failed"
  | "paused"
  | "stopped"
  | "created"
  | "missing";

/**
 * Judges a service.
 *
 * @param wasStopped Whether its stack was stopped: then it is no failure that a container was ended by a signal.
 */
export function serviceState({ state, health, exitCode }: StackService, wasStopped: boolean): ServiceState {
  if (state === null) return "missing";
  if (state === "running") {
    return health === "unhealthy" ? "failed" : health === "starting" ? "starting" : "running";
  }
  if (state === "paused") return "paused";
  if (state === "created") return "created";
  if (state !== "exited") return "failed";
  return exitCode === 0 ? "done" : wasStopped ? "stopped" : "failed";
}

/** Such as "Running, healthy", "Exited with 3", "No container". */
export function serviceWords({ state, health, exitCode }: StackService): string {
  if (state === null) return "No container";
  const word = state.charAt(0).toUpperCase() + state.slice(1);
  if (state === "exited" && exitCode !== null) return `${word} with ${exitCode}`;
  return state === "running" && health !== null
    ? `${word}, ${health === "starting" ? "health is checked" : health}`
    : word;
}

const COUNTED = ["running", "starting", "done", "failed", "paused", "stopped", "created", "missing"] as const;
const WORDS = { missing: "without container" } as const;

/** Such as "2 running, 1 failed". */
export function countServices({ services, status }: Pick<Stack, "services" | "status">): string {
  const states = services.map((service) => serviceState(service, status === "stopped"));
  const counts = COUNTED.flatMap((state) => {
    const count = states.filter((one) => one === state).length;
    return count === 0 ? [] : [`${count} ${state === "missing" ? WORDS.missing : state}`];
  });
  return counts.join(", ") || "None";
}
