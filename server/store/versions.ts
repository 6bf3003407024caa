/** The versions of a stack: its texts and files at each save, the newest 50. */
import type { DatabaseSync } from "node:sqlite";
import type { StackVersion, VersionImage } from "../protocol/stack_versions.ts";
import { transaction } from "./database.ts";
import { digestOf } from "./digest.ts";
import { contentKey, DEFAULT_MODE, type FileModes } from "./further/file_modes.ts";
import type { StoredTexts } from "./text_rows.ts";

/** Contents of a version. */
export interface VersionContents {
  readonly compose: Uint8Array;
  readonly env: Uint8Array | undefined;
  /** Files by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Permissions of the files. */
  readonly modes: FileModes;
}

/** Number of versions that are kept. */
const MOST_VERSIONS = 50;

/** Tables with rows of a stack, which go with it. */
const TABLES = [
  "service_updates",
  "versions",
  "stack_files",
  "file_changes",
  "deployed_services",
  "drafts",
  "git_stacks",
  "git_deliveries",
];

/** Digests that something refers to. */
const REFERENCED = `
  SELECT compose_digest FROM versions UNION
  SELECT env_digest FROM versions WHERE env_digest IS NOT NULL UNION
  SELECT value FROM versions, json_each(versions.files) UNION
  SELECT digest FROM stack_files`;

/** The versions in a database. */
export class Versions {
  constructor(readonly database: DatabaseSync) {}

  /**
   * Stores the current contents of a stack as its newest version, unless the newest one has the same contents. Runs
   * within the caller's transaction.
   */
  add(stackId: number, { compose, env }: StoredTexts, reason: string): void {
    if (compose === undefined) return;
    const files = this.filesOf(stackId);
    const digest = contentDigest(compose.digest, env?.digest, this.contentKeysOf(stackId));
    const newest = this.#newest(stackId);
    if (newest?.digest === digest) return;
    for (const text of [compose, env]) if (text !== undefined) this.saveBlob(text.digest, text.bytes);
    this.database.prepare(
      "INSERT INTO versions (stack_id, version, created_at, reason, digest, compose_digest, env_digest, files, " +
        "modes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ).run(
      stackId,
      (newest?.version ?? 0) + 1,
      new Date().toISOString(),
      reason,
      digest,
      compose.digest,
      env?.digest ?? null,
      JSON.stringify(files),
      JSON.stringify(Object.fromEntries(this.#modesOf(stackId))),
    );
    const oldest = "SELECT version FROM versions WHERE stack_id = ? ORDER BY version DESC LIMIT -1 OFFSET ?";
    const removed = this.database.prepare(
      `DELETE FROM versions WHERE stack_id = ? AND version IN (${oldest})`,
    ).run(stackId, stackId, MOST_VERSIONS);
    if (removed.changes > 0) this.removeUnusedBlobs();
  }

  /** Lists the versions of a stack, newest first. */
  list(stackId: number): StackVersion[] {
    const rows = this.database.prepare(
      "SELECT version, created_at, reason, deployed_at, images FROM versions WHERE stack_id = ? ORDER BY version DESC",
    ).all(stackId);
    return rows.map((row, index) => ({
      version: Number(row["version"]),
      created_at: String(row["created_at"]),
      reason: String(row["reason"]),
      current: index === 0,
      deployed_at: row["deployed_at"] as string | null,
      images: JSON.parse(String(row["images"])),
    }));
  }

  /** Returns the contents of a version; `undefined` if it does not exist. */
  contents(stackId: number, version: number): VersionContents | undefined {
    const row = this.database.prepare("SELECT * FROM versions WHERE stack_id = ? AND version = ?")
      .get(stackId, version);
    if (row === undefined) return undefined;
    const files: Record<string, string> = JSON.parse(String(row["files"]));
    const modes = new Map(Object.entries<number>(JSON.parse(String(row["modes"]))));
    const env = row["env_digest"] as string | null;
    return {
      compose: this.blob(String(row["compose_digest"])),
      env: env === null ? undefined : this.blob(env),
      files: new Map(Object.entries(files).map(([path, digest]) => [path, this.blob(digest)])),
      modes: new Map(Object.keys(files).map((path) => [path, modes.get(path) ?? DEFAULT_MODE])),
    };
  }

  /** Digest of the newest version's contents; `undefined` without a version. */
  currentDigest(stackId: number): string | undefined {
    return this.#newest(stackId)?.digest;
  }

  /** Reports whether the stored contents of a stack are other than those deployed last. */
  isPending(stackId: number): boolean {
    const row = this.database.prepare("SELECT deployed_digest FROM stacks WHERE stack_id = ?").get(stackId);
    const deployed = row?.["deployed_digest"] ?? null;
    return deployed === null || deployed !== this.currentDigest(stackId);
  }

  /** Notes when the contents with a digest were deployed, with the images that their containers use. */
  deployed(stackId: number, digest: string, images: readonly VersionImage[], at = new Date()): void {
    transaction(this.database, () => {
      this.database.prepare("UPDATE stacks SET deployed_digest = ? WHERE stack_id = ?").run(digest, stackId);
      const newest = "SELECT max(version) FROM versions WHERE stack_id = ? AND digest = ?";
      this.database.prepare(
        `UPDATE versions SET deployed_at = ?, images = ? WHERE stack_id = ? AND version = (${newest})`,
      ).run(at.toISOString(), JSON.stringify(images), stackId, stackId, digest);
    });
  }

  /** Notes that what was deployed last is not stored: a file of an adopted stack has changed. */
  notDeployed(stackId: number): void {
    this.database.prepare("UPDATE stacks SET deployed_digest = NULL WHERE stack_id = ?").run(stackId);
  }

  /** Returns the digests of a stack's files by path. */
  filesOf(stackId: number): Readonly<Record<string, string>> {
    const rows = this.database.prepare(
      "SELECT path, digest FROM stack_files WHERE stack_id = ? ORDER BY path",
    )
      .all(stackId);
    return Object.fromEntries(rows.map((row) => [String(row["path"]), String(row["digest"])]));
  }

  /** Returns texts by path that change with the contents and permissions of a stack's files. */
  contentKeysOf(stackId: number): Readonly<Record<string, string>> {
    const modes = this.#modesOf(stackId);
    const files = Object.entries(this.filesOf(stackId));
    return Object.fromEntries(
      files.map(([path, digest]) => [path, contentKey(digest, modes.get(path) ?? DEFAULT_MODE)]),
    );
  }

  /** Returns the permissions of a stack's files that are not the default. */
  #modesOf(stackId: number): FileModes {
    const sql = "SELECT path, mode FROM stack_files WHERE stack_id = ? AND mode <> ? ORDER BY path";
    const rows = this.database.prepare(sql).all(stackId, DEFAULT_MODE);
    return new Map(rows.map((row) => [String(row["path"]), Number(row["mode"])]));
  }

  /** Returns the bytes with a digest; empty if they are lost. */
  blob(digest: string): Uint8Array {
    const row = this.database.prepare("SELECT bytes FROM blobs WHERE digest = ?").get(digest);
    return row?.["bytes"] instanceof Uint8Array ? row["bytes"] : new Uint8Array();
  }

  /** Stores bytes, unless they are stored already. */
  saveBlob(digest: string, bytes: Uint8Array): void {
    this.database.prepare("INSERT OR IGNORE INTO blobs (digest, bytes) VALUES (?, ?)").run(digest, bytes);
  }

  /** Removes bytes that no version and no stack uses. */
  removeUnusedBlobs(): void {
    this.database.exec(`DELETE FROM blobs WHERE digest NOT IN (${REFERENCED})`);
  }

  /** Removes all versions of a stack within the caller's transaction. */
  forget(stackId: number): void {
    for (const table of TABLES) {
      this.database.prepare(`DELETE FROM ${table} WHERE stack_id = ?`).run(stackId);
    }
    this.removeUnusedBlobs();
  }

  #newest(stackId: number): { readonly version: number; readonly digest: string } | undefined {
    const row = this.database.prepare(
      "SELECT version, digest FROM versions WHERE stack_id = ? ORDER BY version DESC LIMIT 1",
    ).get(stackId);
    return row && { version: Number(row["version"]), digest: String(row["digest"]) };
  }
}

function contentDigest(
  compose: string,
  env: string | undefined,
  files: Readonly<Record<string, string>>,
): string {
  return digestOf(
    new TextEncoder().encode(JSON.stringify([compose, env ?? null, Object.entries(files).sort()])),
  );
}
