/** Pure: the reasons for gaps between the rows of a curve. */
import type { Gap, GapReason } from "../protocol/past/history.ts";
import type { SeriesKind } from "../store/history/history_store.ts";
import type { KeptSpan, SpanKind } from "../store/history/span_store.ts";

/** Shortest gap, ms: a start takes a few seconds, and spans end with the last note. */
const SHORTEST_MS = 10_000;

/** Largest number of gaps of a curve, the newest. */
const MOST_GAPS = 1000;

/** A curve whose gaps are explained. */
export interface Gapped {
  readonly kind: SeriesKind;
  readonly hostId: string;
  /** Begins of the rows, epoch ms, oldest first. */
  readonly times: readonly number[];
  readonly resolutionMs: number;
}

/** Time span, epoch ms; the end is exclusive. */
interface Span {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** Explains the gaps of curves by the spans of a history. */
export class Gaps {
  readonly #spans = new Map<string, readonly KeptSpan[]>();

  /** @param spans By their begin. */
  constructor(spans: readonly KeptSpan[]) {
    for (const [key, list] of Map.groupBy(spans, ({ kind, hostId }) => `${kind} ${hostId}`)) {
      this.#spans.set(key, joined(list));
    }
  }

  /** Returns the gaps of a curve within a time span, oldest first. */
  of(curve: Gapped, { sinceMs, untilMs }: Span): Gap[] {
    const { times, resolutionMs } = curve;
    const ends = [sinceMs, ...times.map((at) => at + resolutionMs)];
    const gaps = ends.flatMap((from, index) => {
      const to = Math.min(times[index] ?? untilMs, untilMs);
      return to - from < SHORTEST_MS ? [] : this.#explained(curve, Math.max(from, sinceMs), to);
    });
    return gaps.slice(-MOST_GAPS);
  }

  #explained(curve: Gapped, from: number, to: number): Gap[] {
    const pieces: { from: number; to: number; reason: GapReason; least: number }[] = [];
    const edges = [from, ...this.#edges(curve.hostId, from, to), to];
    for (const [index, end] of edges.slice(1).entries()) {
      const begin = edges[index]!;
      const found = this.#reason(curve, (begin + end) / 2);
      const last = pieces.at(-1);
      if (last?.reason === found.reason) last.to = end;
      else pieces.push({ from: begin, to: end, ...found });
    }
    return pieces.filter(({ from, to, least }) => to - from >= least)
      .map(({ from, to, reason }) => ({ from, to, reason }));
  }

  /** Returns the begins and ends of spans within a gap. */
  #edges(hostId: string, from: number, to: number): number[] {
    const edges = new Set<number>();
    for (const key of ["run ", `up ${hostId}`, `collect ${hostId}`]) {
      const spans = this.#spans.get(key) ?? [];
      for (let index = Math.max(indexAt(spans, from), 0); index < spans.length; index++) {
        const { sinceMs, untilMs } = spans[index]!;
        if (sinceMs >= to) break;
        for (const edge of [sinceMs, untilMs]) if (edge > from && edge < to) edges.add(edge);
      }
    }
    return [...edges].sort((one, other) => one - other);
  }

  #reason({ kind, hostId }: Gapped, at: number): { readonly reason: GapReason; readonly least: number } {
    const span = (of: SpanKind, host: string) => {
      const spans = this.#spans.get(`${of} ${host}`) ?? [];
      const found = spans[indexAt(spans, at)];
      return found !== undefined && at < found.untilMs ? found : undefined;
    };
    const because = (reason: GapReason, least = SHORTEST_MS) => ({ reason, least });
    const [first] = this.#spans.get("run ") ?? [];
    if (first === undefined || at < first.sinceMs) return because("unknown");
    if (span("run", "") === undefined) return because("dockstat-stopped");
    if (span("up", hostId) === undefined) return because("host-down");
    const collecting = span("collect", hostId);
    if (collecting === undefined) return because("not-collected");
    // Up to two intervals lie between samples.
    const least = SHORTEST_MS + 2 * collecting.intervalMs;
    return because(kind === "host" ? "unreadable" : "not-running", least);
  }
}

/** Joins spans that overlap because the clock was set back; the others stay. */
function joined(spans: readonly KeptSpan[]): readonly KeptSpan[] {
  const found: KeptSpan[] = [];
  for (const span of spans) {
    const last = found.at(-1);
    if (last === undefined || span.sinceMs >= last.untilMs) found.push(span);
    else {
      const untilMs = Math.max(last.untilMs, span.untilMs);
      found[found.length - 1] = { ...last, untilMs, intervalMs: Math.max(last.intervalMs, span.intervalMs) };
    }
  }
  return found;
}

/** Returns the index of the last span that begins at or before a time, or -1. */
function indexAt(spans: readonly KeptSpan[], at: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.sinceMs <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
