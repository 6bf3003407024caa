/** Known places in the outputs of containers, which readings of them add to. */
import { Semaphore } from "../../semaphore.ts";
import type { OutputSource } from "../frame.ts";
import { TimeIndex } from "./time_index.ts";

/** Largest number of containers of an engine whose places are known. */
const MOST_INDEXES = 200;
const MAX_NS = 2n ** 63n;

/** Knowledge of one container's output. */
export interface KnownPlaces {
  /** Time until which the output is not read by number, ms of `performance.now()`. */
  scannedUntil: number;
  /** Time of the newest line at the last reading, epoch ns. */
  end?: bigint;
  /** True after all lines of the output were counted. */
  isCounted: boolean;
  /** Distance of places from the start of the output, ns, from which on they are not read by time. */
  slowNs: bigint;
  readonly index: TimeIndex;
  /** One reading at a time searches for a place; the others reuse its result. */
  readonly turn: Semaphore;
}

/** Places by engine and container, the least recently used first. */
const places = new WeakMap<OutputSource["engine"], Map<string, KnownPlaces>>();

/** Returns the known places of an output. */
export function knownPlaces({ engine, containerId }: OutputSource): KnownPlaces {
  const all = places.get(engine) ?? new Map<string, KnownPlaces>();
  places.set(engine, all);
  const found = all.get(containerId) ?? {
    index: new TimeIndex(),
    turn: new Semaphore(1),
    scannedUntil: 0,
    isCounted: false,
    slowNs: MAX_NS,
  };
  all.delete(containerId);
  all.set(containerId, found);
  const [oldest] = all.keys();
  if (all.size > MOST_INDEXES) all.delete(oldest!);
  return found;
}
