/** Pure: compares the engine's answer with readings of the kernel before and after it. */
import { type Counters, type EngineTraits, type RawStats, toCounters } from "../docker/sample.ts";

/** Difference of memory that use between the readings explains, bytes. */
const MEMORY_SLACK = 32 * 1024 * 1024;
/** The same as a part of the memory in use. */
const MEMORY_PART = 0.25;

/** Interfaces that an engine creates for other containers; they come and go. */
const FOR_OTHERS = /^(?:veth|br-|docker)/;

/** Counters that only grow, so the engine's lie between those of the kernel. */
const GROWING = ["cpuTotal", "systemTotal", "blockReadBytes", "blockWriteBytes"] as const;

/** Network interfaces of a container. */
export interface Interfaces {
  /** All that its network namespace has, without those for other containers. */
  readonly all: string;
  /** Those that the engine counts; none for a container with the network of its host. */
  readonly counted: ReadonlySet<string>;
}

/** Result of a comparison: the container's interfaces, or the number that differs. */
export type Agreement = { readonly interfaces: Interfaces } | { readonly differs: string };

/** Returns the names of the interfaces of a reading, sorted, without those for other containers. */
export function interfaceNames({ networks }: RawStats): string {
  return Object.keys(networks ?? {}).filter((name) => !FOR_OTHERS.test(name)).sort().join(" ");
}

/** Reports whether the engine may count other interfaces now than at the comparison. */
export function hasOtherInterfaces(raw: RawStats, { all, counted }: Interfaces): boolean {
  // Those of the host are never counted.
  if (all !== "" && counted.size === 0) return false;
  return interfaceNames(raw) !== all;
}

/** Keeps the interfaces that the engine counts. */
export function withCounted(raw: RawStats, counted: ReadonlySet<string>): RawStats {
  const { networks, ...rest } = raw;
  const kept = Object.entries(networks ?? {}).filter(([name]) => counted.has(name));
  return kept.length === 0 ? rest : { ...rest, networks: Object.fromEntries(kept) };
}

/** Compares the engine's answer with the kernel's files that were read before and after it. */
export function compareReadings(
  before: RawStats,
  engine: RawStats,
  after: RawStats,
  traits: EngineTraits,
): Agreement {
  const counted = new Set(Object.keys(engine.networks ?? {}));
  const [first, middle, last] = [withCounted(before, counted), engine, withCounted(after, counted)]
    .map((raw) => toCounters(raw, traits));
  if (first === undefined || middle === undefined || last === undefined) return { differs: "the CPU time" };
  const missing = [...counted].some((name) => !Object.hasOwn(after.networks ?? {}, name));
  if (missing) return { differs: "the network interfaces" };
  for (const key of [...GROWING, "networkRxBytes", "networkTxBytes"] as const) {
    if (!isBetween(first[key], middle[key], last[key])) return { differs: key };
  }
  if (!hasSameMemory(first, middle, last)) return { differs: "memoryBytes" };
  const limits = [first.memoryLimitBytes, last.memoryLimitBytes];
  if (!limits.includes(middle.memoryLimitBytes)) return { differs: "memoryLimitBytes" };
  return { interfaces: { all: interfaceNames(after), counted } };
}

function isBetween(first: number | null, middle: number | null, last: number | null): boolean {
  if (first === null || middle === null || last === null) return first === middle && middle === last;
  return first <= middle && middle <= last;
}

/** The memory in use also shrinks, so it may lie a little outside. */
function hasSameMemory(first: Counters, middle: Counters, last: Counters): boolean {
  const [one, used, other] = [first.memoryBytes, middle.memoryBytes, last.memoryBytes];
  if (one === null || used === null || other === null) return one === used && used === other;
  const slack = Math.max(MEMORY_SLACK, used * MEMORY_PART);
  return used >= Math.min(one, other) - slack && used <= Math.max(one, other) + slack;
}
