/** Rows of the further files of stacks, and what changes them. */
import type { DatabaseSync } from "node:sqlite";
import { digestOf } from "../digest.ts";
import type { Versions } from "../versions.ts";
import { DEFAULT_MODE, type FileModes } from "./file_modes.ts";

/** A further file of a stack. */
export interface ProjectFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256, in hexadecimal. */
  readonly digest: string;
  /** Permissions. */
  readonly mode: number;
}

/** Bytes by path; `null` removes a file. */
export type FileChanges = ReadonlyMap<string, Uint8Array | null>;

/** The further files in a database. */
export class FileRows {
  constructor(readonly database: DatabaseSync, readonly versions: Versions) {}

  /** Lists the files of a stack, by path. */
  list(stackId: number): ProjectFile[] {
    const sql = "SELECT path, stack_files.digest, mode, length(bytes) AS size FROM stack_files " +
      "JOIN blobs USING (digest) WHERE stack_id = ? ORDER BY path";
    return this.database.prepare(sql).all(stackId).map((row) => ({
      path: String(row["path"]),
      size: Number(row["size"]),
      digest: String(row["digest"]),
      mode: Number(row["mode"]),
    }));
  }

  /** Returns the bytes of a file; `undefined` if the stack does not have it. */
  read(stackId: number, path: string): Uint8Array | undefined {
    const row = this.database.prepare("SELECT digest FROM stack_files WHERE stack_id = ? AND path = ?")
      .get(stackId, path);
    return row && this.versions.blob(String(row["digest"]));
  }

  /** Returns the permissions of a file; the default if the stack does not have it. */
  mode(stackId: number, path: string): number {
    const row = this.database.prepare("SELECT mode FROM stack_files WHERE stack_id = ? AND path = ?")
      .get(stackId, path);
    return Number(row?.["mode"] ?? DEFAULT_MODE);
  }

  /** Returns the changes that make the files of a stack these ones; a file with other permissions is one. */
  changesTo(
    stackId: number,
    files: ReadonlyMap<string, Uint8Array>,
    modes: FileModes = new Map(),
  ): FileChanges {
    const stored = new Map(this.list(stackId).map((file) => [file.path, file]));
    const isNew = ([path, bytes]: [string, Uint8Array]) => {
      const file = stored.get(path);
      return file?.digest !== digestOf(bytes) || file.mode !== (modes.get(path) ?? file.mode);
    };
    const removed = [...stored.keys()].filter((path) => !files.has(path));
    return new Map([...[...files].filter(isNew), ...removed.map((path) => [path, null] as const)]);
  }

  /** Stores changes, as still to be written to the disk. Runs within the caller's transaction. */
  announce(stackId: number, changes: FileChanges, modes: FileModes): void {
    for (const [path, bytes] of changes) {
      this.#store(stackId, path, bytes, modes.get(path) ?? this.mode(stackId, path));
      this.database.prepare("INSERT OR REPLACE INTO file_changes (stack_id, path) VALUES (?, ?)")
        .run(stackId, path);
    }
  }

  /** Lists the paths of changes that are still to be written to the disk. */
  announced(stackId: number): string[] {
    const rows = this.database.prepare("SELECT path FROM file_changes WHERE stack_id = ?").all(stackId);
    return rows.map((row) => String(row["path"]));
  }

  /** Notes that a change is on the disk. */
  settled(stackId: number, path: string): void {
    this.database.prepare("DELETE FROM file_changes WHERE stack_id = ? AND path = ?").run(stackId, path);
  }

  #store(stackId: number, path: string, bytes: Uint8Array | null, mode: number): void {
    this.database.prepare("DELETE FROM stack_files WHERE stack_id = ? AND path = ?").run(stackId, path);
    if (bytes === null) return;
    const digest = digestOf(bytes);
    this.versions.saveBlob(digest, bytes);
    this.database.prepare("INSERT INTO stack_files (stack_id, path, digest, mode) VALUES (?, ?, ?, ?)")
      .run(stackId, path, digest, mode);
  }
}
