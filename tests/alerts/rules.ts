import type { AlertClock } from "../../server/alerts/engine/tracker.ts";
import type { Rule } from "../../server/protocol/alerts/rule.ts";

/** Creates a rule about failed containers, changed as a test needs. */
export function fakeRule(changes: Partial<Rule> = {}): Rule {
  return {
    id: "rule",
    name: "A rule",
    when: { kind: "state", state: "failed" },
    for: "0s",
    match: {},
    deliver: [],
    quiet: null,
    enabled: true,
    repeat: null,
    heal: null,
    source: "stored",
    problem: null,
    ...changes,
  };
}

/** Clocks that only a test moves. */
export class StoppedClock implements AlertClock {
  #ms = 0;

  /** @param start Epoch ms at the beginning. */
  constructor(readonly start: number = Date.UTC(2026, 5, 1)) {}

  readonly mono = (): number => this.#ms;
  readonly wall = (): number => this.start + this.#ms;

  /** Moves both clocks. */
  advance(ms: number): void {
    this.#ms += ms;
  }
}
