import { CONTAINER_STATES, type ContainerState } from "../protocol/stats.ts";
import { countOf, fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import { humanDuration } from "./text/human_duration.ts";
import { membershipOf } from "./text/membership.ts";
import { labelLines } from "./text/label_lines.ts";
import { shownImage } from "./text/shown_image.ts";
import { allRunFactsOf, type HostResources, NO_RUN_FACTS, type RunFacts, runFacts } from "./run_facts.ts";

/** Fields of an entry of `GET /containers/json` that DockStat reads. */
export interface RawContainer {
  readonly Id: string;
  readonly Names?: readonly string[] | null;
  readonly Image?: string;
  readonly ImageID?: string;
  readonly State?: string;
  readonly Status?: string;
  readonly Created?: number;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Mounts?: readonly object[] | null;
  readonly Ports?:
    | readonly {
      readonly IP?: string;
      readonly PublicPort?: number;
      readonly PrivatePort?: number;
      readonly Type?: string;
    }[]
    | null;
}

/** Fields of `GET /containers/{id}/json` that DockStat reads. */
export interface RawInspection {
  readonly Name?: string;
  readonly State?: {
    readonly Status?: string;
    readonly Pid?: number;
    readonly StartedAt?: string;
    readonly FinishedAt?: string;
    readonly ExitCode?: number;
    readonly OOMKilled?: boolean;
    readonly Health?: { readonly Status?: string; readonly Log?: unknown } | null;
  };
  readonly RestartCount?: number;
  readonly HostConfig?: { readonly RestartPolicy?: { readonly Name?: string } | null };
}

/** A container as its engine knows it. Times are epoch ms by the engine's clock, `null` for never. */
export interface Container extends RunFacts {
  /** Full 64-hex id. */
  readonly id: string;
  /** Without the leading slash. */
  readonly name: string;
  /** As `docker ps` shows it. */
  readonly image: string;
  readonly state: ContainerState;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** Its first process, as the engine numbers it; `null` while it is not known or does not run. */
  readonly pid: number | null;
  readonly exitCode: number;
  /** Cause of its end that the engine's events have shown; `null` if they have not. */
  readonly endedBy: "stop" | "itself" | null;
  readonly health: string | null;
  /** Beginning of the output of the newest health check; `null` until an inspection has shown it. */
  readonly healthOutput: string | null;
  readonly project: string | null;
  readonly service: string | null;
  /** True for a task of a Swarm service. */
  readonly swarmTask: boolean;
  /** Project folder and compose files, from the labels that Compose sets. */
  readonly composeFolder: string | null;
  readonly composeFiles: string | null;
  /** Environment files of `--env-file`, joined by commas, from the label that Compose sets. */
  readonly composeEnvFiles: string | null;
  /** Number within its service; `null` if neither Compose nor Swarm created it. */
  readonly number: number | null;
  /** Time of its creation by the engine's clock. */
  readonly createdAt: number | null;
  /** Folders and files of the host that it can write to, one per line; volumes as `volume:NAME`. */
  readonly writableFolders: string;
  /** Labels other than those of Compose and of image builders, one per line as NAME=VALUE; 4 KiB at most. */
  readonly labels: string;
  /** Created by `compose run` or by a hook of a service, so not part of the project's desired state. */
  readonly oneOff: boolean;
  /** True with the label `dockstat.hide=true`: the page hides it. */
  readonly hidden: boolean;
  /** Published ports with their addresses, such as "127.0.0.1:8080/tcp :::53/udp". */
  readonly publishedAddresses: string;
  /** Published ports followed by the container's port, such as "49731:9876/tcp". */
  readonly portPairs: string;
  /** True when its restart policy starts it again after it exits. */
  readonly restarts: boolean;
  /** OOM-killed. */
  readonly outOfMemory: boolean;
  /** Status text from the list; used as it is until the container has been inspected. */
  readonly listedStatus: string;
  readonly inspected: boolean;
}

/** Includes `removed`, which only DockStat uses. */
const STATES: ReadonlySet<string> = new Set(CONTAINER_STATES.filter((state) => state !== "removed"));

/** Longest kept output of a health check, characters. */
const MOST_HEALTH_OUTPUT = 1024;

/** Converts one entry of the list; fields that only an inspection knows stay empty. */
export function toContainer(raw: RawContainer): Container {
  const { Names, Image, ImageID, State, Status, Labels, Ports, Created, Mounts } = fieldsOf(raw);
  const names = itemsOf(Names).map(textOf).filter((name) => name !== undefined);
  const labels = fieldsOf(Labels);
  const status = textOf(Status) ?? "";
  return {
    id: raw.Id,
    // A linked container has further names, such as "/web/db"; its own name has a single slash.
    name: (names.find((name) => name.lastIndexOf("/") === 0) ?? names[0] ?? raw.Id).replace(/^\//, ""),
    image: shownImage(textOf(Image) ?? "", textOf(ImageID) ?? ""),
    state: toState(State) ?? "exited",
    startedAt: null,
    finishedAt: null,
    pid: null,
    exitCode: Number(/^(?:Exited|Restarting) \((\d+)\)/.exec(status)?.[1] ?? 0),
    endedBy: null,
    health: /^Up .*\((?:health: )?(healthy|unhealthy|starting)\)$/.exec(status)?.[1] ?? null,
    healthOutput: null,
    ...membershipOf(labels),
    composeFolder: textOf(labels["com.docker.compose.project.working_dir"]) ?? null,
    composeFiles: textOf(labels["com.docker.compose.project.config_files"]) ?? null,
    composeEnvFiles: textOf(labels["com.docker.compose.project.environment_file"]) || null,
    createdAt: countOf(Created) === undefined ? null : countOf(Created)! * 1000,
    writableFolders: writableFolders(Mounts),
    labels: labelLines(labels),
    oneOff: labels["com.docker.compose.oneoff"] === "True" || "com.docker.compose.hook" in labels,
    hidden: labels["dockstat.hide"] === "true",
    publishedAddresses: portsOf(Ports, ({ PublicPort, IP }) => `${textOf(IP) ?? ""}:${PublicPort}`),
    portPairs: portsOf(Ports, ({ PublicPort, PrivatePort }) => `${PublicPort}:${countOf(PrivatePort)}`),
    ...{ restarts: false, outOfMemory: false },
    ...NO_RUN_FACTS,
    ...{ listedStatus: status, inspected: false },
  };
}

/**
 * Adds the times and the health that only an inspection knows, and takes state and name from it too:
 * when a `die` event arrives, the list of Docker 20.10 still says "running" but an inspection does not.
 *
 * @param host Resources of the host; a limit that they set anyway counts as none.
 */
export function withInspection(
  container: Container,
  inspection: RawInspection,
  host: HostResources = { cpus: null, memoryBytes: null },
): Container {
  const { Name, State, HostConfig } = fieldsOf(inspection);
  const { Status, Pid, StartedAt, FinishedAt, ExitCode, OOMKilled, Health } = fieldsOf(State);
  const policy = textOf(fieldsOf(fieldsOf(HostConfig)["RestartPolicy"])["Name"]);
  const health = textOf(fieldsOf(Health)["Status"]);
  return {
    ...container,
    name: textOf(Name)?.replace(/^\//, "") || container.name,
    state: toState(Status) ?? container.state,
    startedAt: time(StartedAt),
    finishedAt: time(FinishedAt),
    pid: countOf(Pid) || null,
    exitCode: countOf(ExitCode) ?? 0,
    health: !health || health === "none" ? null : health,
    healthOutput: healthOutput(Health),
    restarts: policy !== undefined && policy !== "" && policy !== "no",
    outOfMemory: OOMKilled === true,
    ...runFacts(inspection, host),
    inspected: true,
  };
}

/** Returns the beginning of the newest check's output; it may contain secrets. */
function healthOutput(health: unknown): string | null {
  const { Output } = fieldsOf(itemsOf(fieldsOf(health)["Log"]).at(-1));
  return textOf(Output)?.slice(0, MOST_HEALTH_OUTPUT) ?? null;
}

function writableFolders(mounts: unknown): string {
  return itemsOf(mounts).map(fieldsOf).flatMap(({ Type, Source, Name, RW }) => {
    const source = textOf(Source);
    // A volume may be a folder under another name, which the engine does not report.
    if (Type === "volume" && RW !== false) return [`volume:${textOf(Name) ?? ""}`];
    return Type === "bind" && RW !== false && source !== undefined ? [source] : [];
  }).sort().join("\n");
}

/** Returns a container that cannot be inspected: the list's facts, and what an earlier inspection returned besides. */
export function withoutInspection(listed: Container, known: Container | undefined): Container {
  if (known === undefined) return listed;
  const { startedAt, finishedAt, restarts, outOfMemory } = known;
  return { ...listed, startedAt, finishedAt, restarts, outOfMemory, ...allRunFactsOf(known) };
}

/** Removes duplicates: engines list a port once for IPv4 and once for IPv6. */
function portsOf(ports: unknown, name: (port: Readonly<Record<string, unknown>>) => string): string {
  const published = itemsOf(ports).map(fieldsOf).filter(({ PublicPort }) => countOf(PublicPort))
    .map((port) => `${name(port)}/${textOf(port["Type"])}`);
  return [...new Set(published)].sort().join(" ");
}

function toState(text: unknown): ContainerState | undefined {
  return typeof text === "string" && STATES.has(text) ? text as ContainerState : undefined;
}

/** Reports whether the engine has numbers for the container; a paused one still holds its memory. */
export function isSampled({ state }: Container): boolean {
  return state === "running" || state === "paused";
}

/**
 * Formats the status text of `docker ps` for a given moment, without asking the engine again.
 *
 * The text follows moby (`container/state.go`, `State.String`).
 *
 * @param now Epoch ms by the engine's clock.
 */
export function statusText(container: Container, now: number): string {
  const { startedAt, finishedAt, exitCode, health } = container;
  if (!container.inspected) return container.listedStatus;
  const up = `Up ${humanDuration(now - (startedAt ?? now))}`;
  switch (container.state) {
    case "running":
      return health === null ? up : `${up} (${health === "starting" ? "health: starting" : health})`;
    case "paused":
      return `${up} (Paused)`;
    case "restarting":
      return `Restarting (${exitCode}) ${humanDuration(now - (finishedAt ?? now))} ago`;
    case "removing":
      return "Removal In Progress";
    case "dead":
    case "removed":
    case "created":
      return container.state.replace(/^./, (first) => first.toUpperCase());
    case "exited":
      if (startedAt === null) return "Created";
      return finishedAt === null ? "" : `Exited (${exitCode}) ${humanDuration(now - finishedAt)} ago`;
  }
}

function time(text: unknown): number | null {
  const ms = Date.parse(textOf(text) ?? "");
  // The engine writes "never" as the year 1.
  return ms > 0 ? ms : null;
}
