/** Pure: derives the state of a project from its containers, by exit codes and health checks. */
import type { Container } from "../docker/container.ts";
import type { StackState } from "../protocol/stack_events.ts";
import type { StackService } from "../protocol/stacks.ts";
import { containerPorts } from "./validate/container_ports.ts";

/** A service that a compose file asks for. */
export interface WantedService {
  readonly name: string;
  /** Number of containers. */
  readonly wanted: number;
}

/** Conditions that containers alone do not show. */
export interface StateContext {
  /** Services of the compose file; `undefined` if it is not known; each service then wants the containers that it has. */
  readonly wanted: readonly WantedService[] | undefined;
  /** True if the last operation stopped the project, so that its ended containers were not lost. */
  readonly stopped: boolean;
  /** Returns the time by the clock of the engine, epoch ms. */
  readonly now: () => number;
}

/** State of a project, with a sentence for users. */
export interface ProjectState {
  readonly state: Exclude<StackState, "unknown">;
  readonly message: string;
  /** True if a process of it runs, or will in a moment. */
  readonly isAlive: boolean;
}

/** State of one container, from best to worst. */
const PARTS = [
  "done",
  "up",
  "stopped",
  "created",
  "starting",
  "paused",
  "unhealthy",
  "restarting",
  "failed",
] as const;
type Part = (typeof PARTS)[number];

/** Parts that satisfy what a compose file asks for. */
const FULFILLED: readonly Part[] = ["up", "done", "starting"];
/** Parts of containers whose process runs, or will in a moment. */
const ALIVE: readonly Part[] = ["up", "starting", "paused", "unhealthy", "restarting"];
/** Time in which a restarting container counts as starting, ms. */
const START_MS = 60_000;
/** Exit codes of containers that were stopped: SIGINT, SIGKILL after the time limit, SIGTERM. */
const STOP_CODES: readonly number[] = [130, 137, 143];

/** Derives the state of a project; containers of `compose run` and of hooks do not count. */
export function projectState(containers: readonly Container[], context: StateContext): ProjectState {
  const own = containers.filter(({ oneOff }) => !oneOff);
  const parts = own.map((container) => partOf(container, context));
  const isAlive = parts.some((part) => ALIVE.includes(part));
  const every = (...some: Part[]) => parts.every((part) => some.includes(part));
  const is = (state: ProjectState["state"], message: string) => ({ state, message, isAlive });
  if (own.length === 0) return is("never_deployed", "It has no containers");
  if (every("created")) return is("created", "No container has been started");
  if (parts.includes("starting")) return is("starting", "Some services are starting");
  if (parts.includes("stopped") && every("stopped", "done")) return is("stopped", "All services are stopped");
  const complaints = complaintsOf(own, parts, context);
  if (complaints.length > 0) return is("degraded", complaints.slice(0, 3).join("; "));
  return isAlive
    ? is("running", "All services are running")
    : is("exited", "All services have exited with code 0");
}

function partOf(container: Container, { stopped, now }: StateContext): Part {
  const { state, health, exitCode, restarts, startedAt, createdAt, outOfMemory, endedBy } = container;
  switch (state) {
    case "running":
      return health === "unhealthy" ? "unhealthy" : health === "starting" ? "starting" : "up";
    case "restarting":
      return createdAt !== null && now() - createdAt < START_MS ? "starting" : "restarting";
    case "paused":
      return "paused";
    case "created":
      return "created";
    case "exited": {
      if (startedAt === null) return "created";
      if (stopped) return "stopped";
      if (exitCode === 0 && !restarts) return "done";
      if (endedBy !== null && exitCode !== 0) return endedBy === "stop" ? "stopped" : "failed";
      // A restart policy would have started it again. Codes of signals decide where no event was seen.
      const wasStopped = exitCode === 0 || STOP_CODES.includes(exitCode) && !outOfMemory;
      return wasStopped ? "stopped" : "failed";
    }
    default:
      return "failed";
  }
}

/** Sentences about containers that failed, then about services with too few of them. */
function complaintsOf(own: readonly Container[], parts: readonly Part[], { wanted }: StateContext): string[] {
  const isWanted = ({ service }: Container) =>
    wanted === undefined || wanted.some(({ name, wanted }) => name === service && wanted > 0);
  const broken = own.flatMap((container, index) => {
    const part = parts[index]!;
    return isWanted(container) && !FULFILLED.includes(part) ? [[container, part] as const] : [];
  });
  const lacking = (wanted ?? []).filter(({ name, wanted }) => {
    const fulfilled = own.filter(({ service }, index) =>
      service === name && FULFILLED.includes(parts[index]!)
    );
    return fulfilled.length < wanted && !broken.some(([{ service }]) => service === name);
  });
  return [
    ...broken.map(([container]) => complaint(container)),
    ...lacking.map(({ name, wanted }) => {
      const count = own.filter(({ service }) => service === name).length;
      return count === 0
        ? `Service "${name}" has no container`
        : `Service "${name}" has ${count} of ${wanted} containers`;
    }),
  ];
}

function complaint({ service, name, state, health, exitCode, outOfMemory }: Container): string {
  const subject = `Service "${service ?? name}"`;
  if (state === "running") return `${subject} is ${health}`;
  if (state !== "exited") return `${subject} is ${state}`;
  return `${subject} has exited with code ${exitCode}${outOfMemory ? " (out of memory)" : ""}`;
}

/** Lists the services of a project by name, with their containers by number. */
export function servicesOf(containers: readonly Container[], context: StateContext): StackService[] {
  const own = containers.filter(({ oneOff, service }) => !oneOff && service !== null)
    .sort((one, other) => (one.number ?? 0) - (other.number ?? 0) || (one.name < other.name ? -1 : 1));
  const wanted = new Map((context.wanted ?? []).map(({ name, wanted }) => [name, wanted]));
  const found = Map.groupBy(own, ({ service }) => service!);
  return [...new Set([...wanted.keys(), ...found.keys()])].sort().map((name) => {
    const containers = found.get(name) ?? [];
    const asked = context.wanted === undefined ? containers.length : wanted.get(name) ?? 0;
    return serviceOf(name, containers, asked, context);
  });
}

function serviceOf(
  name: string,
  containers: readonly Container[],
  wanted: number,
  context: StateContext,
): StackService {
  const rank = (container: Container) => PARTS.indexOf(partOf(container, context));
  const worst = containers.reduce<Container | undefined>(
    (worst, container) => worst !== undefined && rank(worst) >= rank(container) ? worst : container,
    undefined,
  );
  return {
    name,
    state: worst?.state ?? null,
    health: worst?.health ?? null,
    exitCode: worst === undefined ? null : exitCodeOf(worst),
    containerId: worst?.id ?? null,
    replicas: containers.filter(({ state }) => state === "running").length,
    wanted,
    containers: containers.map((container) => ({
      id: container.id,
      name: container.name,
      image: container.image,
      ports: containerPorts(container),
      state: container.state,
      health: container.health,
      exitCode: exitCodeOf(container),
      number: container.number,
    })),
  };
}

function exitCodeOf({ state, finishedAt, exitCode }: Container): number | null {
  return finishedAt === null || state === "running" || state === "paused" ? null : exitCode;
}
