/** Pure: events and curves of a time span → what restarted, failed, grew, or ran out of something. */
import type { Finding, FindingKind, Report } from "../protocol/past/report.ts";
import type { TimelineEvent } from "../protocol/past/timeline.ts";
import { curveFindings, type NamedCurve } from "./report_curves.ts";

/** Sources of a report. Times are epoch ms. */
export interface ReportSources {
  readonly sinceMs: number;
  readonly untilMs: number;
  /** Events of the time span, oldest first. */
  readonly events: readonly TimelineEvent[];
  /** Curves of the time span; `undefined` for clients that may not read them. */
  readonly curves: readonly NamedCurve[] | undefined;
}

/** Exit codes of containers that a signal ended, as a stop does: SIGINT, SIGKILL, SIGTERM. */
const STOPPED: ReadonlySet<number> = new Set([130, 137, 143]);

/** Creates the report. */
export function createReport({ sinceMs, untilMs, events, curves }: ReportSources): Report {
  const of = (kind: FindingKind) => events.filter((event) => kindOf(event) === kind);
  const { grew, ranOut } = curveFindings(curves ?? [], untilMs - sinceMs);
  return {
    since: new Date(sinceMs).toISOString(),
    until: new Date(untilMs).toISOString(),
    restarted: grouped("restart", of("restart")),
    failed: [
      ...grouped("outage", of("outage")).map((finding) => ({
        ...finding,
        durationMs: downMs(events, finding.hostId, untilMs),
      })),
      ...(["exit", "unhealthy", "operation"] as const).flatMap((kind) => grouped(kind, of(kind))),
    ],
    grew,
    ranOut: [...grouped("oom", of("oom")), ...ranOut],
    complete: curves !== undefined,
  };
}

/** Returns the kind of finding that an event belongs to; `undefined` for what is in order. */
function kindOf({ kind, exitCode, state }: TimelineEvent): FindingKind | undefined {
  if (kind === "restart" || kind === "oom" || kind === "outage") return kind;
  if (kind === "exit") {
    return exitCode === null || exitCode === 0 || STOPPED.has(exitCode) ? undefined : "exit";
  }
  if (kind === "health") return state === "unhealthy" ? "unhealthy" : undefined;
  const isOperation = kind === "deploy" || kind === "operation";
  return isOperation && (state === "failed" || state === "interrupted") ? "operation" : undefined;
}

/** Joins the events about one container or host, or of one action on a target. */
function grouped(kind: FindingKind, events: readonly TimelineEvent[]): Finding[] {
  const groups = Map.groupBy(
    events,
    ({ hostId, project, name, action }) => JSON.stringify([hostId, project, name, action]),
  );
  return [...groups.values()].map((group) => {
    const [first, last] = [group[0]!, group.at(-1)!];
    const { hostId, name, project, service, exitCode, action, message } = last;
    return {
      ...{ kind, hostId, name, project, service, exitCode, action, message },
      count: group.reduce((sum, { count }) => sum + count, 0),
      first: first.timestamp,
      last: last.timestamp,
      ...{ durationMs: null, from: null, to: null },
    };
  });
}

/** Returns the time for which a host could not be read, ms. */
function downMs(events: readonly TimelineEvent[], hostId: string, untilMs: number): number {
  let since: number | undefined;
  let sum = 0;
  for (const { kind, timestamp } of events.filter((event) => event.hostId === hostId)) {
    const at = Date.parse(timestamp);
    if (kind === "outage") since ??= at;
    if (kind !== "return" || since === undefined) continue;
    sum += at - since;
    since = undefined;
  }
  return Math.max(0, Math.round(since === undefined ? sum : sum + untilMs - since));
}
