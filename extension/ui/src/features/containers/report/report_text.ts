/** Pure: findings of the report in words. */
import type { Finding, FindingKind, Report } from "../../../../../../server/protocol/past/report.ts";
import { formatShare, formatSpan } from "../../../lib/format.ts";
import { describeExit } from "../attention/exit_meaning.ts";

/** Sections of a report, worst first. */
export const SECTIONS = ["ranOut", "failed", "restarted", "grew"] as const;

type Section = typeof SECTIONS[number];

/** Number of parts of a summary. */
const MOST_PARTS = 3;

/** Nouns of the kinds of findings, singular and plural, by section, worst first. */
const NOUNS: readonly (readonly [Section, FindingKind, string, string])[] = [
  ["ranOut", "oom", "OOM kill", "OOM kills"],
  ["failed", "outage", "host outage", "host outages"],
  ["ranOut", "disk", "full disk", "full disks"],
  ["failed", "operation", "failed operation", "failed operations"],
  ["failed", "unhealthy", "failed health check", "failed health checks"],
  ["failed", "exit", "crash", "crashes"],
  ["restarted", "restart", "restart", "restarts"],
  ["ranOut", "memory", "memory shortage", "memory shortages"],
  ["grew", "memory", "case of growing memory", "cases of growing memory"],
  ["grew", "disk", "growing disk", "growing disks"],
];

/** Kinds that count samples, not occurrences. */
const SAMPLED: ReadonlySet<FindingKind> = new Set(["memory", "disk"]);

/** Returns the worst findings, such as "1 OOM kill, 2 restarts"; `undefined` without any. */
export function summaryOf(report: Report): string | undefined {
  const parts = NOUNS.flatMap(([section, kind, one, many]) => {
    const found = report[section].filter((finding) => finding.kind === kind);
    const count = SAMPLED.has(kind) ? found.length : found.reduce((sum, finding) => sum + finding.count, 0);
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return parts.length === 0 ? undefined : parts.slice(0, MOST_PARTS).join(", ");
}

/** Returns a finding as it follows the name, such as "exit 1, 12 times". */
export function describeFinding(
  { kind, count, exitCode, action, durationMs, from, to }: Finding,
): string {
  const times = (text: string, mark = ",") => count === 1 ? text : `${text}${mark} ${count} times`;
  switch (kind) {
    case "restart":
      return times("restarted", "");
    case "exit":
      return times(describeExit({ exitCode, oomKilled: false }));
    case "unhealthy":
      return times("unhealthy");
    case "operation":
      return times(`${action ?? "operation"} failed`);
    case "outage":
      return times(`not reachable for ${formatSpan(durationMs ?? 0)}`);
    case "oom":
      return times("killed for lack of memory");
    case "memory":
    case "disk":
      return from === null
        ? `${kind} ${formatShare(to ?? 0)} full`
        : `${kind} from ${formatShare(from)} to ${formatShare(to ?? 0)}`;
  }
}
