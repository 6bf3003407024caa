/** Pure: limits of a container as its engine stores them, and the request that changes them. */
import { below, cpuQuota, type HostResources, PERIOD_US, positive } from "../docker/run_facts.ts";
import { AppError } from "../errors.ts";
import type { ContainerDetails, ContainerLimits, LimitChange } from "../protocol/containers.ts";
import { fieldsOf, textOf } from "../untrusted_json.ts";
import { wholeNumber } from "./details_parts.ts";

type Fields = Readonly<Record<string, unknown>>;

const NANO = 1e9;
/** No limit of memory and swap. */
const UNLIMITED = -1;

/**
 * Checks a change against the host.
 *
 * @throws {AppError} "invalid".
 */
export function checkLimits(change: LimitChange, hostId: string, { cpus }: HostResources): void {
  if (Object.keys(change).length === 0) {
    throw invalid("the body", "found no limit: expected cpus, memoryBytes or restartPolicy");
  }
  const wanted = change.cpus ?? 0;
  if (cpus === null || wanted <= cpus) return;
  throw invalid("cpus", `found ${wanted}: expected at most ${cpus}, the cores of host "${hostId}"`);
}

function invalid(path: string, message: string): AppError {
  return new AppError("invalid", `Cannot change the limits: ${path}: ${message}`, {
    issues: [{ path, message }],
  });
}

/** Returns the limits of a container; one that the host cannot exceed anyway counts as no limit. */
export function limitsOf(hostConfig: unknown, host: HostResources): ContainerLimits {
  const fields = fieldsOf(hostConfig);
  return {
    cpus: below(cpuQuota(fields), host.cpus),
    memoryBytes: below(positive(fields["Memory"]), host.memoryBytes),
    memorySwapBytes: positive(fields["MemorySwap"]),
    memoryReservationBytes: positive(fields["MemoryReservation"]),
    pids: wholeNumber(fields["PidsLimit"]) || null,
  };
}

/**
 * Returns the body of the engine's `POST /containers/{id}/update`; empty if nothing changes.
 *
 * The engine has no request that removes a limit: 0 means "unchanged", and other values are refused. A limit of
 * everything that the host has is the same as none.
 *
 * @param inspection The answer of `GET /containers/{id}/json`.
 */
export function toUpdate(change: LimitChange, inspection: unknown, host: HostResources): Fields {
  const current = fieldsOf(fieldsOf(inspection)["HostConfig"]);
  return {
    ...change.cpus === undefined ? {} : cpuUpdate(change.cpus, current, host),
    ...change.memoryBytes === undefined ? {} : memoryUpdate(change.memoryBytes, current, host),
    ...change.restartPolicy === undefined ? {} : { RestartPolicy: toPolicy(change.restartPolicy) },
  };
}

function cpuUpdate(cpus: number | null, current: Fields, host: HostResources): Fields {
  if (cpus === null && cpuQuota(current) === null) return {};
  // The engine refuses NanoCpus beside a quota, which `--cpu-quota` has set.
  if (positive(current["CpuQuota"]) !== null || positive(current["CpuPeriod"]) !== null) {
    const period = positive(current["CpuPeriod"]) ?? PERIOD_US;
    return { CpuPeriod: period, CpuQuota: cpus === null ? -1 : Math.round(cpus * period) };
  }
  const cores = cpus ?? host.cpus;
  return cores === null ? {} : { NanoCpus: Math.round(cores * NANO) };
}

/** The swap stays the same: `MemorySwap` is the sum of both, so it changes with the memory. */
function memoryUpdate(bytes: number | null, current: Fields, host: HostResources): Fields {
  const before = positive(current["Memory"]);
  const memory = bytes ?? host.memoryBytes;
  if (memory === null || bytes === null && before === null) return {};
  const both = positive(current["MemorySwap"]);
  const swap = both === null || before === null ? undefined : Math.max(0, both - before);
  return { Memory: memory, MemorySwap: swap === undefined ? UNLIMITED : memory + swap };
}

function toPolicy(text: string | null): Fields {
  const [name = "no", count] = (text ?? "no").split(":");
  return { Name: name, MaximumRetryCount: Number(count ?? 0) };
}

/** Returns the restart policy of a container. */
export function restartPolicyOf(hostConfig: unknown): ContainerDetails["restartPolicy"] {
  const { Name, MaximumRetryCount } = fieldsOf(fieldsOf(hostConfig)["RestartPolicy"]);
  // An empty name is the engine's old spelling of "no".
  const name = textOf(Name);
  return { name: name === "" ? "no" : name ?? null, maximumRetryCount: wholeNumber(MaximumRetryCount) };
}
