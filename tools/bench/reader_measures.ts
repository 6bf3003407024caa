/** The cost of reading real containers, per reading, against `docker stats`. */
import type { RealEngine } from "../../tests/e2e/engines.ts";
import { rate, start } from "./children.ts";
import type { IdleContainers } from "./containers.ts";
import { CountingRelay } from "./counting_relay.ts";
import type { Row } from "./measures.ts";
import { type Cost, costOf, type EngineProcesses, median } from "./processes.ts";
import {
  checkReader,
  startReading,
  startReadingViewer,
  storedReadings,
  type Way,
  WAY_NAMES,
} from "./readers.ts";
import { type BenchOptions, pause } from "./run.ts";

/** Time after a start before something is measured, s. */
const SETTLE_SECONDS = 4;

/** Use of one monitor: cores above the idle engine, and readings of containers per second. */
interface Use {
  readonly monitor: number;
  readonly engine: number;
  readonly readings: number;
}

/** Targets of the ratios, by way; `undefined` where none is set. */
export type Targets = Readonly<Partial<Record<Way | "history", string>>>;

/** Compares the ways of reading some containers with `docker stats`, in turns. */
export async function readersAgainstDockerStats(
  { engine, count }: IdleContainers,
  processes: EngineProcesses,
  targets: Targets,
  { rounds, seconds }: BenchOptions,
): Promise<Row[]> {
  const idle = await costOf(processes, undefined, seconds);
  const uses = new Map<keyof Targets | "docker stats", Use[]>();
  for (let round = 0; round < rounds; round++) {
    add(uses, "docker stats", await dockerStats(engine, processes, idle, seconds));
    for (const way of ["permissions", "mounts", "process", "engine"] as const) {
      if (targets[way] !== undefined) add(uses, way, await watched(engine, processes, idle, way, seconds));
    }
    if (targets.history !== undefined) {
      add(uses, "history", await unwatched(engine, processes, idle, seconds));
    }
  }
  const theirs = uses.get("docker stats")!;
  return [...uses].flatMap(([way, ours]) => {
    if (way === "docker stats") return [];
    const name = way === "history" ? "kernel, all permissions, history on, no viewer" : WAY_NAMES[way];
    return [{
      what: `CPU per reading of monitor + dockerd + containerd + shims, ${count} containers, against ` +
        `\`docker stats\`, Docker ${engine.version}: ${name}`,
      target: targets[way]!,
      measured: `${ratioOf(ours, theirs).toFixed(3)} (${described(ours)} against ${described(theirs)})`,
    }];
  });
}

function add<Key>(uses: Map<Key, Use[]>, key: Key, use: Use): void {
  uses.set(key, [...uses.get(key) ?? [], use]);
}

/** Returns the CPU milliseconds per thousand readings. */
function perThousand({ monitor, engine, readings }: Use): number {
  return (monitor + engine) / readings * 1e6;
}

function ratioOf(ours: readonly Use[], theirs: readonly Use[]): number {
  return median(ours.map((use, round) => perThousand(use) / perThousand(theirs[round]!)));
}

function described(uses: readonly Use[]): string {
  const middle = (pick: (use: Use) => number) => median(uses.map(pick));
  const cores = [middle(({ monitor }) => monitor), middle(({ engine }) => engine)];
  return `${cores.map((one) => one.toFixed(3)).join(" + ")} cores for ${
    middle(({ readings }) => readings).toFixed(0)
  } readings/s`;
}

function above({ monitor, engine }: Cost, idle: Cost, readings: number): Use {
  return { monitor, engine: Math.max(engine - idle.engine, 0), readings };
}

async function dockerStats(
  engine: RealEngine,
  processes: EngineProcesses,
  idle: Cost,
  seconds: number,
): Promise<Use> {
  await using relay = new CountingRelay(engine.url);
  await using stats = start("docker", ["-H", relay.url, "stats"]);
  await pause(SETTLE_SECONDS);
  const before = relay.readings;
  const cost = await costOf(processes, stats.pid, seconds);
  return above(cost, idle, (relay.readings - before) / seconds);
}

async function watched(
  engine: RealEngine,
  processes: EngineProcesses,
  idle: Cost,
  way: Way,
  seconds: number,
): Promise<Use> {
  await using server = await startReading(engine, way);
  await using viewer = startReadingViewer(server);
  await pause(SETTLE_SECONDS);
  await checkReader(server, way);
  const cost = await costOf(processes, server.pid, seconds);
  return above(cost, idle, rate(viewer, Math.floor(seconds) - 1).frames);
}

/** Measures a server without viewers, whose history demands the readings. */
async function unwatched(
  engine: RealEngine,
  processes: EngineProcesses,
  idle: Cost,
  seconds: number,
): Promise<Use> {
  await using server = await startReading(engine, "permissions", true);
  await pause(SETTLE_SECONDS);
  await checkReader(server, "permissions");
  const cost = await costOf(processes, server.pid, seconds);
  return above(cost, idle, await storedReadings(server, seconds));
}

/** Compares the cost per container of a few with that of many. */
export async function costPerContainer(
  containers: IdleContainers,
  processes: EngineProcesses,
  { most, seconds }: BenchOptions,
): Promise<Row> {
  const { engine } = containers;
  const measure = async () => {
    const idle = await costOf(processes, undefined, seconds);
    return await watched(engine, processes, idle, "permissions", seconds);
  };
  const [few, ours] = [containers.count, await measure()];
  await containers.grow(most);
  const theirs = await measure();
  return {
    what:
      `Kernel reader, all permissions: CPU per reading with ${containers.count} real containers against ${few}`,
    target: "≤ 1.2",
    measured: `${(perThousand(theirs) / perThousand(ours)).toFixed(2)} (${described([theirs])} against ${
      described([ours])
    })`,
  };
}
