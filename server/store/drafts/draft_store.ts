/** Drafts of editors: unsaved texts by stack, stored on the server instead of in a browser. */
import type { DatabaseSync } from "node:sqlite";
import { AppError } from "../../errors.ts";
import type { Draft, DraftChange } from "../../protocol/drafts/draft.ts";
import { transaction } from "../database.ts";

/** Number under which the draft of a new stack is stored. */
const NEW_STACK = 0;
/** Largest size of a draft, bytes of UTF-8. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Largest number of texts in a draft. */
const MOST_PARTS = 100;
const FILE = "file:";
const REMOVED = "removed:";

/** A stack by its id, a stack of a swarm by {@linkcode swarmDraft}, or `undefined` for a new stack. */
export type DraftOwner = number | string | undefined;

/**
 * Returns the owner of the draft of a stack of a swarm.
 *
 * @param name `undefined` for a new stack.
 */
export function swarmDraft(clusterId: string, name: string | undefined): string {
  return `swarm:${clusterId}/${name ?? ""}`;
}

/** The drafts in a database. */
export class DraftStore {
  constructor(readonly database: DatabaseSync) {}

  /** Returns the draft of a stack, or of a new stack; an empty one without any. */
  get(owner: DraftOwner): Draft {
    const rows = this.database.prepare(
      "SELECT part, text, saved_at FROM drafts WHERE stack_id = ? ORDER BY part",
    )
      .all(owner ?? NEW_STACK);
    const parts = new Map(rows.map((row) => [String(row["part"]), String(row["text"])]));
    const below = (prefix: string) => [...parts].filter(([part]) => part.startsWith(prefix));
    return {
      name: parts.get("name") ?? null,
      hostId: parts.get("hostId") ?? null,
      compose: parts.get("compose") ?? null,
      env: parts.get("env") ?? null,
      files: below(FILE).map(([part, text]) => ({ path: part.slice(FILE.length), text })),
      removed: below(REMOVED).map(([part]) => part.slice(REMOVED.length)),
      saved_at: rows.map((row) => String(row["saved_at"])).sort().at(-1) ?? null,
    };
  }

  /**
   * Stores the given texts; `null` removes one, and the others stay.
   *
   * @throws {AppError} "too-large" for more than 4 MiB or 100 texts; then nothing is stored.
   */
  put(owner: DraftOwner, { files = [], removed = [], ...texts }: DraftChange): void {
    const id = owner ?? NEW_STACK;
    const changes = [
      ...Object.entries(texts),
      ...files.map(({ path, text }) => [`${FILE}${path}`, text] as const),
      ...removed.map(({ path, removed }) => [`${REMOVED}${path}`, removed ? "" : null] as const),
    ];
    transaction(this.database, () => {
      for (const [part, text] of changes) this.#set(id, part, text ?? null);
      const sum =
        "SELECT count(*) AS parts, sum(length(CAST(text AS BLOB))) AS bytes FROM drafts WHERE stack_id = ?";
      const { parts, bytes } = this.database.prepare(sum).get(id) as { parts: number; bytes: number | null };
      if (parts > MOST_PARTS || (bytes ?? 0) > MOST_BYTES) {
        throw new AppError("too-large", "Cannot store this draft: expected 100 texts and 4 MiB at most");
      }
    });
  }

  /** Removes a draft. */
  remove(owner: DraftOwner): void {
    this.database.prepare("DELETE FROM drafts WHERE stack_id = ?").run(owner ?? NEW_STACK);
  }

  #set(id: number | string, part: string, text: string | null): void {
    if (text === null) {
      this.database.prepare("DELETE FROM drafts WHERE stack_id = ? AND part = ?").run(id, part);
      return;
    }
    const insert = "INSERT OR REPLACE INTO drafts (stack_id, part, text, saved_at) VALUES (?, ?, ?, ?)";
    this.database.prepare(insert).run(id, part, text, new Date().toISOString());
  }
}
