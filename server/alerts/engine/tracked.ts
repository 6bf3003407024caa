/** Pure: conditions that hold, what they are about, and their times. */
import { parseDuration } from "../../duration.ts";
import type { Metric, Rule } from "../../protocol/alerts/rule.ts";
import type { Subject } from "./subject.ts";

/** Facts about a condition that holds. */
export interface Facts {
  readonly reason: string;
  readonly value?: number | undefined;
  readonly limit?: number | undefined;
  readonly unit?: string | undefined;
  readonly metric?: Metric | undefined;
  /** Memory that corresponds to 100 %, bytes; only for `memoryBytes`. */
  readonly memoryTotalBytes?: number | undefined;
  /** The matching line of a log. */
  readonly line?: string | undefined;
  /** Matches or restarts that this call adds. */
  readonly count?: number | undefined;
}

/** The newest value of a number, which all conditions about it share. */
export interface Reading {
  value: number;
  /** Time of the value, by the monotonic clock. */
  at: number;
  /** Time since which values have come without a gap, by the monotonic clock. */
  since: number;
}

/** A condition that holds, or has held. */
export interface Tracked {
  readonly key: string;
  rule: Rule;
  subject: Subject;
  facts: Facts;
  phase: "pending" | "firing" | "recovering" | "unknown";
  /** Start of the phase, by the monotonic clock. */
  since: number;
  /** Start of the condition, epoch ms. */
  readonly began: number;
  count: number;
  /** Newest counted events, as many as the rule needs, by the monotonic clock. */
  times: number[];
  /** Returns of the condition while its alert was firing. */
  flips: number;
  /** End of a condition that an event has shown, by the monotonic clock; `undefined` for one that lasts. */
  until: number | undefined;
  /** The number that shows the condition; `undefined` for other kinds. */
  reading: Reading | undefined;
  /** True while an operation holds the condition back, or its number is not current. */
  waits: boolean;
  /** Time of the next check after one that has failed, by the monotonic clock. */
  retryAt: number;
}

/** Shortest time for which a condition must be over, ms. */
const SHORTEST_RECOVERY_MS = 60_000;
/** Longest one, ms; it doubles with each return of the condition. */
const LONGEST_RECOVERY_MS = 3_600_000;
/** Hold of a failed container, ms: an engine reports a requested stop a little after the end. */
const FAILED_MS = 500;
/** A number counts as current for this time, ms. */
const CURRENT_MS = 15_000;

/** Times of a rule, which are parsed once. */
interface RuleTimes {
  /** Time for which the condition must hold before its alert, ms. */
  readonly holdMs: number;
  /** Number of events that fire the rule, and the time in which they are counted, ms. */
  readonly count: number;
  readonly withinMs: number;
}

const times = new WeakMap<Rule, RuleTimes>();

function timesOf(rule: Rule): RuleTimes {
  const known = times.get(rule);
  if (known !== undefined) return known;
  const { for: text, when } = rule;
  const least = when.kind === "state" && when.state === "failed" ? FAILED_MS : 0;
  const parsed = { holdMs: Math.max(parseDuration(text) ?? 0, least), ...parsedRate(rule) };
  times.set(rule, parsed);
  return parsed;
}

function parsedRate({ when }: Rule): Pick<RuleTimes, "count" | "withinMs"> {
  if (when.kind === "log") return { count: when.count ?? 1, withinMs: parseDuration(when.within ?? "1m")! };
  if (when.kind === "state" && when.state === "restart-loop") {
    return { count: when.count ?? 3, withinMs: parseDuration(when.within ?? "10m")! };
  }
  return { count: 1, withinMs: 0 };
}

/** Returns the number of events that fire a rule, and the time in which they are counted, ms. */
export function rateOf(rule: Rule): { readonly count: number; readonly withinMs: number } {
  return timesOf(rule);
}

/** Notes the time of events that are counted. */
export function note({ rule, times }: Tracked, facts: Facts, now: number): void {
  const { count } = timesOf(rule);
  for (let added = Math.min(facts.count ?? 1, count); added > 0; added--) times.push(now);
  times.splice(0, Math.max(0, times.length - count));
}

/** Reports whether enough events have happened within the time of the rule. */
export function isReached({ rule, times }: Tracked): boolean {
  const { count, withinMs } = timesOf(rule);
  return count === 1 || times.length === count && times.at(-1)! - times[0]! <= withinMs;
}

/** Returns a reading without a value. */
export function emptyReading(): Reading {
  return { value: NaN, at: -Infinity, since: -Infinity };
}

/** Takes a new value. */
export function read(reading: Reading, value: number, now: number): void {
  if (now - reading.at > CURRENT_MS) reading.since = now;
  reading.value = value;
  reading.at = now;
}

/** Reports whether the number of a condition is no longer updated, and so no longer shows it. */
export function isSilent({ reading }: Tracked, now: number): boolean {
  return reading !== undefined && now - reading.at > CURRENT_MS;
}

/** Returns the time at which the phase of a condition ends unless something happens, by the monotonic clock. */
export function dueAt(tracked: Tracked): number {
  return Math.max(tracked.retryAt, phaseEnd(tracked));
}

function phaseEnd(tracked: Tracked): number {
  const { phase, since, until = Infinity } = tracked;
  if (phase === "unknown") return Infinity;
  if (phase === "firing") return until;
  if (phase === "recovering") return since + recoveryMs(tracked);
  // What waits is checked while operations run, and with the next value of its number.
  return isReached(tracked) && !tracked.waits ? Math.min(until, firesAt(tracked)) : until;
}

/** Returns the time at which a condition has held for long enough, by the monotonic clock. */
export function firesAt({ rule, since, reading }: Tracked): number {
  return Math.max(since, reading?.since ?? -Infinity) + timesOf(rule).holdMs;
}

function recoveryMs({ rule, flips }: Tracked): number {
  const least = Math.max(parseDuration(rule.for) ?? 0, SHORTEST_RECOVERY_MS);
  return Math.max(least, Math.min(least * 2 ** Math.min(flips, 10), LONGEST_RECOVERY_MS));
}

/** Returns a filter for the conditions of a container. */
export function isOf(hostId: string, containerId: string): (tracked: Tracked) => boolean {
  return ({ subject }) => subject.hostId === hostId && subject.containerId === containerId;
}

/** Reports whether a condition is that of a host that cannot be read. */
export function isHostDown({ rule: { when } }: Tracked): boolean {
  return when.kind === "state" && when.state === "host-down";
}
