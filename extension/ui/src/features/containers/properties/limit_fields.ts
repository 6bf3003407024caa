/** Pure: fields of the dialog that changes limits. */
import type { ContainerLimits, LimitChange } from "../../../../../../server/protocol/containers.ts";

/** Texts of the fields; empty for no limit. */
export interface LimitFields {
  /** Cores. */
  readonly cpus: string;
  /** MiB. */
  readonly memory: string;
  readonly policy: string;
}

/** Restart policies that the dialog offers. */
export const POLICIES: readonly string[] = ["no", "always", "unless-stopped", "on-failure"];

const MIB = 1024 ** 2;
/** Smallest limits that engines accept, in cores and MiB. */
const [MIN_CPUS, MIN_MEMORY] = [0.01, 6];

/** Returns the fields for the current limits. */
export function fieldsFor({ cpus, memoryBytes }: ContainerLimits, policy: string): LimitFields {
  const memory = memoryBytes === null ? "" : String(Math.round(memoryBytes / MIB * 100) / 100);
  return { cpus: cpus === null ? "" : String(cpus), memory, policy };
}

/** Returns the names of the fields whose text cannot be used. */
export function invalidFields({ cpus, memory }: LimitFields): ReadonlySet<"cpus" | "memory"> {
  const invalid = new Set<"cpus" | "memory">();
  if (!isAtLeast(cpus, MIN_CPUS)) invalid.add("cpus");
  if (!isAtLeast(memory, MIN_MEMORY)) invalid.add("memory");
  return invalid;
}

/** Returns the fields that differ, as a change. */
export function toChange(before: LimitFields, after: LimitFields): LimitChange {
  return {
    ...before.cpus === after.cpus ? {} : { cpus: numberOf(after.cpus) },
    ...before.memory === after.memory ? {} : { memoryBytes: bytesOf(after.memory) },
    ...before.policy === after.policy ? {} : { restartPolicy: after.policy },
  };
}

function isAtLeast(text: string, least: number): boolean {
  const value = numberOf(text);
  return value === null || Number.isFinite(value) && value >= least;
}

/** Reads a number with a decimal point or comma; `null` for an empty text. */
function numberOf(text: string): number | null {
  const trimmed = text.trim().replace(",", ".");
  return trimmed === "" ? null : Number(trimmed);
}

function bytesOf(text: string): number | null {
  const mebibytes = numberOf(text);
  return mebibytes === null ? null : Math.round(mebibytes * MIB);
}
