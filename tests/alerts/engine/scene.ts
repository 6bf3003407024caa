import type { Subject } from "../../../server/alerts/engine/subject.ts";
import type { Tracked } from "../../../server/alerts/engine/tracked.ts";
import { Tracker } from "../../../server/alerts/engine/tracker.ts";
import { Watch } from "../../../server/alerts/engine/watch.ts";
import type { Rule } from "../../../server/protocol/alerts/rule.ts";
import { StoppedClock } from "../rules.ts";

/** A watch whose alerts are recorded, with clocks that only a test moves. */
export class AlertScene {
  /** Its clocks. */
  readonly clock = new StoppedClock();
  /** Alerts in short, such as "fired web: The container exited with code 1". */
  readonly calls: string[] = [];
  /** Reports whether an operation changes an object. */
  held: (subject: Subject) => boolean = () => false;
  /** True while any operation is under way. */
  busy = true;
  /** Hold times. */
  readonly tracker = new Tracker({
    fired: (one) => this.#note("fired", one, one.facts.reason),
    changed: () => {},
    recovered: (one, why) => this.#note("recovered", one, why),
    unknown: (one, isUnknown) => this.#note(isUnknown ? "unknown" : "known", one, ""),
    /** Reports whether an operation changes an object. */
    held: (subject) => this.held(subject),
    busy: () => this.busy,
  }, this.clock);
  /** Rules about states and numbers. */
  readonly watch = new Watch(this.tracker, this.clock.wall());

  constructor(...rules: Rule[]) {
    this.watch.use(rules);
    this.watch.up("nas", [], 0);
  }

  /** Moves the clocks by steps of a second at most, as the server's timer does. */
  advance(ms: number): void {
    for (let left = ms; left > 0; left -= 1000) {
      this.clock.advance(Math.min(left, 1000));
      this.tracker.tick();
    }
  }

  #note(what: string, { subject }: Tracked, text: string): void {
    this.calls.push(`${what} ${subject.name}${text && `: ${text}`}`);
  }
}
