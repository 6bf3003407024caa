/** The numbered events of all stacks, and their operations. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { transaction } from "./database.ts";
import type { Operation, OperationState } from "../protocol/operations.ts";
import type { StackAction, StackEvent } from "../protocol/stack_events.ts";

/** A stored event. */
export interface JournalEntry {
  readonly seq: number;
  readonly stackId: number | null;
  readonly operationId: number | null;
  readonly event: StackEvent;
}

/** A new operation. */
export interface NewOperation {
  readonly stackId: number | null;
  readonly project: string;
  readonly hostId: string;
  readonly action: StackAction;
}

/** Number of newest events that are always kept. */
const KEPT = 10_000;
/** Number of events between two prunings. */
const PRUNE_EVERY = 1000;
/** Number of newest operations that are kept. */
const KEPT_OPERATIONS = 2000;

const ENDED = "('succeeded', 'failed', 'cancelled', 'interrupted')";

/** The journal of a database. */
export class Journal {
  readonly #append: StatementSync;
  readonly #setState: StatementSync;
  readonly #setStatus: StatementSync;

  constructor(readonly database: DatabaseSync) {
    this.#append = database.prepare("INSERT INTO events (stack_id, operation_id, json) VALUES (?, ?, ?)");
    this.#setStatus = database.prepare("UPDATE stacks SET status = ?, updated_at = ? WHERE stack_id = ?");
    this.#setState = database.prepare(
      "UPDATE operations SET state = ?, started_at = coalesce(?, started_at), ended_at = ?, exit_code = ?, error = ? " +
        "WHERE operation_id = ?",
    );
  }

  /** Stores an event and the status that it reports; both are on disk when this returns. */
  append(event: StackEvent, operationId: number | null): JournalEntry {
    const stackId = event.data.stack_id;
    const seq = transaction(this.database, () => {
      if (event.type === "stack-status" && stackId !== null) {
        this.#setStatus.run(event.data.status, new Date().toISOString(), stackId);
      }
      return Number(this.#append.run(stackId, operationId, JSON.stringify(event)).lastInsertRowid);
    });
    if (seq % PRUNE_EVERY === 0) this.#prune(seq);
    return { seq, stackId, operationId, event };
  }

  /** Number of the newest event, 0 before the first. */
  get newest(): number {
    const row = this.database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'events'").get();
    return Number(row?.["seq"] ?? 0);
  }

  /** Returns events after a number, oldest first. */
  after(seq: number, limit: number): JournalEntry[] {
    return this.database.prepare("SELECT * FROM events WHERE seq > ? ORDER BY seq LIMIT ?").all(seq, limit)
      .map(toEntry);
  }

  /** Returns the newest events of an operation, oldest first. */
  ofOperation(operationId: number, limit: number): JournalEntry[] {
    return this.database.prepare("SELECT * FROM events WHERE operation_id = ? ORDER BY seq DESC LIMIT ?")
      .all(operationId, limit).map(toEntry).reverse();
  }

  /** Stores a new operation as queued. */
  begin({ stackId, project, hostId, action }: NewOperation): Operation {
    const { lastInsertRowid } = this.database.prepare(
      "INSERT INTO operations (stack_id, project, host_id, action, state, created_at) VALUES (?, ?, ?, ?, 'queued', ?)",
    ).run(stackId, project, hostId, action, new Date().toISOString());
    return this.operation(Number(lastInsertRowid))!;
  }

  /** Marks an operation as running. */
  started(operationId: number): void {
    this.#setState.run("running", new Date().toISOString(), null, null, null, operationId);
  }

  /** Marks an operation as ended. */
  ended(operationId: number, state: OperationState, exitCode: number | null, error: string | null): void {
    this.#setState.run(state, null, new Date().toISOString(), exitCode, error, operationId);
  }

  /** Stores the paths that a removal kept. */
  kept(operationId: number, paths: readonly string[]): void {
    this.database.prepare("UPDATE operations SET kept = ? WHERE operation_id = ?")
      .run(JSON.stringify(paths), operationId);
  }

  /** Returns an operation; `undefined` if it does not exist. */
  operation(operationId: number): Operation | undefined {
    const row = this.database.prepare("SELECT * FROM operations WHERE operation_id = ?").get(operationId);
    return row && toOperation(row);
  }

  /** Returns the newest operations, newest first. */
  operations(stackId: number | undefined, limit: number): Operation[] {
    const [where, values] = stackId === undefined ? ["", []] : ["WHERE stack_id = ?", [stackId]];
    const sql = `SELECT * FROM operations ${where} ORDER BY operation_id DESC LIMIT ?`;
    return this.database.prepare(sql).all(...values, limit).map(toOperation);
  }

  /** Returns operations in progress; after a start, those that a crash interrupted. */
  unended(): Operation[] {
    return this.database.prepare(`SELECT * FROM operations WHERE state NOT IN ${ENDED}`).all().map(
      toOperation,
    );
  }

  #prune(seq: number): void {
    this.database.prepare("DELETE FROM events WHERE seq <= ?").run(seq - KEPT - PRUNE_EVERY);
    this.database.prepare(
      `DELETE FROM operations WHERE state IN ${ENDED} AND operation_id <= (SELECT max(operation_id) FROM operations) - ?`,
    ).run(KEPT_OPERATIONS);
  }
}

type Row = Readonly<Record<string, unknown>>;

function toEntry(row: Row): JournalEntry {
  return {
    seq: Number(row["seq"]),
    stackId: row["stack_id"] as number | null,
    operationId: row["operation_id"] as number | null,
    event: JSON.parse(String(row["json"])),
  };
}

function toOperation(row: Row): Operation {
  const { operation_id, stack_id, project, host_id, action, state } = row;
  const { created_at, started_at, ended_at, exit_code, error, kept } = row;
  return {
    operation_id,
    stack_id,
    project,
    hostId: host_id,
    action,
    state,
    created_at,
    started_at,
    ended_at,
    exit_code,
    error,
    ...kept === null ? {} : { kept: JSON.parse(String(kept)) },
  } as Operation;
}
