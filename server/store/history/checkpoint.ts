/**
 * Moves the write-ahead log of the history into its database, while this thread never waits for the disk.
 *
 * SQLite would flush both files while the server waits. Here they are flushed in the background, in the order that
 * keeps the database whole after a power failure: the log before its pages are copied, and the database before the log
 * is overwritten.
 */
import { DatabaseSync } from "node:sqlite";

/** Files of a database. They stay open as long as it, because closing one would release the locks of SQLite. */
export class Checkpoint implements Disposable {
  readonly #database: Deno.FsFile;
  readonly #log: Deno.FsFile;
  readonly #reader: DatabaseSync;

  /** @param path Path of the database, whose write-ahead log exists. */
  constructor(readonly database: DatabaseSync, path: string) {
    this.#database = Deno.openSync(path, { read: true, write: true });
    this.#log = Deno.openSync(`${path}-wal`, { read: true, write: true });
    this.#reader = new DatabaseSync(path, { readOnly: true });
  }

  /**
   * Copies the log into the database.
   *
   * @param writes Returns the number of transactions until now.
   */
  async run(writes: () => number): Promise<void> {
    let flushed = -1;
    while (flushed !== writes()) {
      flushed = writes();
      await this.#log.syncData();
    }
    // A reader of the log's end keeps the log from being overwritten, but not from growing.
    this.#reader.exec("BEGIN; SELECT count(*) FROM clock");
    try {
      this.database.exec("PRAGMA wal_checkpoint(PASSIVE)");
      await this.#database.syncData();
    } finally {
      this.#reader.exec("ROLLBACK");
    }
  }

  [Symbol.dispose](): void {
    this.#reader.close();
    this.#log.close();
    this.#database.close();
  }
}
