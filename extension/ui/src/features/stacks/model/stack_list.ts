import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack, StackService } from "../../../../../../server/protocol/stacks.ts";
import { runKey } from "./runs.ts";

/** The stacks of all hosts, as far as they are known. */
export interface StackList {
  /** False until the server has answered once. */
  readonly known: boolean;
  readonly stacks: readonly Stack[];
  readonly hosts: readonly HostReport[];
  /** The newest operation of each, by {@linkcode keyOf}. */
  readonly newest: ReadonlyMap<string, Operation>;
  /** Known operations, newest first. */
  readonly operations: readonly Operation[];
  /** Failure of the newest request; the other values are then those of the previous answer. */
  readonly error: string | undefined;
}

/** The list before the server has answered. */
export const NOTHING_KNOWN: StackList = {
  known: false,
  stacks: [],
  hosts: [],
  newest: new Map(),
  operations: [],
  error: undefined,
};

/** Returns the key of a stack or a project. Projects of different hosts may have the same name. */
export function keyOf({ stack_id, hostId, ...names }: {
  readonly stack_id: number | null;
  readonly hostId: string;
  readonly name?: string;
  readonly project?: string | null;
}): string {
  return stack_id === null ? `${hostId}/${names.name ?? names.project ?? ""}` : runKey({ stack_id });
}

/** Returns the key of a stack's runs. */
export function runKeyOf({ stack_id, name }: Stack): string {
  return runKey({ stack_id, project: name });
}

/** Reports if the containers of a stack do not run its stored text; a stack without containers has nothing to compare. */
export function hasPendingChanges(
  { pending_changes, status }: Pick<Stack, "pending_changes" | "status">,
): boolean {
  return pending_changes && status !== "never_deployed";
}

/** Statuses that need attention, worst first; the others follow by name. */
const TROUBLE: readonly Stack["status"][] = ["degraded", "unknown", "starting"];

/** Rank of a stack in the list: attention first, then a failed operation, then everything else. */
function rankOf({ status, last_operation: last }: Stack): number {
  const trouble = TROUBLE.indexOf(status);
  const hasFailed = last?.state === "failed" || last?.state === "interrupted";
  return trouble === 0 ? 0 : hasFailed ? 1 : trouble > 0 ? 1 + trouble : TROUBLE.length + 1;
}

/** Sorts stacks: those that need attention first, then by name, then by host. */
export function sorted(stacks: readonly Stack[]): readonly Stack[] {
  return stacks.toSorted((one, other) =>
    rankOf(one) - rankOf(other) || one.name.localeCompare(other.name) ||
    one.hostId.localeCompare(other.hostId)
  );
}

/** Returns the stacks whose name, host or services contain the query. Case is ignored. */
export function filtered(stacks: readonly Stack[], query: string): readonly Stack[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return stacks;
  return stacks.filter(({ name, hostId, services }) =>
    [name, hostId, ...services.map((service) => service.name)].some((text) =>
      text.toLowerCase().includes(wanted)
    )
  );
}

/**
 * Returns the stacks without those that the label `dockstat.hide=true` hides.
 *
 * @param projects Projects all of whose containers have the label, as `HOST/NAME`.
 */
export function withoutHiddenStacks(
  stacks: readonly Stack[],
  projects: ReadonlySet<string>,
): readonly Stack[] {
  return stacks.filter(({ hostId, name, hidden }) => hidden !== true && !projects.has(`${hostId}/${name}`));
}

/** Returns the newer list with the equal objects of the older one, so that unchanged rows are not rendered again. */
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
    JSON.stringify([list.known, list.error, list.hosts, list.stacks, list.operations, [...list.newest]]);
  return text(older) === text(newer) ? older : { ...newer, stacks, newest };
}

/** Returns the newest operation of each stack and project. */
export function newestOf(operations: readonly Operation[]): ReadonlyMap<string, Operation> {
  return new Map(operations.toReversed().map((operation) => [keyOf(operation), operation]));
}

/** State of a service; `incomplete` with too few running containers, `off` if no container is wanted. */
export type ServiceState =
  | "running"
  | "starting"
  | "completed"
  | "failed"
  | "incomplete"
  | "paused"
  | "stopped"
  | "created"
  | "missing"
  | "off";

/** Returns the state of a service, by its container in the worst state and the number of its containers. */
export function serviceState(
  { replicas, wanted, ...worst }: StackService,
  status: Stack["status"],
): ServiceState {
  if (worst.state === null) return wanted === 0 ? "off" : "missing";
  const state = containerState(worst, status);
  return state === "running" && replicas < wanted ? "incomplete" : state;
}

/**
 * Returns the state of one container.
 *
 * @param status Status of its stack: in a stopped one, a container that a signal ended has not failed.
 */
export function containerState(
  { state, health, exitCode }: Pick<StackService, "state" | "health" | "exitCode">,
  status: Stack["status"],
): ServiceState {
  if (state === "running") {
    return health === "unhealthy" ? "failed" : health === "starting" ? "starting" : "running";
  }
  if (state === "paused") return "paused";
  if (state === "created") return "created";
  if (state !== "exited") return "failed";
  return exitCode === 0 ? "completed" : status === "stopped" ? "stopped" : "failed";
}

/** Returns the duration of an operation, ms, up to `now` while it is running; `undefined` while it is queued. */
export function operationSpan({ started_at, ended_at }: Operation, now: number): number | undefined {
  if (started_at === null) return undefined;
  // The server's clock may be ahead.
  return Math.max((ended_at === null ? now : Date.parse(ended_at)) - Date.parse(started_at), 0);
}
