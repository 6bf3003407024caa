import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { formatBytes, formatBytesOf, formatPercent } from "../../../lib/format.ts";
import { isLive } from "../model/columns.ts";
import { LABELS, MISSING } from "../model/labels.ts";

const NOT_REPORTED = `${LABELS.notAvailable} (not reported by the engine)`;

/** A name and a value. */
export type Fact = readonly [name: string, value: string];

/** Returns the facts about a container and its usage. */
export function factsOf(message: DetailedStatsMessage): readonly Fact[] {
  const { image, status, health, project, service, hostId, id } = message;
  const part = service === null ? "" : `, service ${service}`;
  return [
    ["Image", image],
    ["Status", status],
    ["Health", health ?? "no health check"],
    ["Compose", project === null ? "no project" : `project ${project}${part}`],
    ["Host", hostId],
    ["Container id", id],
    ...usageOf(message),
  ];
}

/** Returns the present usage of a container. */
export function usageOf(message: DetailedStatsMessage): readonly Fact[] {
  const { pids, networkRxBytes, networkTxBytes, blockReadBytes, blockWriteBytes } = message;
  if (!isLive(message)) return [["Usage", `${LABELS.notAvailable} (${message.state})`]];
  if (message.stale) return [["Usage", `${LABELS.notAvailable} (${MISSING.stale})`]];
  return [
    ["Memory", memory(message)],
    ["Processes and threads", pids === null ? NOT_REPORTED : String(pids)],
    ["Network total", pair(networkRxBytes, "in", networkTxBytes, "out")],
    ["Disk total", pair(blockReadBytes, "read", blockWriteBytes, "written")],
  ];
}

function memory({ memoryBytes, memoryLimitBytes, memoryUsage }: DetailedStatsMessage): string {
  if (memoryUsage === null || memoryBytes === null || memoryLimitBytes === null || memoryLimitBytes === 0) {
    return NOT_REPORTED;
  }
  return `${formatBytesOf(memoryBytes, memoryLimitBytes)}, ${formatPercent(memoryUsage)}`;
}

function pair(one: number | null, oneLabel: string, other: number | null, otherLabel: string): string {
  if (one === null && other === null) return NOT_REPORTED;
  const format = (bytes: number | null) => bytes === null ? LABELS.notAvailable : formatBytes(bytes);
  return `${format(one)} ${oneLabel}, ${format(other)} ${otherLabel}`;
}
