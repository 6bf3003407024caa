/** The timeline in the database: events of containers and hosts, kept logs, and the last known state of each. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { TimelineEvent } from "../../protocol/past/timeline.ts";
import { transaction } from "../database.ts";
import { conditions, EVENT_COLUMNS, type EventFilter, type NewEvent, rowOf, toEvent } from "./event_rows.ts";

/** Facts of a container as the timeline knows them. Times are epoch ms by the engine's clock. */
export interface KnownContainer {
  readonly name: string;
  readonly project: string | null;
  readonly service: string | null;
  /** Time of the newest start or end that was recorded. */
  readonly covered: number;
  readonly endedAt: number | null;
  readonly health: string | null;
  /** Time of the newest OOM kill since the last start. */
  readonly oomAt: number | null;
  /** Number of restarts by the restart policy at the last comparison, and of starts recorded since. */
  readonly restarts?: { readonly count: number; readonly recorded: number } | undefined;
}

/** State of a host as the timeline knows it. */
export type KnownHost = "up" | "down";

/** Events and states that are stored together. */
export interface EventBatch {
  readonly events: readonly NewEvent[];
  /** By host id and container id; `null` for one that was removed. */
  readonly containers: readonly (readonly [hostId: string, id: string, facts: KnownContainer | null])[];
  readonly hosts: readonly (readonly [hostId: string, state: KnownHost])[];
  readonly exits?: readonly KnownExit[];
}

/** Code of an end that was recorded without one. */
export interface KnownExit {
  readonly hostId: string;
  readonly containerId: string;
  /** Time of the end, epoch ms by DockStat's clock. */
  readonly at: number;
  readonly exitCode: number;
}

/** Largest difference between the times of an end and of its event, ms. */
const EXIT_DELAY_MS = 60_000;

/** Bounds of the timeline. */
export interface EventBounds {
  readonly keepMs: number;
  readonly rows: number;
  /** Bytes of kept logs, compressed. */
  readonly logBytes: number;
  /** Most rows that one step removes because of their age, so that a clock that jumps removes few. */
  readonly step: number;
}

const BOUNDS: EventBounds = { keepMs: 90 * 86_400_000, rows: 200_000, logBytes: 64 * 1024 ** 2, step: 500 };
/** The rows of the timeline. */
export class EventStore {
  readonly #insert: StatementSync;
  readonly #insertLog: StatementSync;

  constructor(readonly database: DatabaseSync, readonly bounds: EventBounds = BOUNDS) {
    const places = EVENT_COLUMNS.map(() => "?").join(", ");
    this.#insert = database.prepare(
      `INSERT INTO container_events (${EVENT_COLUMNS.join(", ")}) VALUES (${places})`,
    );
    this.#insertLog = database.prepare("INSERT INTO container_logs (event_id, gzip) VALUES (?, ?)");
  }

  /** Stores a batch completely or not at all. */
  write({ events, containers, hosts, exits = [] }: EventBatch, now: number): void {
    transaction(this.database, () => {
      for (const event of events) {
        const { lastInsertRowid } = this.#insert.run(...rowOf(event, now));
        if (event.gzip !== undefined) this.#insertLog.run(lastInsertRowid, event.gzip);
      }
      for (const exit of exits) this.#completeExit(exit);
      for (const [hostId, id, facts] of containers) this.#know(hostId, id, facts);
      for (const [hostId, state] of hosts) {
        this.database.prepare("INSERT OR REPLACE INTO known_hosts (host_id, state) VALUES (?, ?)")
          .run(hostId, state);
      }
    });
  }

  /** Removes what is too old by DockStat's clock, and the oldest rows beyond the bounds. */
  prune(now: number): void {
    const { keepMs, rows, logBytes, step } = this.bounds;
    const run = (sql: string, ...values: number[]) => this.database.prepare(sql).run(...values);
    transaction(this.database, () => {
      run(
        "DELETE FROM container_events WHERE id IN (SELECT id FROM container_events WHERE stored_at < ? ORDER BY id LIMIT ?)",
        now - keepMs,
        step,
      );
      run("DELETE FROM container_events WHERE id <= (SELECT max(id) FROM container_events) - ?", rows);
      run(
        "DELETE FROM container_logs WHERE event_id NOT IN (SELECT id FROM container_events) OR event_id IN " +
          "(SELECT event_id FROM (SELECT event_id, sum(length(gzip)) OVER (ORDER BY event_id DESC) AS total " +
          "FROM container_logs) WHERE total > ?)",
        logBytes,
      );
    });
  }

  /** Returns the newest events that match, oldest first; with `after` the oldest ones. */
  page(filter: EventFilter, limit: number): TimelineEvent[] {
    const { where, values } = conditions(filter, this.#idsOf(filter.containers ?? []));
    const order = filter.after === undefined ? "at DESC, id DESC" : "id";
    const sql = "SELECT *, EXISTS (SELECT 1 FROM container_logs WHERE event_id = id) AS has_log " +
      `FROM container_events ${where} ORDER BY ${order} LIMIT ?`;
    const found = this.database.prepare(sql).all(...values, limit).map(toEvent);
    return filter.after === undefined ? found.reverse() : found;
  }

  /** Returns the kept log of an event, compressed; `undefined` if it has none. */
  log(id: number): Uint8Array | undefined {
    const row = this.database.prepare("SELECT gzip FROM container_logs WHERE event_id = ?").get(id);
    return row?.["gzip"] as Uint8Array | undefined;
  }

  /** Returns the known containers of a host by id. */
  containers(hostId: string): Map<string, KnownContainer> {
    const rows = this.database.prepare("SELECT container_id, json FROM known_containers WHERE host_id = ?")
      .all(hostId);
    return new Map(rows.map((row) => [String(row["container_id"]), JSON.parse(String(row["json"]))]));
  }

  /** Returns the known state of a host; `undefined` before the first connection. */
  host(hostId: string): KnownHost | undefined {
    const row = this.database.prepare("SELECT state FROM known_hosts WHERE host_id = ?").get(hostId);
    return row?.["state"] as KnownHost | undefined;
  }

  /** Finds the ids that start with a text, once for all rows: many filters must not slow the page. */
  #idsOf(texts: readonly string[]): string[] {
    const starts = texts.filter((text) => /^[0-9a-f]{1,64}$/.test(text));
    if (starts.length === 0) return [];
    const rows = this.database.prepare(
      "SELECT DISTINCT container_id AS id FROM container_events WHERE container_id IS NOT NULL",
    ).all();
    return rows.map(({ id }) => String(id)).filter((id) => starts.some((start) => id.startsWith(start)));
  }

  #completeExit({ hostId, containerId, at, exitCode }: KnownExit): void {
    this.database.prepare(
      "UPDATE container_events SET exit_code = ? WHERE id = (SELECT max(id) FROM container_events " +
        "WHERE container_id = ? AND host_id = ? AND kind = 'exit' AND exit_code IS NULL AND abs(at - ?) < ?)",
    ).run(exitCode, containerId, hostId, at, EXIT_DELAY_MS);
  }

  #know(hostId: string, id: string, facts: KnownContainer | null): void {
    if (facts === null) {
      this.database.prepare("DELETE FROM known_containers WHERE host_id = ? AND container_id = ?")
        .run(hostId, id);
      return;
    }
    this.database.prepare(
      "INSERT OR REPLACE INTO known_containers (host_id, container_id, json) VALUES (?, ?, ?)",
    ).run(hostId, id, JSON.stringify(facts));
  }
}
