/** Pure: the curves of a simulated container and the incidents → its samples of the last 24 hours. */
import type { SimulatedContainer } from "../docker/simulated/simulated_containers.ts";
import type { TimedValues } from "../store/history/history_store.ts";
import { type Incidents, PAST_MS, RESTART_MS } from "./incidents.ts";

/** Options for {@linkcode pastSamples}. Times are epoch ms. */
export interface PastOptions {
  /** Number of the container. */
  readonly index: number;
  readonly incidents: Incidents;
  /** Begin and end of the samples. */
  readonly from: number;
  readonly to: number;
  /** Time at which the simulation starts. */
  readonly now: number;
  /** Time between two samples, ms. */
  readonly stepMs: number;
}

/** Time for which a started container uses more CPU, ms, and how much more, percent. */
const STARTING_MS = 20_000;
const STARTING_CPU = 120;

/** Yields the samples of a container, oldest first; none while it did not run or the host could not be read. */
export function* pastSamples(member: SimulatedContainer, options: PastOptions): Generator<TimedValues> {
  const { from, to, stepMs } = options;
  for (let at = from; at < to; at += stepMs) {
    const values = valuesAt(member, options, at);
    if (values !== undefined) yield [at, values];
  }
}

function valuesAt(
  { cpu, memory, network, block }: SimulatedContainer,
  { index, incidents, now, stepMs }: PastOptions,
  at: number,
): Float32Array | undefined {
  const { outage } = incidents;
  const started = startsOf(index, incidents).findLast((start) => start - RESTART_MS <= at);
  if (at >= outage.from && at < outage.to || started !== undefined && at < started) return undefined;
  // The counters of the engine begin a day before its start.
  const seconds = (at - now + PAST_MS) / 1000;
  const rate = (curve: { total(seconds: number): number }) =>
    (curve.total(seconds) - curve.total(seconds - stepMs / 1000)) / (stepMs / 1000);
  const starting = started !== undefined && at - started < STARTING_MS ? STARTING_CPU : 0;
  const [received, read] = [rate(network), rate(block)];
  return Float32Array.of(
    rate(cpu) * 100 + starting,
    memoryAt(index, incidents, at) ?? memory.at(seconds) / memory.limit * 100,
    received,
    received / 3,
    read,
    read / 2,
  );
}

/** Returns the starts of a container that an incident caused. */
function startsOf(index: number, { oom, crashes, deploy }: Incidents): readonly number[] {
  const ends = [
    ...index === oom.container ? [oom.grows.to] : [],
    ...index === crashes.container ? crashes.times : [],
    ...deploy.containers.includes(index) ? [deploy.at] : [],
  ];
  return ends.map((end) => end + RESTART_MS);
}

/** Returns the memory of a container that leaks, percent. */
function memoryAt(index: number, { oom: { container, grows } }: Incidents, at: number): number | undefined {
  if (index !== container || at < grows.from || at >= grows.to) return undefined;
  return 50 + 50 * (at - grows.from) / (grows.to - grows.from);
}
