/** `GET /report`: what restarted, failed, grew, or ran out of something. */
import { pause } from "../duration.ts";
import { AppError } from "../errors.ts";
import { curveRows } from "../history/curve_rows.ts";
import type { RecordedHistory } from "../history/recorded_history.ts";
import { jsonResponse } from "../http/problem.ts";
import { parseOptions } from "../http/query.ts";
import type { Handler } from "../http/router.ts";
import type { Finding, Report } from "../protocol/past/report.ts";
import { HIDDEN } from "../stacks/public_view.ts";
import { createReport } from "../timeline/report.ts";
import type { NamedCurve } from "../timeline/report_curves.ts";
import { hostOption, moment } from "./filters.ts";
import { type HistoryServices, LONGEST_HISTORY_MS } from "./history.ts";

/** Time span unless `since` is given, ms. */
const SPAN_MS = 12 * 3_600_000;
/** Largest number of events that a report covers; the newest. */
const MOST_EVENTS = 5000;
/** Largest number of rows of each curve. */
const POINTS = 100;

const NEVER = new AbortController().signal;

/** Returns the handler of `GET /report`. */
export function getReport({ feed, timeline, recorded }: HistoryServices): Handler {
  return async ({ url, trusted }) => {
    const query = parseOptions(url.searchParams, {
      host: hostOption(feed.hostIds),
      since: moment,
      until: moment,
    });
    const now = Date.now();
    const untilMs = Math.min(query.until[0] ?? now, now);
    const sinceMs = Math.max(query.since[0] ?? untilMs - SPAN_MS, now - LONGEST_HISTORY_MS);
    if (sinceMs >= untilMs) {
      throw new AppError(
        "malformed",
        'Cannot read the query: option "since": expected a time before "until" and before now',
      );
    }
    timeline.flush();
    const hosts = query.host;
    const filter = { hosts, since: sinceMs, until: untilMs };
    const events = timeline.parts.events.page(filter, MOST_EVENTS);
    const curves = trusted
      ? await curvesOf(recorded, hosts, { sinceMs, untilMs, points: POINTS })
      : undefined;
    const report = createReport({ sinceMs, untilMs, events, curves });
    return jsonResponse(trusted ? report : withoutMessages(report));
  };
}

async function curvesOf(
  recorded: RecordedHistory,
  hosts: readonly string[],
  request: Parameters<RecordedHistory["read"]>[1],
): Promise<NamedCurve[]> {
  const curves: NamedCurve[] = [];
  for (const series of [...recorded.series()]) {
    const { kind, hostId, name, project, service } = series;
    if (hosts.length > 0 && !hosts.includes(hostId)) continue;
    curves.push({ kind, hostId, name, project, service, ...curveRows(kind, recorded.read(series, request)) });
    // Viewers are served between two curves.
    await pause(0, NEVER);
  }
  return curves;
}

function withoutMessages(report: Report): Report {
  const hidden = (findings: readonly Finding[]) =>
    findings.map((finding) => ({ ...finding, message: finding.message === null ? null : HIDDEN }));
  return {
    ...report,
    restarted: hidden(report.restarted),
    failed: hidden(report.failed),
    ranOut: hidden(report.ranOut),
  };
}
