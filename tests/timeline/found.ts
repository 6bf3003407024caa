/** A timeline of one host that records in memory, with a clock of the test. */
import type { KnownContainer, KnownHost } from "../../server/store/past/event_store.ts";
import type { FoundEvent } from "../../server/timeline/found_event.ts";
import { HostTimeline } from "../../server/timeline/host_timeline.ts";
import { idOf } from "../fakes/container.ts";

/** Start of the clock, epoch ms. */
export const START = Date.UTC(2026, 0, 1);

/** A timeline with its records. */
export class FoundTimeline {
  /** Recorded events. */
  readonly events: FoundEvent[] = [];
  /** Codes that were added to ends: second and code. */
  readonly completed: (readonly [second: number, exitCode: number])[] = [];
  /** Stored facts of containers. */
  readonly known = new Map<string, KnownContainer>();
  /** Stored state of the host. */
  host: KnownHost | undefined;
  /** Time of the clock, epoch ms. */
  now = START;
  /** Timeline since the last restart. */
  timeline!: HostTimeline;

  constructor() {
    this.restart();
  }

  /** Continues with the stored state, as DockStat does after a restart. */
  restart(): void {
    const records = {
      record: (event: FoundEvent) => void this.events.push(event),
      know: (id: string, facts: KnownContainer | null) => {
        if (facts === null) this.known.delete(id);
        else this.known.set(id, facts);
      },
      knowHost: (state: KnownHost) => void (this.host = state),
      completeExit: (_id: string, at: number, exitCode: number) =>
        void this.completed.push([(at - START) / 1000, exitCode]),
    };
    this.timeline = new HostTimeline(records, new Map(this.known), this.host, () => this.now);
  }

  /** Takes an event of the container "web" at a second of the clock, or without a time. */
  event(action: string, second?: number, more: object = {}): void {
    const at = second === undefined ? {} : { at: START + second * 1000 };
    this.timeline.event({ id: idOf("web"), action, name: "web", ...at, ...more }, 0);
  }

  /** Returns the events since the last call, as kind and second. */
  take(): string[] {
    return this.events.splice(0).map(({ kind, at, exitCode, state, late, count = 1 }) =>
      [kind, (at - START) / 1000, exitCode, state, late ? "late" : null, count > 1 ? `×${count}` : null]
        .filter((part) => part !== null)
        .join(" ")
    );
  }
}
