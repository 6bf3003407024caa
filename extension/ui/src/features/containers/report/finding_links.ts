/** Pure: the container of a finding, and the links to its log and charts around that time. */
import type { Finding } from "../../../../../../server/protocol/past/report.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { hrefTo } from "../../../lib/route.ts";
import type { ContainerRow } from "../model/container_row.ts";

/** Time before a finding at which its log opens, ms. */
const LOG_LEAD_MS = 5000;
/** Time around a finding that the charts show, ms. */
const CHART_MARGIN_MS = 300_000;

/** Finds the container of a finding by its name, or else its successor by its service. */
export function containerOf(
  { hostId, name, project, service }: Finding,
  rows: readonly ContainerRow[],
): DetailedStatsMessage | undefined {
  if (name === null) return undefined;
  const onHost = rows.map(({ newest }) => newest).filter((one) => one.hostId === hostId);
  return onHost.find((one) => one.name === name) ??
    onHost.find((one) =>
      project !== null && service !== null && one.project === project && one.service === service
    );
}

/** Returns the link to the log around the last time of a finding. */
export function logHref({ last }: Finding, { hostId, id }: DetailedStatsMessage): string {
  const at = new Date(Date.parse(last) - LOG_LEAD_MS).toISOString();
  return hrefTo("containers", hostId, id, "logs", `${at}_0`);
}

/** Returns the link to the charts around a finding. */
export function chartHref({ first, last }: Finding, { hostId, id }: DetailedStatsMessage): string {
  const span = new URLSearchParams({
    range: "7d",
    from: new Date(Date.parse(first) - CHART_MARGIN_MS).toISOString(),
    to: new Date(Date.parse(last) + CHART_MARGIN_MS).toISOString(),
  });
  return `${hrefTo("containers", hostId, id, "stats")}?${span}`;
}
