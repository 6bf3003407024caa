/** `history.db`: samples of containers and hosts, in blocks of each resolution, and a journal of the newest ones. */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { transaction } from "../database.ts";
import { Bins } from "./bins.ts";
import { decodeBlock, encodeBlock, type Span } from "./block.ts";
import { prepareDatabase } from "./schema.ts";
import { SpanStore } from "./span_store.ts";
import { beginOf, TIERS } from "./tiers.ts";
import type { Points, Window } from "./window.ts";

/** Kind of thing that a series measures. */
export type SeriesKind = "container" | "host";

/** The samples of a service's container, or of a host, across restarts and recreations. */
export interface Series {
  readonly id: number;
  readonly kind: SeriesKind;
  readonly hostId: string;
  /** `host/project/service/number`, `host/name`, or `host` of a host. */
  readonly key: string;
  /** Id of the newest container; `null` for a host. */
  readonly owner: string | null;
  readonly name: string;
  readonly project: string | null;
  readonly service: string | null;
}

/** Most series that {@linkcode HistoryStore.empty} returns. */
const MOST_EMPTY = 200;

/** A sample: values of all columns by time (epoch ms). */
export type TimedValues = readonly [atMs: number, values: Float32Array];

const ALWAYS: Span = { sinceMs: -Infinity, untilMs: Infinity };

/** An entry of the journal. */
export interface JournalEntry {
  readonly window: number;
  readonly startMs: number;
  readonly data: Uint8Array;
}

/** The rows of the history. Every method is one short transaction, and throws when the disk refuses it. */
export class HistoryStore implements Disposable {
  readonly database: DatabaseSync;
  /** Spans of running, reaching a host, and collecting. */
  readonly spans: SpanStore;
  readonly #upsert: StatementSync;
  readonly #block: StatementSync;
  readonly #blocks: StatementSync;
  readonly #putBlock: StatementSync;
  readonly #append: StatementSync;
  readonly #setClock: StatementSync;
  readonly #setDone: StatementSync;

  /**
   * @param path Path of the file; ":memory:" stores nothing.
   * @throws when the file is damaged, or a newer DockStat wrote it.
   */
  constructor(readonly path: string) {
    if (path !== ":memory:") Deno.openSync(path, { create: true, append: true, mode: 0o600 }).close();
    const database = this.database = new DatabaseSync(path);
    try {
      prepareDatabase(database);
      this.spans = new SpanStore(database);
      this.#upsert = database.prepare(
        "INSERT INTO series (id, kind, host_id, key, owner, name, project, service) VALUES (?, ?, ?, ?, ?, ?, ?, ?) " +
          "ON CONFLICT (id) DO UPDATE SET key = excluded.key, owner = excluded.owner, name = excluded.name, " +
          "project = excluded.project, service = excluded.service",
      );
      this.#block = database.prepare("SELECT data FROM blocks WHERE series = ? AND tier = ? AND start = ?");
      this.#blocks = database.prepare(
        "SELECT start, data FROM blocks WHERE series = ? AND tier = ? AND start >= ? AND start < ? ORDER BY start",
      );
      this.#putBlock = database.prepare(
        "INSERT INTO blocks (series, tier, start, data) VALUES (?, ?, ?, ?) " +
          "ON CONFLICT (series, tier, start) DO UPDATE SET data = excluded.data",
      );
      this.#append = database.prepare("INSERT INTO journal (window, start, data) VALUES (?, ?, ?)");
      this.#setClock = database.prepare("INSERT OR REPLACE INTO clock (id, at) VALUES (1, ?)");
      this.#setDone = database.prepare("UPDATE series SET done = ? WHERE id = ?");
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Returns all series. */
  series(): Series[] {
    return this.database.prepare("SELECT * FROM series ORDER BY id").all().map((row) => ({
      id: Number(row["id"]),
      kind: row["kind"] as SeriesKind,
      hostId: String(row["host_id"]),
      key: String(row["key"]),
      owner: row["owner"] as string | null,
      name: String(row["name"]),
      project: row["project"] as string | null,
      service: row["service"] as string | null,
    }));
  }

  /** Returns the highest window by series that is stored in blocks. */
  done(): Map<number, number> {
    const rows = this.database.prepare("SELECT id, done FROM series").all();
    return new Map(rows.map(({ id, done }) => [Number(id), Number(done)]));
  }

  /** Returns the journal, oldest entry first. */
  *journal(): Generator<JournalEntry> {
    const rows = this.database.prepare("SELECT window, start, data FROM journal ORDER BY id").iterate();
    for (const { window, start, data } of rows) {
      yield { window: Number(window), startMs: Number(start), data: data as Uint8Array };
    }
  }

  /** Returns the last time of the retention clock, epoch ms. */
  clock(): number | undefined {
    const row = this.database.prepare("SELECT at FROM clock").get();
    return row === undefined ? undefined : Number(row["at"]);
  }

  /** Stores new and changed series, and the time of the retention clock, epoch ms. */
  putSeries(series: Iterable<Series>, clockMs: number): void {
    transaction(this.database, () => {
      for (const { id, kind, hostId, key, owner, name, project, service } of series) {
        this.#upsert.run(id, kind, hostId, key, owner, name, project, service);
      }
      this.#setClock.run(Math.round(clockMs));
    });
  }

  /** Stores new samples. */
  append({ window, startMs, data }: JournalEntry): void {
    this.#append.run(window, startMs, data);
  }

  /** Adds the samples of a series in a window to its blocks of every resolution, once. */
  complete(series: number, window: Window, points: Points): void {
    transaction(this.database, () => {
      for (const [tier, { stepMs, blockMs }] of TIERS.entries()) {
        const startMs = beginOf(window.startMs, blockMs);
        const bins = this.#stored(series, tier, startMs, stepMs);
        points.fill(bins, window.startMs, ALWAYS);
        this.#putBlock.run(series, tier, startMs, encodeBlock(bins, startMs));
      }
      this.#setDone.run(window.id, series);
    });
  }

  /**
   * Adds samples of a series to its blocks of some resolutions.
   *
   * @param samples Values of all columns by time (epoch ms), oldest first.
   */
  fill(series: number, tiers: readonly number[], samples: Iterable<TimedValues>): void {
    const blocks = new Map<string, readonly [tier: number, startMs: number, bins: Bins]>();
    for (const [atMs, values] of samples) {
      for (const tier of tiers) {
        const { stepMs, blockMs } = TIERS[tier]!;
        const startMs = beginOf(atMs, blockMs);
        const key = `${tier} ${startMs}`;
        const block = blocks.get(key) ?? [tier, startMs, this.#stored(series, tier, startMs, stepMs)];
        if (!blocks.has(key)) blocks.set(key, block);
        block[2].addSample(atMs, values, 0);
      }
    }
    transaction(this.database, () => {
      for (const [tier, startMs, bins] of blocks.values()) {
        this.#putBlock.run(series, tier, startMs, encodeBlock(bins, startMs));
      }
    });
  }

  #stored(series: number, tier: number, startMs: number, stepMs: number): Bins {
    const bins = new Bins(stepMs);
    const row = this.#block.get(series, tier, startMs);
    if (row !== undefined) decodeBlock(row["data"] as Uint8Array, { startMs, stepMs }, bins, ALWAYS);
    return bins;
  }

  /** Drops the journal of a window whose series are complete. */
  dropJournal(window: number): void {
    this.database.prepare("DELETE FROM journal WHERE window <= ?").run(window);
  }

  /** Adds the stored bins of a series to others. */
  read(series: number, tier: number, span: Span, into: Bins): void {
    const { stepMs, blockMs } = TIERS[tier]!;
    const first = beginOf(span.sinceMs, blockMs);
    for (const row of this.#blocks.all(series, tier, first, span.untilMs)) {
      decodeBlock(row["data"] as Uint8Array, { startMs: Number(row["start"]), stepMs }, into, span);
    }
  }

  /** Returns a few series without blocks. */
  empty(): number[] {
    const rows = this.database.prepare(
      "SELECT id FROM series WHERE NOT EXISTS (SELECT 1 FROM blocks WHERE series = id) LIMIT ?",
    ).all(MOST_EMPTY);
    return rows.map(({ id }) => Number(id));
  }

  /** Removes a series and its blocks. */
  remove(id: number): void {
    transaction(this.database, () => {
      for (const sql of ["DELETE FROM blocks WHERE series = ?", "DELETE FROM series WHERE id = ?"]) {
        this.database.prepare(sql).run(id);
      }
    });
  }

  [Symbol.dispose](): void {
    // The last checkpoint flushes the files.
    this.database.exec("PRAGMA synchronous = NORMAL");
    this.database.close();
  }
}
