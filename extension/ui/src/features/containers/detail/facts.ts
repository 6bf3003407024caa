import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { formatBytes, formatPercent } from "../../../lib/format.ts";
import { isLive } from "../model/columns.ts";

/** A name and a value. */
export type Fact = readonly [name: string, value: string];

/** What a container is, and what it has used. */
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

function usageOf(message: DetailedStatsMessage): readonly Fact[] {
  const { pids, networkRxBytes, networkTxBytes, blockReadBytes, blockWriteBytes } = message;
  if (!isLive(message)) return [["Memory, processes, traffic", `n/a: it does not run (${message.state})`]];
  return [
    ["Memory", memory(message)],
    ["Processes", pids === null ? "n/a: the engine does not count them" : String(pids)],
    ["Network since its start", pair(networkRxBytes, "in", networkTxBytes, "out")],
    ["Disk since its start", pair(blockReadBytes, "read", blockWriteBytes, "written")],
  ];
}

function memory({ memoryBytes, memoryLimitBytes, memoryUsage }: DetailedStatsMessage): string {
  if (memoryBytes === null || memoryLimitBytes === null || memoryLimitBytes === 0) {
    return "n/a: the engine gives no memory numbers";
  }
  return `${formatBytes(memoryBytes)} of ${formatBytes(memoryLimitBytes)}, ${formatPercent(memoryUsage)}`;
}

function pair(one: number | null, oneWord: string, other: number | null, otherWord: string): string {
  if (one === null && other === null) return "n/a: the engine does not tell";
  const said = (bytes: number | null) => bytes === null ? "n/a" : formatBytes(bytes);
  return `${said(one)} ${oneWord}, ${said(other)} ${otherWord}`;
}
