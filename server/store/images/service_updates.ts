/** Updates of the images of services in the database: the digests before and after, for a return to the one before. */
import type { DatabaseSync } from "node:sqlite";

/**
 * State of an update. "updating", "checking" and "returning" are in progress, and only automatic updates have them. "kept"
 * marks an update that is neither healthy nor returned.
 */
export type ServiceUpdateState = "updating" | "checking" | "returning" | "done" | "returned" | "kept";

/** One update of a service. Times are epoch ms. */
export interface ServiceUpdate {
  readonly id: number;
  readonly stackId: number;
  readonly service: string;
  /** Image as the compose file names it. */
  readonly image: string;
  readonly before: string;
  readonly after: string;
  readonly automatic: boolean;
  readonly state: ServiceUpdateState;
  readonly startedAt: number;
  /** Time until which an automatic update must be healthy. */
  readonly deadline: number;
  /** Reason for the return; `null` without one. */
  readonly reason: string | null;
}

/** An update that has no id yet. */
export type NewServiceUpdate = Omit<ServiceUpdate, "id" | "reason">;

/** Updates that are kept per service. */
const MOST = 10;
const COLUMNS = "id, stack_id AS stackId, service, image, before_digest AS before, after_digest AS after, " +
  "automatic, state, started_at AS startedAt, deadline, reason";
const OPEN = "('updating', 'checking', 'returning')";

/** The updates of all services. */
export class ServiceUpdates {
  constructor(readonly database: DatabaseSync) {}

  /** Stores an update, and removes the oldest ones of the service. */
  add(update: NewServiceUpdate): ServiceUpdate {
    const { stackId, service, image, before, after, automatic, state, startedAt, deadline } = update;
    const { lastInsertRowid } = this.database.prepare(
      "INSERT INTO service_updates (stack_id, service, image, before_digest, after_digest, automatic, state, " +
        "started_at, deadline) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ).run(stackId, service, image, before, after, automatic ? 1 : 0, state, startedAt, deadline);
    const old =
      "SELECT id FROM service_updates WHERE stack_id = ? AND service = ? ORDER BY id DESC LIMIT -1 OFFSET ?";
    this.database.prepare(`DELETE FROM service_updates WHERE id IN (${old})`).run(stackId, service, MOST);
    return { ...update, id: Number(lastInsertRowid), reason: null };
  }

  /** Changes an update; returns it as it is now. */
  change(
    update: ServiceUpdate,
    changes: Partial<Pick<ServiceUpdate, "state" | "after" | "deadline" | "reason">>,
  ): ServiceUpdate {
    const changed = { ...update, ...changes };
    this.database.prepare(
      "UPDATE service_updates SET state = ?, after_digest = ?, deadline = ?, reason = ? WHERE id = ?",
    ).run(changed.state, changed.after, changed.deadline, changed.reason, changed.id);
    return changed;
  }

  /** Removes an update that has changed nothing. */
  remove({ id }: Pick<ServiceUpdate, "id">): void {
    this.database.prepare("DELETE FROM service_updates WHERE id = ?").run(id);
  }

  /** Returns the updates of all services, newest first. */
  all(): ServiceUpdate[] {
    return this.#read("ORDER BY id DESC");
  }

  /** Returns the automatic updates that have not ended, oldest first. */
  open(): ServiceUpdate[] {
    return this.#read(`WHERE state IN ${OPEN} ORDER BY id`);
  }

  /** Returns the updates of a service, newest first. */
  of(stackId: number, service: string): ServiceUpdate[] {
    return this.#read("WHERE stack_id = ? AND service = ? ORDER BY id DESC", stackId, service);
  }

  #read(where: string, ...values: (string | number)[]): ServiceUpdate[] {
    const rows = this.database.prepare(`SELECT ${COLUMNS} FROM service_updates ${where}`).all(...values);
    return rows.map((row) => ({ ...row, automatic: row["automatic"] === 1 }) as unknown as ServiceUpdate);
  }
}
