/** Pure: events that the charts mark. */
import type { TimelineEvent } from "../../../../../../../server/protocol/past/timeline.ts";
import { MARK_LABELS } from "./labels_charts.ts";

/** Meanings of a mark. */
export type MarkTone = "bad" | "deploy" | "plain";

/** An event on the time axis. */
export interface Mark {
  readonly id: number;
  /** Epoch s. */
  readonly time: number;
  readonly tone: MarkTone;
  /** Such as "restart", for the chart. */
  readonly label: string;
  /** A sentence for the list. */
  readonly text: string;
}

/** Exit codes of 0 and of containers that were stopped. */
const FINE: ReadonlySet<number> = new Set([0, 130, 137, 143]);
/** Largest number of marks; the newest remain. */
const MAX_MARKS = 500;

/** Returns the marks of events, oldest first, each once. */
export function marksOf(events: readonly TimelineEvent[]): readonly Mark[] {
  const marks = new Map<number, Mark>();
  for (const event of events) {
    const mark = markOf(event);
    if (mark !== undefined) marks.set(event.id, mark);
  }
  return [...marks.values()].sort((one, other) => one.time - other.time).slice(-MAX_MARKS);
}

function markOf(event: TimelineEvent): Mark | undefined {
  const look = lookOf(event);
  if (look === undefined) return undefined;
  const [tone, label, text] = look;
  return { id: event.id, time: Date.parse(event.timestamp) / 1000, tone, label, text };
}

function lookOf(
  { kind, exitCode, state, name, action }: TimelineEvent,
): readonly [MarkTone, string, string] | undefined {
  switch (kind) {
    case "oom":
      return ["bad", MARK_LABELS.memory, MARK_LABELS.memoryText];
    case "restart":
      return ["plain", MARK_LABELS.restart, MARK_LABELS.restartText];
    case "start":
      return ["plain", MARK_LABELS.start, MARK_LABELS.startText];
    case "exit":
      return [
        exitCode === null || FINE.has(exitCode) ? "plain" : "bad",
        MARK_LABELS.exit(exitCode),
        MARK_LABELS.exitText(exitCode),
      ];
    case "deploy":
      return [
        state === "failed" ? "bad" : "deploy",
        MARK_LABELS.deploy,
        MARK_LABELS.deployText(action, name, state),
      ];
    case "limits":
      return ["plain", MARK_LABELS.limits, MARK_LABELS.limitsText];
    default:
      return undefined;
  }
}
