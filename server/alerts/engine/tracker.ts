/**
 * Hold times of conditions: a condition fires once it has held for a time, and is over once it has been absent for a
 * time. So an unstable object has one alert.
 */
import type { Rule } from "../../protocol/alerts/rule.ts";
import { getLogger } from "../../log/log.ts";
import {
  dueAt,
  type Facts,
  firesAt,
  isReached,
  isSilent,
  note,
  type Reading,
  type Tracked,
} from "./tracked.ts";
import { alertKey, type Subject } from "./subject.ts";
import { runChecked } from "./checked.ts";
import type { TrackerEvents } from "./tracker_events.ts";

/** Clocks, replaced in tests and in the demo's past. */
export interface AlertClock {
  /** Monotonic, ms. */
  readonly mono: () => number;
  /** Epoch ms. */
  readonly wall: () => number;
}

/** Options of {@linkcode Tracker.hold}. */
export interface HoldOptions {
  /** The condition ends after this time, ms; it lasts if missing. */
  readonly lastsMs?: number;
  /** The number that shows the condition. */
  readonly reading?: Reading;
}

/** Most conditions at a time. */
const MOST = 20_000;
/** Interval at which operations hold back conditions, ms. */
const HELD_MS = 500;
/** Interval at which ignored conditions are logged, ms. */
const REPORT_MS = 3_600_000;

const log = getLogger(["dockstat", "alerts"]);

/** The conditions that hold. */
export class Tracker {
  readonly #tracked = new Map<string, Tracked>();
  /** Called when a phase ends before all others. */
  onSooner: () => void = () => {};
  /** No phase ends before this time, by the monotonic clock. */
  #nextAt = Infinity;
  /** True while an operation holds conditions back. */
  #holdsBack = false;
  #heldAt = -Infinity;
  #reportedAt = -Infinity;

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
      ...{ until: undefined, reading: undefined, waits: false, retryAt: -Infinity },
    };
    this.#tracked.set(key, tracked);
    return tracked;
  }

  /** Takes a condition that holds now. */
  hold(rule: Rule, subject: Subject, facts: Facts, options: HoldOptions = {}): void {
    const key = alertKey(rule.id, subject);
    const known = this.#tracked.get(key);
    if (known === undefined) return this.#begin(key, rule, subject, facts, options);
    const now = this.clock.mono();
    known.until = untilOf(options, now);
    known.reading = options.reading;
    known.count += facts.count ?? 0;
    note(known, facts, now);
    if (known.phase === "recovering") known.flips++;
    known.facts = { ...facts, line: known.facts.line ?? facts.line };
    if (known.phase === "unknown") this.events.unknown(known, false);
    if (known.phase === "recovering" || known.phase === "unknown") this.#enter(known, "firing");
    if (known.phase === "firing") this.events.changed(known);
    else if (isReached(known)) runChecked(known, now, () => this.#fireIfDue(known, now));
    this.#soon(known);
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

  /** Replaces the rule of a condition by one with the same condition, and perhaps with other times. */
  useRule(tracked: Tracked, rule: Rule): void {
    tracked.rule = rule;
    this.#soon(tracked);
  }

  /** Returns the newest value of the number that shows an alert; `undefined` without a current one. */
  newest(key: string): number | undefined {
    const tracked = this.#tracked.get(key);
    if (tracked === undefined || isSilent(tracked, this.clock.mono())) return undefined;
    return tracked.reading?.value;
  }

  /** Returns the conditions that match. */
  find(wanted: (tracked: Tracked) => boolean): Tracked[] {
    return [...this.#tracked.values().filter(wanted)];
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

  /** Fires and ends what is due; costs little while nothing is. */
  tick(): void {
    const now = this.clock.mono();
    // Conditions that were held back are checked once more after the last operation.
    const isHolding = now - this.#heldAt >= HELD_MS && (this.events.busy() || this.#holdsBack);
    if (now < this.#nextAt && !isHolding) return;
    if (isHolding) {
      this.#heldAt = now;
      this.#holdsBack = false;
    }
    let nextAt = Infinity;
    for (const tracked of this.#tracked.values()) {
      if (isHolding || now >= dueAt(tracked)) runChecked(tracked, now, () => this.#advance(tracked, now));
      if (this.#tracked.has(tracked.key)) nextAt = Math.min(nextAt, dueAt(tracked));
    }
    this.#nextAt = nextAt;
  }

  /** Returns the time until the next hold time is over, ms; negative when it is over. A tick before it changes nothing. */
  dueMs(): number {
    return Math.ceil(this.#nextAt - this.clock.mono());
  }

  #advance(tracked: Tracked, now: number): void {
    if (tracked.until !== undefined && now >= tracked.until && tracked.phase !== "unknown") {
      tracked.until = undefined;
      return this.#release(tracked);
    }
    if (tracked.phase === "pending" && isReached(tracked)) this.#fireIfDue(tracked, now);
    else if (tracked.phase === "recovering" && now >= dueAt(tracked)) {
      this.#tracked.delete(tracked.key);
      this.events.recovered(tracked, "");
    }
  }

  #begin(key: string, rule: Rule, subject: Subject, facts: Facts, options: HoldOptions): void {
    if (!this.#hasRoom()) return;
    const now = this.clock.mono();
    const tracked: Tracked = {
      ...{ key, rule, subject, facts, phase: "pending", since: now, began: this.clock.wall() },
      ...{ flips: 0, times: [], count: facts.count ?? 1, waits: false, retryAt: -Infinity },
      ...{ until: untilOf(options, now), reading: options.reading },
    };
    note(tracked, facts, now);
    this.#tracked.set(key, tracked);
    if (isReached(tracked)) runChecked(tracked, now, () => this.#fireIfDue(tracked, now));
    this.#soon(tracked);
  }

  #hasRoom(): boolean {
    if (this.#tracked.size < MOST) return true;
    const now = this.clock.mono();
    if (now - this.#reportedAt >= REPORT_MS) {
      this.#reportedAt = now;
      log.warn("More than {most} conditions of alert rules hold at the same time. Further ones are ignored", {
        most: MOST,
      });
    }
    return false;
  }

  #fireIfDue(tracked: Tracked, now: number): void {
    // A running operation explains the condition, and numbers that stopped coming do not show it.
    const isHeld = this.events.busy() && this.events.held(tracked.subject);
    this.#holdsBack ||= isHeld;
    tracked.waits = isHeld || isSilent(tracked, now);
    if (tracked.waits) tracked.since = now;
    if (tracked.waits || now < firesAt(tracked)) return;
    const { facts, reading } = tracked;
    if (reading !== undefined) tracked.facts = { ...facts, value: reading.value };
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
    this.#soon(tracked);
  }

  /** Notes when the phase of a condition ends. */
  #soon(tracked: Tracked): void {
    const at = dueAt(tracked);
    if (at >= this.#nextAt) return;
    this.#nextAt = at;
    this.onSooner();
  }
}

function untilOf({ lastsMs }: HoldOptions, now: number): number | undefined {
  return lastsMs === undefined ? undefined : now + lastsMs;
}
