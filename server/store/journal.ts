/** The numbered events of all stacks, and their operations. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { transaction } from "./database.ts";
import { wholeText } from "./stored.ts";
import type { Operation, OperationState } from "../protocol/operations.ts";
import type { DetailedStackEvent, EventTarget, StackAction } from "../protocol/stack_events.ts";

/** A stored event. */
export interface JournalEntry {
  readonly seq: number;
  readonly stackId: number | null;
  readonly event: DetailedStackEvent;
  /** The event as JSON, as it is stored. */
  readonly text: string;
  /** Only for clients that ask for every detail. */
  readonly detailOnly: boolean;
}

/** A line that an operation printed: its text, or with a step of a build the name of the step and the text. */
export type PrintedLine = string | readonly [step: string, text: string];

/** The text that an operation prints besides its progress. */
export interface OperationNotes {
  readonly warnings: readonly string[];
  readonly output: readonly PrintedLine[];
}

/** A new operation. */
export interface NewOperation {
  readonly stackId: number | null;
  /** `null` for a container that belongs to no project. */
  readonly project: string | null;
  readonly hostId: string;
  readonly action: StackAction;
  readonly target: EventTarget;
  /** Id of the swarm that it changes. */
  readonly swarm?: string;
}

/** Minimum of events that are kept. */
const KEPT_EVENTS = 10_000;
/** Number of new events after which the oldest are removed. */
const PRUNE_EVERY = 1000;
/** Number of operations that are kept. */
const KEPT_OPERATIONS = 2000;

/** Events of versions that stored no detail take host and project from their operation. */
const EVENTS =
  "SELECT events.*, operations.host_id, operations.project FROM events LEFT JOIN operations USING (operation_id)";
const ENDED = "('succeeded', 'failed', 'cancelled', 'interrupted')";

/** The journal of a database. */
export class Journal {
  readonly #append: StatementSync;
  readonly #setState: StatementSync;
  readonly #setStatus: StatementSync;

  constructor(readonly database: DatabaseSync) {
    this.#append = database.prepare(
      "INSERT INTO events (stack_id, operation_id, json, detail_only) VALUES (?, ?, ?, ?)",
    );
    this.#setStatus = database.prepare("UPDATE stacks SET status = ?, updated_at = ? WHERE stack_id = ?");
    this.#setState = database.prepare(
      "UPDATE operations SET state = ?, started_at = coalesce(?, started_at), ended_at = ?, exit_code = ?, error = ? " +
        "WHERE operation_id = ?",
    );
  }

  /** Stores an event, and with a status event the status of its stack. Both are on disk when this returns. */
  append(event: DetailedStackEvent, detailOnly = false): JournalEntry {
    const { stack_id: stackId, operation_id: operationId } = event.data;
    const text = JSON.stringify(event);
    const seq = transaction(this.database, () => {
      const { target } = event.data;
      const isWhole = target === null || target.kind === "stack";
      if (event.type === "stack-status" && stackId !== null && isWhole) {
        this.#setStatus.run(event.data.status, new Date().toISOString(), stackId);
      }
      const values = [stackId, operationId, text, Number(detailOnly)];
      return Number(this.#append.run(...values).lastInsertRowid);
    });
    if (seq % PRUNE_EVERY === 0) this.#prune(seq);
    return { seq, stackId, event, text, detailOnly };
  }

  /** Number of the newest event, 0 before the first. */
  get newest(): number {
    const row = this.database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'events'").get();
    return Number(row?.["seq"] ?? 0);
  }

  /** Returns the events after a number, oldest first. */
  after(seq: number, limit: number): JournalEntry[] {
    return this.database.prepare(`${EVENTS} WHERE seq > ? ORDER BY seq LIMIT ?`).all(seq, limit).map(toEntry);
  }

  /** Returns the newest events of an operation that every client receives, oldest first. */
  ofOperation(operationId: number, limit: number): JournalEntry[] {
    const where = "WHERE events.operation_id = ? AND detail_only = 0 ORDER BY seq DESC LIMIT ?";
    return this.database.prepare(`${EVENTS} ${where}`).all(operationId, limit).map(toEntry).reverse();
  }

  /** Stores a new operation as queued. */
  begin({ stackId, project, hostId, action, target, swarm }: NewOperation): Operation {
    const { lastInsertRowid } = this.database.prepare(
      "INSERT INTO operations (stack_id, project, host_id, action, target, swarm, state, created_at) " +
        "VALUES (?, ?, ?, ?, ?, ?, 'queued', ?)",
    ).run(
      ...[stackId, project ?? "", hostId, action, JSON.stringify(target), swarm ?? null],
      new Date().toISOString(),
    );
    return this.operation(Number(lastInsertRowid))!;
  }

  /** Marks an operation as running. */
  started(operationId: number): void {
    this.#setState.run("running", new Date().toISOString(), null, null, null, operationId);
  }

  /** Marks an operation as ended. */
  ended(operationId: number, state: OperationState, exitCode: number | null, error: string | null): void {
    const kept = error === null ? null : wholeText(error);
    this.#setState.run(state, null, new Date().toISOString(), exitCode, kept, operationId);
  }

  /** Stores the paths that a removal kept. */
  kept(operationId: number, paths: readonly string[]): void {
    this.database.prepare("UPDATE operations SET kept = ? WHERE operation_id = ?")
      .run(JSON.stringify(paths), operationId);
  }

  /** Stores what an operation has printed so far. */
  setNotes(operationId: number, warnings: readonly string[], output: readonly PrintedLine[]): void {
    this.database.prepare("UPDATE operations SET warnings = ?, output = ? WHERE operation_id = ?")
      .run(JSON.stringify(warnings), JSON.stringify(output), operationId);
  }

  /** Returns what an operation has printed. */
  notes(operationId: number): OperationNotes {
    const row = this.database.prepare("SELECT warnings, output FROM operations WHERE operation_id = ?")
      .get(operationId);
    const lines = (key: string) => JSON.parse(String(row?.[key] ?? "[]"));
    return { warnings: lines("warnings"), output: lines("output") };
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

  /** Returns the newest operations on a swarm through any manager: running ones first, then newest first. */
  ofSwarm(swarm: string, limit: number): Operation[] {
    const sql =
      `SELECT * FROM operations WHERE swarm = ? ORDER BY state IN ${ENDED}, operation_id DESC LIMIT ?`;
    return this.database.prepare(sql).all(swarm, limit).map(toOperation);
  }

  /** Returns the operation of a project that ended last; `undefined` before the first. */
  lastEnded(hostId: string, project: string): Operation | undefined {
    const sql = `SELECT * FROM operations WHERE host_id = ? AND project = ? AND state IN ${ENDED} ` +
      "ORDER BY operation_id DESC LIMIT 1";
    const row = this.database.prepare(sql).get(hostId, project);
    return row && toOperation(row);
  }

  /** Returns operations in progress; after a start, those that a crash interrupted. */
  unended(): Operation[] {
    return this.database.prepare(`SELECT * FROM operations WHERE state NOT IN ${ENDED}`).all().map(
      toOperation,
    );
  }

  #prune(seq: number): void {
    this.database.prepare("DELETE FROM events WHERE seq <= ?").run(seq - KEPT_EVENTS - PRUNE_EVERY);
    this.database.prepare(
      `DELETE FROM operations WHERE state IN ${ENDED} AND operation_id <= (SELECT max(operation_id) FROM operations) - ?`,
    ).run(KEPT_OPERATIONS);
  }
}

type Row = Readonly<Record<string, unknown>>;

function toEntry(row: Row): JournalEntry {
  const stored = String(row["json"]);
  // In a message the quotes would be escaped.
  const isComplete = stored.includes('"operation_id":');
  const text = isComplete ? stored : JSON.stringify(withDetail(JSON.parse(stored), row));
  return {
    seq: Number(row["seq"]),
    stackId: row["stack_id"] as number | null,
    text,
    // Most clients are sent the text, so it is parsed only on demand, and the objects are not kept.
    get event() {
      return JSON.parse(text);
    },
    detailOnly: row["detail_only"] === 1,
  };
}

/** Adds the keys that a stored event of an older version does not have. */
function withDetail({ type, data }: DetailedStackEvent, row: Row): DetailedStackEvent {
  const { host_id, operation_id, project } = row;
  const detail = { host_id, project: project ?? data.project ?? null, operation_id, target: null };
  const step = { resource: null, state: "working", verb: null, percent: null, current: null, total: null };
  const more = type === "stack-progress" ? step : type === "stack-status" ? { stack_state: null } : {};
  return { type, data: { ...data, ...detail, ...more } } as DetailedStackEvent;
}

function toOperation(row: Row): Operation {
  const { operation_id, stack_id, project, host_id, action, state, target, swarm } = row;
  const { created_at, started_at, ended_at, exit_code, error, kept } = row;
  return {
    operation_id,
    stack_id,
    project: project || null,
    hostId: host_id,
    target: target === null
      ? { kind: "stack", name: project, id: stack_id === null ? null : String(stack_id) }
      : JSON.parse(String(target)),
    ...swarm === null ? {} : { swarm },
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
