/** The stored texts of stacks in the database, with their digests. */
import type { DatabaseSync } from "node:sqlite";
import { digestOf } from "./digest.ts";

/** A stored text. */
export interface StoredText {
  readonly bytes: Uint8Array;
  /** SHA-256, in hexadecimal. */
  readonly digest: string;
}

/** The stored texts of a stack; `undefined` for one that it does not have. */
export interface StoredTexts {
  readonly compose: StoredText | undefined;
  readonly env: StoredText | undefined;
}

/** Texts as bytes; `null` for one that the stack does not have. */
export interface TextBytes {
  readonly compose: Uint8Array | null;
  readonly env: Uint8Array | null;
}

/** The rows of `stack_texts`, and the texts in `stacks` that are not in their files yet. */
export class TextRows {
  constructor(readonly database: DatabaseSync) {}

  /** The stored texts of a stack. */
  get(stackId: number): StoredTexts {
    const row = this.database.prepare("SELECT * FROM stack_texts WHERE stack_id = ?").get(stackId) ?? {};
    return {
      compose: toStored(row["compose"], row["compose_digest"]),
      env: toStored(row["env"], row["env_digest"]),
    };
  }

  /** Stores texts and their digests, as far as they are given. */
  save(stackId: number, texts: Partial<TextBytes>): void {
    this.database.prepare("INSERT OR IGNORE INTO stack_texts (stack_id) VALUES (?)").run(stackId);
    for (const name of ["compose", "env"] as const) {
      const bytes = texts[name];
      if (bytes === undefined) continue;
      const sql = `UPDATE stack_texts SET ${name} = ?, ${name}_digest = ? WHERE stack_id = ?`;
      this.database.prepare(sql).run(bytes, bytes && digestOf(bytes), stackId);
    }
  }

  /** The highest id that this database has given to a stack. */
  highestId(): number {
    const row = this.database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'stacks'").get();
    return Number(row?.["seq"] ?? 0);
  }

  /** Returns texts that must still be written to their files; `null` for an unchanged one. */
  pending(stackId: number): TextBytes {
    const sql = "SELECT unwritten_compose AS compose, unwritten_env AS env FROM stacks WHERE stack_id = ?";
    const { compose, env } = this.database.prepare(sql).get(stackId) as unknown as TextBytes;
    return { compose, env };
  }

  /** Lists the ids of stacks with texts that must still be written to their files. */
  allPending(): number[] {
    const sql =
      "SELECT stack_id FROM stacks WHERE unwritten_compose IS NOT NULL OR unwritten_env IS NOT NULL";
    return this.database.prepare(sql).all().map((row) => Number(row["stack_id"]));
  }

  /** Forgets the texts that had not been written. */
  drop(stackId: number): void {
    const sql = "UPDATE stacks SET unwritten_compose = NULL, unwritten_env = NULL WHERE stack_id = ?";
    this.database.prepare(sql).run(stackId);
  }

  /** Stores the pending texts as written, once they are in their files. Runs within the caller's transaction. */
  settle(stackId: number): void {
    const { compose, env } = this.pending(stackId);
    this.save(stackId, { ...compose === null ? {} : { compose }, ...env === null ? {} : { env } });
    this.drop(stackId);
  }
}

/** The bytes of a text. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function toStored(bytes: unknown, digest: unknown): StoredText | undefined {
  return bytes instanceof Uint8Array && typeof digest === "string" ? { bytes, digest } : undefined;
}
