/** Notes when DockStat runs, reaches its hosts, and collects their samples, which explains gaps in the history. */
import type { KeptSpan, SpanStore } from "../store/history/span_store.ts";

/** State of one host. */
export interface HostPresence {
  readonly hostId: string;
  readonly isUp: boolean;
  /** Interval at which its samples are collected, ms; `undefined` while none are. */
  readonly intervalMs: number | undefined;
}

/** Time between two notes after which DockStat did not run in between, such as on a machine that was suspended, ms. */
const LONGEST_PAUSE_MS = 30_000;

/** A span that continues. */
interface OpenSpan {
  readonly id: number;
  readonly intervalMs: number;
  untilMs: number;
}

/** The spans of this run. */
export class Presence {
  readonly #open = new Map<string, OpenSpan>();

  constructor(readonly store: SpanStore) {}

  /** Continues the spans of what is so now, and ends the others; `now` is epoch ms. */
  note(hosts: readonly HostPresence[], now: number): void {
    const present = new Set([this.#continue({ kind: "run", hostId: "", intervalMs: 0 }, now)]);
    for (const { hostId, isUp, intervalMs } of hosts) {
      if (isUp) present.add(this.#continue({ kind: "up", hostId, intervalMs: 0 }, now));
      if (isUp && intervalMs !== undefined) {
        present.add(this.#continue({ kind: "collect", hostId, intervalMs }, now));
      }
    }
    for (const key of [...this.#open.keys()]) if (!present.has(key)) this.#open.delete(key);
  }

  #continue(facts: Pick<KeptSpan, "kind" | "hostId" | "intervalMs">, now: number): string {
    const key = `${facts.kind} ${facts.hostId}`;
    const open = this.#open.get(key);
    const continues = open !== undefined && open.intervalMs === facts.intervalMs && now >= open.untilMs &&
      now - open.untilMs <= LONGEST_PAUSE_MS;
    if (continues) {
      this.store.extend(open.id, now);
      open.untilMs = now;
    } else {
      // A change of the interval leaves no gap.
      const isAfter = open !== undefined && now >= open.untilMs && now - open.untilMs <= LONGEST_PAUSE_MS;
      const id = this.store.add({ ...facts, sinceMs: isAfter ? open.untilMs : now, untilMs: now });
      this.#open.set(key, { id, intervalMs: facts.intervalMs, untilMs: now });
    }
    return key;
  }
}
