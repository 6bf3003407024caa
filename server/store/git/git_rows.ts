/** Sources of stacks that come from Git, and the webhook deliveries that were accepted. */
import type { DatabaseSync } from "node:sqlite";

/** Number of deliveries that are remembered per stack. */
const MOST_DELIVERIES = 1000;

/** The Git side of a stack as it is stored; times are ISO 8601. */
export interface GitRow {
  readonly url: string;
  readonly branch: string;
  /** Path of the compose file in the repository. */
  readonly path: string;
  readonly commit: string;
  readonly pulledAt: string;
  /** Paths of the stack's files that come from the repository. */
  readonly files: readonly string[];
  /** The `.env` of the repository beside the compose file; empty without one. */
  readonly env?: string;
  /** False while the contents were pulled but not deployed successfully. */
  readonly isDeployed: boolean;
  /** Duration such as `15m`; `null` without a schedule. */
  readonly schedule: string | null;
  readonly webhookSecret: string | null;
  /** SHA-256 of the token that can redeploy the stack, in hexadecimal. */
  readonly tokenHash: string | null;
  readonly error: string | null;
  /** Commit that automatic pulls leave alone, because it was refused. */
  readonly refused: string | null;
}

/** The stacks from Git in a database. */
export class GitRows {
  constructor(readonly database: DatabaseSync) {}

  /** Returns the Git side of a stack; `undefined` for a stack that does not come from Git. */
  get(stackId: number): GitRow | undefined {
    const row = this.database.prepare("SELECT json FROM git_stacks WHERE stack_id = ?").get(stackId);
    return row && JSON.parse(String(row["json"]));
  }

  /** Ids of all stacks from Git. */
  ids(): number[] {
    const rows = this.database.prepare("SELECT stack_id FROM git_stacks ORDER BY stack_id").all();
    return rows.map((row) => Number(row["stack_id"]));
  }

  /** Stores the Git side of a stack. */
  set(stackId: number, row: GitRow): void {
    this.database.prepare("INSERT OR REPLACE INTO git_stacks (stack_id, json) VALUES (?, ?)")
      .run(stackId, JSON.stringify(row));
  }

  /** Changes a part of a stored row; does nothing for a stack that is gone. */
  update(stackId: number, change: Partial<GitRow>): void {
    const row = this.get(stackId);
    if (row !== undefined) this.set(stackId, { ...row, ...change });
  }

  /** Reports whether one of the marks of a delivery is known. */
  isKnown(stackId: number, marks: readonly string[]): boolean {
    const found = this.database.prepare("SELECT 1 FROM git_deliveries WHERE stack_id = ? AND mark = ?");
    return marks.some((mark) => found.get(stackId, mark) !== undefined);
  }

  /** Remembers the marks of a delivery, and forgets the oldest ones. */
  remember(stackId: number, marks: readonly string[]): void {
    const insert = this.database.prepare(
      "INSERT OR IGNORE INTO git_deliveries (stack_id, mark) VALUES (?, ?)",
    );
    for (const mark of marks) insert.run(stackId, mark);
    this.database.prepare(
      "DELETE FROM git_deliveries WHERE stack_id = ? AND id NOT IN " +
        "(SELECT id FROM git_deliveries WHERE stack_id = ? ORDER BY id DESC LIMIT ?)",
    ).run(stackId, stackId, MOST_DELIVERIES);
  }
}
