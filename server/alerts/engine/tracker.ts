/**
 * Hold times of conditions: a condition fires once it has held for a time, and is over once it has been absent for a
 * time. So an unstable object has one alert.
 */
import { parseDuration } from "../../duration.ts";
import type { Metric, Rule } from "../../protocol/alerts/rule.ts";
import { alertKey, type Subject } from "./subject.ts";

/** Facts about a condition that holds. */
export interface Facts {
  readonly reason: string;
  readonly value?: number | undefined;
  readonly limit?: number | undefined;
  readonly unit?: string | undefined;
  readonly metric?: Metric | undefined;
  readonly memoryTotalBytes?: number | undefined;
  /** The matching line of a log. */
  readonly line?: string | undefined;
  /** Matches or restarts that this call adds. */
  readonly count?: number | undefined;
}

/** A condition that holds, or has held. */
export interface Tracked {
  readonly key: string;
  rule: Rule;
  subject: Subject;
  facts: Facts;
  phase: "pending" | "firing" | "recovering" | "unknown";
  /** Begin of the phase, by the monotonic clock. */
  since: number;
  /** Begin of the condition, epoch ms. */
  readonly began: number;
  count: number;
  /** Newest counted events, as many as the rule needs, by the monotonic clock. */
  times: number[];
  /** Returns of the condition while its alert was firing. */
  flips: number;
  /** End of a condition that an event has shown, by the monotonic clock; `undefined` for one that lasts. */
  until: number | undefined;
  /** Newest time of a number that shows the condition, by the monotonic clock; `undefined` for other kinds. */
  heard: number | undefined;
}

/** Clocks, replaced in tests and in the demo's past. */
export interface AlertClock {
  /** Monotonic, ms. */
  readonly mono: () => number;
  /** Epoch ms. */
  readonly wall: () => number;
}

/** Reactions to alerts. */
export interface TrackerEvents {
  fired(tracked: Tracked): void;
  /** The same alert has new facts. */
  changed(tracked: Tracked): void;
  recovered(tracked: Tracked, why: string): void;
  /** The host of the object cannot be read, or can be read again. */
  unknown(tracked: Tracked, isUnknown: boolean): void;
  /** Reports whether an operation is changing the object, in which case the rule waits. */
  held(subject: Subject): boolean;
}

/** Shortest time for which a condition must be over, ms. */
const SHORTEST_RECOVERY_MS = 60_000;
/** Longest one, ms; it doubles with each return of the condition. */
const LONGEST_RECOVERY_MS = 3_600_000;
/** Hold of a failed container, ms: an engine reports a requested stop a little after the end. */
const FAILED_MS = 500;
/** A number counts as current for this time, ms. */
const CURRENT_MS = 15_000;
/** Most conditions at a time. */
const MOST = 20_000;

/** The conditions that hold. */
export class Tracker {
  readonly #tracked = new Map<string, Tracked>();

  constructor(readonly events: TrackerEvents, readonly clock: AlertClock) {}

  /** Number of conditions that hold. */
  get size(): number {
    return this.#tracked.size;
  }

  /** Continues an alert of an earlier run; its condition has to be seen again. */
  restore(rule: Rule, subject: Subject, facts: Facts, began: number, count: number): Tracked {
    const key = alertKey(rule.id, subject);
    const since = this.clock.mono();
    const tracked: Tracked = {
      ...{ key, rule, subject, facts, phase: "unknown", since, began, count, flips: 0, times: [] },
      ...{ until: undefined, heard: undefined },
    };
    this.#tracked.set(key, tracked);
    return tracked;
  }

  /** Takes a condition that holds now; one that an event shows ends after `lastsMs`. */
  hold(rule: Rule, subject: Subject, facts: Facts, lastsMs?: number): void {
    const key = alertKey(rule.id, subject);
    const known = this.#tracked.get(key);
    if (known === undefined) return this.#begin(key, rule, subject, facts, lastsMs);
    const now = this.clock.mono();
    known.until = lastsMs === undefined ? undefined : now + lastsMs;
    known.count += facts.count ?? 0;
    note(known, facts, now);
    if (known.phase === "recovering") known.flips++;
    known.facts = { ...facts, line: known.facts.line ?? facts.line };
    if (known.phase === "unknown") this.events.unknown(known, false);
    if (known.phase === "recovering" || known.phase === "unknown") this.#enter(known, "firing");
    if (known.phase === "firing") this.events.changed(known);
    else if (isReached(known)) this.#fireIfDue(known, now);
  }

  /** Notes that a number still shows a condition. */
  heard(key: string, value: number): void {
    const known = this.#tracked.get(key);
    if (known === undefined) return;
    known.heard = this.clock.mono();
    known.facts = { ...known.facts, value };
  }

  /** Takes a condition that does not hold now. */
  release(ruleId: string, subject: Subject): void {
    const known = this.#tracked.get(alertKey(ruleId, subject));
    if (known === undefined || known.until !== undefined) return;
    this.#release(known);
  }

  /** Ends a condition at once, because its object or its rule is gone. */
  end(tracked: Tracked, why: string): void {
    this.#tracked.delete(tracked.key);
    if (tracked.phase !== "pending") this.events.recovered(tracked, why);
  }

  /** Returns the conditions that match. */
  find(wanted: (tracked: Tracked) => boolean): Tracked[] {
    return [...this.#tracked.values()].filter(wanted);
  }

  /** Suspends the conditions that match, whose objects cannot be seen. */
  suspend(wanted: (tracked: Tracked) => boolean): void {
    for (const tracked of this.find(wanted)) {
      if (tracked.phase === "pending") this.#tracked.delete(tracked.key);
      else if (tracked.phase !== "unknown") {
        this.#enter(tracked, "unknown");
        this.events.unknown(tracked, true);
      }
    }
  }

  /** Takes the conditions that match and that nothing has shown since their objects can be seen again. */
  settle(wanted: (tracked: Tracked) => boolean): void {
    for (const tracked of this.find((one) => one.phase === "unknown" && wanted(one))) {
      this.events.unknown(tracked, false);
      this.#enter(tracked, "recovering");
    }
  }

  /** Fires and ends what is due. */
  tick(): void {
    const now = this.clock.mono();
    for (const tracked of this.#tracked.values()) {
      if (tracked.until !== undefined && now >= tracked.until && tracked.phase !== "unknown") {
        tracked.until = undefined;
        this.#release(tracked);
      }
      if (tracked.phase === "pending" && isReached(tracked)) this.#fireIfDue(tracked, now);
      else if (tracked.phase === "recovering" && now - tracked.since >= recoveryMs(tracked)) {
        this.#tracked.delete(tracked.key);
        this.events.recovered(tracked, "");
      }
    }
  }

  #begin(key: string, rule: Rule, subject: Subject, facts: Facts, lastsMs: number | undefined): void {
    if (this.#tracked.size >= MOST) return;
    const now = this.clock.mono();
    const tracked: Tracked = {
      ...{ key, rule, subject, facts, phase: "pending", since: now, began: this.clock.wall() },
      ...{ flips: 0, times: [] },
      count: facts.count ?? 1,
      until: lastsMs === undefined ? undefined : now + lastsMs,
      heard: rule.when.kind === "threshold" ? now : undefined,
    };
    note(tracked, facts, now);
    this.#tracked.set(key, tracked);
    if (isReached(tracked)) this.#fireIfDue(tracked, now);
  }

  #fireIfDue(tracked: Tracked, now: number): void {
    const isSilent = tracked.heard !== undefined && now - tracked.heard > CURRENT_MS;
    // A running operation explains the condition, and numbers that stopped coming do not show it.
    if (isSilent || this.events.held(tracked.subject)) {
      tracked.since = now;
      return;
    }
    if (now - tracked.since < holdMs(tracked.rule)) return;
    this.#enter(tracked, "firing");
    this.events.fired(tracked);
  }

  #release(tracked: Tracked): void {
    if (tracked.phase === "pending") this.#tracked.delete(tracked.key);
    else if (tracked.phase === "firing") this.#enter(tracked, "recovering");
    else if (tracked.phase === "unknown") {
      this.events.unknown(tracked, false);
      this.#enter(tracked, "recovering");
    }
  }

  #enter(tracked: Tracked, phase: Tracked["phase"]): void {
    tracked.phase = phase;
    tracked.since = this.clock.mono();
  }
}

/** Returns the number of events that fire a rule, and the time in which they are counted, ms. */
export function rateOf({ when }: Rule): { readonly count: number; readonly withinMs: number } {
  if (when.kind === "log") return { count: when.count ?? 1, withinMs: parseDuration(when.within ?? "1m")! };
  if (when.kind === "state" && when.state === "restart-loop") {
    return { count: when.count ?? 3, withinMs: parseDuration(when.within ?? "10m")! };
  }
  return { count: 1, withinMs: 0 };
}

/** Notes the time of events that are counted. */
function note({ rule, times }: Tracked, facts: Facts, now: number): void {
  const { count } = rateOf(rule);
  for (let added = Math.min(facts.count ?? 1, count); added > 0; added--) times.push(now);
  times.splice(0, Math.max(0, times.length - count));
}

/** Reports whether enough events have happened within the time of the rule. */
function isReached({ rule, times }: Tracked): boolean {
  const { count, withinMs } = rateOf(rule);
  return count === 1 || times.length === count && times.at(-1)! - times[0]! <= withinMs;
}

/** Returns the time for which a condition must hold before its alert, ms. */
export function holdMs({ for: text, when }: Rule): number {
  const least = when.kind === "state" && when.state === "failed" ? FAILED_MS : 0;
  return Math.max(parseDuration(text) ?? 0, least);
}

function recoveryMs({ rule, flips }: Tracked): number {
  const least = Math.max(parseDuration(rule.for) ?? 0, SHORTEST_RECOVERY_MS);
  return Math.max(least, Math.min(least * 2 ** Math.min(flips, 10), LONGEST_RECOVERY_MS));
}
