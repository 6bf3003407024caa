/** Pure: limits, restarts and shared network of a container, from an inspection. */
import { countOf, fieldsOf, textOf } from "../untrusted_json.ts";

/** Resources of a host; `null` where its engine does not report it. */
export interface HostResources {
  readonly cpus: number | null;
  readonly memoryBytes: number | null;
}

/** Settings of a container that only metrics show; `null` until there was an inspection. */
export interface ResourceSettings {
  /** Share of the CPUs when they are all busy; the engine's default is 1024. */
  readonly cpuShares: number | null;
  /** Limit of memory and swap together, bytes; 0 without one. */
  readonly swapLimitBytes: number | null;
  /** Memory that it keeps when the machine runs short of it, bytes; 0 without a reservation. */
  readonly memoryReservationBytes: number | null;
}

/** Facts that only an inspection knows; `null` until there was one. */
export interface RunFacts extends ResourceSettings {
  /** Number of cores that its processes can use together; `null` also without a limit. */
  readonly cpuLimit: number | null;
  /** True with a memory limit of the container. */
  readonly memoryLimited: boolean | null;
  /** Number of restarts by its restart policy. */
  readonly restartCount: number | null;
  /** Id of the container whose network namespace it shares; `null` also if it shares none. */
  readonly networkOf: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

const NO_RESOURCE_SETTINGS: ResourceSettings = {
  cpuShares: null,
  swapLimitBytes: null,
  memoryReservationBytes: null,
};

/** Facts of a container that was not inspected. */
export const NO_RUN_FACTS: RunFacts = {
  cpuLimit: null,
  memoryLimited: null,
  restartCount: null,
  networkOf: null,
  ...NO_RESOURCE_SETTINGS,
};

const NANO = 1e9;
/** Period of a CPU quota that the engine uses by default, µs. */
export const PERIOD_US = 100_000;
/** Share of a container that names none. */
const DEFAULT_SHARES = 1024;
const SHARED_NETWORK = /^container:([0-9a-f]{64})$/;

/** Reads the facts of an inspection; a limit that the host cannot exceed anyway counts as none. */
export function runFacts(inspection: unknown, host: HostResources): RunFacts {
  const { HostConfig, RestartCount } = fieldsOf(inspection);
  const config = fieldsOf(HostConfig);
  const cores = [cpuQuota(config), cpuSetSize(config["CpusetCpus"])].filter((count) => count !== null);
  return {
    cpuLimit: cores.length === 0 ? null : below(Math.min(...cores), host.cpus),
    memoryLimited: HostConfig === undefined
      ? null
      : below(positive(config["Memory"]), host.memoryBytes) !== null,
    restartCount: wholeNumber(RestartCount),
    networkOf: SHARED_NETWORK.exec(textOf(config["NetworkMode"]) ?? "")?.[1] ?? null,
    ...resourceSettingsOf(HostConfig),
  };
}

/** Reads the settings; an engine leaves out a limit that is not set, or reports 0 or -1. */
function resourceSettingsOf(config: unknown): ResourceSettings {
  if (fieldsOf(config) !== config) return NO_RESOURCE_SETTINGS;
  const { CpuShares, MemorySwap, MemoryReservation } = fieldsOf(config);
  return {
    cpuShares: positive(CpuShares) ?? DEFAULT_SHARES,
    swapLimitBytes: positive(MemorySwap) ?? 0,
    memoryReservationBytes: positive(MemoryReservation) ?? 0,
  };
}

/** Returns all facts of a container. */
export function allRunFactsOf(container: RunFacts): RunFacts {
  const { cpuShares, swapLimitBytes, memoryReservationBytes } = container;
  return { ...runFactsOf(container), cpuShares, swapLimitBytes, memoryReservationBytes };
}

/** Returns the facts of a container that viewers see. */
export function runFactsOf(
  { cpuLimit, memoryLimited, restartCount, networkOf }: RunFacts,
): Omit<RunFacts, keyof ResourceSettings> {
  return { cpuLimit, memoryLimited, restartCount, networkOf };
}

/** Returns a limit; `null` if it is not below what the host has. */
export function below(limit: number | null, bound: number | null): number | null {
  return limit === null || bound !== null && limit >= bound ? null : limit;
}

/** Returns the number of cores of `--cpus` or `--cpu-quota`; `null` without. */
export function cpuQuota({ NanoCpus, CpuQuota, CpuPeriod }: Fields): number | null {
  const nano = positive(NanoCpus);
  if (nano !== null) return nano / NANO;
  const quota = positive(CpuQuota);
  return quota === null ? null : quota / (positive(CpuPeriod) ?? PERIOD_US);
}

/** Returns a number; `null` for 0 and anything else. */
export function positive(value: unknown): number | null {
  return countOf(value) || null;
}

/** Counts the cores of a list such as "0-2,4"; `null` for an empty or malformed one. */
function cpuSetSize(list: unknown): number | null {
  const ranges = (textOf(list) ?? "").split(",").map((range) =>
    /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(range.trim())
  );
  const sizes = ranges.map((range) =>
    range === null ? NaN : Number(range[2] ?? range[1]) - Number(range[1]) + 1
  );
  return positive(sizes.reduce((sum, size) => sum + size, 0));
}

function wholeNumber(value: unknown): number | null {
  const number = countOf(value);
  return number !== undefined && Number.isInteger(number) ? number : null;
}
