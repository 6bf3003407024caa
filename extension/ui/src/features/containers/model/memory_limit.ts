/** Pure: limits of memory. */
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";

/** Returns true for a container with a limit; engines report the memory of the host for one without. */
export function hasMemoryLimit(
  { memoryLimitBytes }: Pick<DetailedStatsMessage, "memoryLimitBytes">,
  host: Pick<HostReport, "memoryBytes"> | undefined,
): boolean {
  const total = host?.memoryBytes ?? null;
  return memoryLimitBytes !== null && (total === null || memoryLimitBytes < total);
}
