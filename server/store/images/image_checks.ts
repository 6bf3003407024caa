/** Answers of registries in the database, which survive a restart. */
import type { DatabaseSync } from "node:sqlite";

/** The last known answer about one tag. Times are epoch ms. */
export interface ImageCheck {
  /** Digest that the registry serves; `null` until it has answered. */
  readonly digest: string | null;
  readonly newerTag: string | null;
  /** Time of the last answer; `null` until there is one. */
  readonly checkedAt: number | null;
  /** Time since which the digest has been served. */
  readonly digestSince: number | null;
  /** The reason why the last check failed; `null` if it did not. */
  readonly error: string | null;
  readonly errorSince: number | null;
  /** Earliest time of the next check. */
  readonly retryAt: number | null;
}

/** Age at which an answer is removed, ms: no container has used the tag since. */
const KEEP_MS = 90 * 86_400_000;

/** Answers by name of the image, with registry and tag. */
export class ImageChecks {
  constructor(readonly database: DatabaseSync) {}

  /** Returns the last answer about a tag. */
  get(name: string): ImageCheck | undefined {
    const row = this.database.prepare(
      "SELECT digest, newer_tag AS newerTag, checked_at AS checkedAt, digest_since AS digestSince, error, " +
        "error_since AS errorSince, retry_at AS retryAt FROM image_checks WHERE name = ?",
    ).get(name);
    return row === undefined ? undefined : { ...row } as unknown as ImageCheck;
  }

  /** Stores the answer about a tag, and removes answers that nothing has asked for in 90 days. */
  set(name: string, check: ImageCheck, now: number): void {
    this.database.prepare(
      "INSERT OR REPLACE INTO image_checks " +
        "(name, digest, newer_tag, checked_at, digest_since, error, error_since, retry_at, stored_at) " +
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ).run(
      name,
      check.digest,
      check.newerTag,
      check.checkedAt,
      check.digestSince,
      check.error,
      check.errorSince,
      check.retryAt,
      now,
    );
    this.database.prepare("DELETE FROM image_checks WHERE stored_at < ?").run(now - KEEP_MS);
  }
}
