/** Pure: the containers of the simulated engine and the curves of their numbers. */
import type { Container } from "../container.ts";

/** A varying rate and its integral, so that counters only grow. */
export interface Curve {
  /** Total after a number of seconds; the rate is in units per second. */
  total(seconds: number): number;
}

/** One simulated container and its curves. */
export interface SimulatedContainer {
  readonly container: Container;
  /** Mean of its CPU use, cores. */
  readonly cores: number;
  /** CPU seconds. */
  readonly cpu: Curve;
  /** Bytes. */
  readonly network: Curve;
  readonly block: Curve;
  readonly memory: { readonly limit: number; at(seconds: number): number };
}

/** Facts of every simulated container: it has run once, with a memory limit only. */
const SIMULATED = {
  pid: null,
  exitCode: 0,
  healthOutput: null,
  swarmTask: false,
  composeFolder: null,
  composeFiles: null,
  composeEnvFiles: null,
  number: null,
  createdAt: null,
  writableFolders: "",
  oneOff: false,
  hidden: false,
  labels: "",
  endedBy: null,
  publishedAddresses: "",
  portPairs: "",
  restarts: false,
  outOfMemory: false,
  cpuLimit: null,
  memoryLimited: true,
  restartCount: 0,
  networkOf: null,
  cpuShares: 1024,
  swapLimitBytes: 0,
  memoryReservationBytes: 0,
  listedStatus: "",
  inspected: true,
} as const;

const PROJECTS = ["shop", "blog", "media", "home"];
const SERVICES: readonly (readonly [service: string, image: string, cores: number, megabytes: number])[] = [
  ["web", "nginx:1.29", 0.08, 48],
  ["api", "node:24-alpine", 0.45, 310],
  ["db", "postgres:18", 0.3, 720],
  ["cache", "valkey/valkey:9", 0.05, 90],
  ["worker", "python:3.14-slim", 0.9, 240],
];
const MB = 1024 ** 2;
const DAY_MS = 86_400_000;

/** Returns a generator of numbers between 0 and 1 (mulberry32 by Tommy Ettinger, public domain). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Heights of the two waves of a rate, as parts of its mean. */
const HEIGHTS = [0.5, 0.3] as const;

/** A rate with two waves. Its numbers are fields, because ten thousand containers have thirty thousand of them. */
class Waves implements Curve {
  constructor(
    readonly mean: number,
    /** Angles per second. */
    readonly slow: number,
    readonly fast: number,
    /** Angles at the start. */
    readonly slowPhase: number,
    readonly fastPhase: number,
  ) {}

  total(seconds: number): number {
    const wave = (height: number, speed: number, phase: number) =>
      height / speed * (Math.cos(phase) - Math.cos(speed * seconds + phase));
    const waves = wave(HEIGHTS[0], this.slow, this.slowPhase) + wave(HEIGHTS[1], this.fast, this.fastPhase);
    return this.mean * (seconds + waves);
  }
}

/** Creates a rate around `mean` with two waves; it never falls below a fifth of the mean. */
export function curve(mean: number, random: () => number): Curve {
  const angle = () => 2 * Math.PI * random();
  const slow = 2 * Math.PI / (60 + 240 * random());
  const slowPhase = angle();
  const fast = 2 * Math.PI / (7 + 20 * random());
  return new Waves(mean, slow, fast, slowPhase, angle());
}

/** Creates the container at an index; most run, every tenth has exited, every seventeenth is paused. */
export function simulatedContainer(seed: number, index: number, now: number): SimulatedContainer {
  const random = randomNumbers(seed * 1_000_003 + index);
  const [service, image, cores, megabytes] = SERVICES[index % SERVICES.length]!;
  const round = Math.floor(index / SERVICES.length);
  const project = `${PROJECTS[round % PROJECTS.length]}${round < PROJECTS.length ? "" : round}`;
  const startedAt = now - Math.floor(random() * 20 * DAY_MS);
  const state = index % 10 === 9 ? "exited" : index % 17 === 16 ? "paused" : "running";
  const container: Container = {
    id: hexId(random),
    name: `${project}-${service}-1`,
    image,
    state,
    startedAt,
    finishedAt: state === "exited" ? startedAt + Math.floor((now - startedAt) * random()) : null,
    health: state === "running" && service === "db" ? "healthy" : null,
    project,
    service,
    ...SIMULATED,
  };
  return { container, ...curves(cores * (0.3 + random()), megabytes * MB, random) };
}

function curves(cores: number, bytes: number, random: () => number): Omit<SimulatedContainer, "container"> {
  const period = 90 + 300 * random();
  return {
    cores,
    cpu: curve(cores, random),
    network: curve(20_000 + 400_000 * random(), random),
    block: curve(5_000 + 80_000 * random(), random),
    // A sawtooth: it fills and is collected.
    memory: { limit: bytes * 2, at: (seconds) => bytes * (0.7 + 0.3 * ((seconds % period) / period)) },
  };
}

function hexId(random: () => number): string {
  return Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join("");
}

/** Lifetime of the short-lived container in ms: absent, created, running, exited, removed; then a new one follows. */
export const SHORT_LIVED_MS = 60_000;
const STAGES = [
  ["away", 3_000],
  ["created", 4_000],
  ["running", 50_000],
  ["exited", SHORT_LIVED_MS],
] as const;

/** Returns the stage of the short-lived container and the time left in it, ms. */
export function shortLivedStage(
  now: number,
): { readonly stage: (typeof STAGES)[number][0]; readonly endsInMs: number } {
  const into = now % SHORT_LIVED_MS;
  const [stage, end] = STAGES.find(([, until]) => into < until) ?? STAGES[0];
  return { stage, endsInMs: end - into };
}

/** Returns the short-lived container, if it exists at this moment. */
export function shortLivedContainer(seed: number, now: number): SimulatedContainer | undefined {
  const { stage } = shortLivedStage(now);
  if (stage === "away") return undefined;
  const visit = Math.floor(now / SHORT_LIVED_MS);
  const random = randomNumbers(seed * 7_919 + visit);
  const container: Container = {
    id: hexId(random),
    name: "nightly-backup",
    image: "restic/restic:0.18",
    state: stage,
    startedAt: stage === "created" ? null : visit * SHORT_LIVED_MS + 4_000,
    finishedAt: stage === "exited" ? visit * SHORT_LIVED_MS + 50_000 : null,
    health: null,
    project: null,
    service: null,
    ...SIMULATED,
  };
  return { container, ...curves(0.6, 120 * MB, random) };
}
