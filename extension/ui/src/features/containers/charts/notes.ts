/** Pure: reasons why the charts of a container miss values. */
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { formatTime } from "../../../lib/format.ts";
import { CHART_LABELS } from "./data/labels_charts.ts";
import type { Zoom } from "./data/ranges.ts";
import type { Samples } from "./data/samples.ts";

/** Circumstances of the charts. */
export interface NoteFacts {
  readonly message: Pick<DetailedStatsMessage, "state">;
  readonly host: Pick<HostReport, "hostId" | "state" | "since"> | undefined;
  readonly histories: { readonly loading: boolean; readonly limitation: string | undefined };
  /** The first one is the container of the page. */
  readonly containers: readonly { readonly samples: Samples }[];
  readonly span: Zoom;
}

/** Share of the span without measurements at its beginning that is worth a note. */
const LATE_SHARE = 0.05;

/** Returns the reasons as sentences, the most important first. */
export function notesOf({ message, host, histories, containers, span }: NoteFacts): readonly string[] {
  const { loading, limitation } = histories;
  const first = containers[0]?.samples.mean[0]?.[0];
  const notes = [
    host?.state === "down"
      ? CHART_LABELS.hostDown(host.hostId, formatTime(Date.parse(host.since)))
      : undefined,
    message.state === "running" ? undefined : CHART_LABELS.notRunning(message.state),
    loading ? CHART_LABELS.loading : limitation,
    loading ? undefined : beginning(first, span),
  ];
  return notes.filter((note) => note !== undefined);
}

function beginning(first: number | undefined, { from, to }: Zoom): string | undefined {
  if (first === undefined || first > to) return CHART_LABELS.noValues;
  return first - from > (to - from) * LATE_SHARE ? CHART_LABELS.since(formatTime(first)) : undefined;
}
