/** Time spans in which DockStat ran, reached a host, and collected its samples. */
import type { DatabaseSync } from "node:sqlite";

/** Subject of a span. */
export type SpanKind = "run" | "up" | "collect";

/** A time span, epoch ms. */
export interface KeptSpan {
  readonly kind: SpanKind;
  /** Empty for `run`. */
  readonly hostId: string;
  readonly sinceMs: number;
  readonly untilMs: number;
  /** Interval between samples, ms; 0 unless the span is about collecting. */
  readonly intervalMs: number;
}

/** Number of spans that are kept, the newest. */
const MOST_SPANS = 5000;

/** The rows of the spans. */
export class SpanStore {
  constructor(readonly database: DatabaseSync) {}

  /** Stores a span; returns its id. */
  add({ kind, hostId, sinceMs, untilMs, intervalMs }: KeptSpan): number {
    const { lastInsertRowid } = this.database.prepare(
      "INSERT INTO spans (kind, host_id, since, until, interval) VALUES (?, ?, ?, ?, ?)",
    ).run(kind, hostId, Math.round(sinceMs), Math.round(untilMs), Math.round(intervalMs));
    this.database.prepare("DELETE FROM spans WHERE id <= ?").run(Number(lastInsertRowid) - MOST_SPANS);
    return Number(lastInsertRowid);
  }

  /** Moves the end of a span, epoch ms. */
  extend(id: number, untilMs: number): void {
    this.database.prepare("UPDATE spans SET until = ? WHERE id = ?").run(Math.round(untilMs), id);
  }

  /** Removes the spans that end before a time, epoch ms. */
  removeBefore(untilMs: number): void {
    this.database.prepare("DELETE FROM spans WHERE until < ?").run(Math.round(untilMs));
  }

  /** Returns all spans, by their begin. */
  all(): KeptSpan[] {
    return this.database.prepare("SELECT * FROM spans ORDER BY since").all().map((row) => ({
      kind: row["kind"] as SpanKind,
      hostId: String(row["host_id"]),
      sinceMs: Number(row["since"]),
      untilMs: Number(row["until"]),
      intervalMs: Number(row["interval"]),
    }));
  }
}
