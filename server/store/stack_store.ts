/** The stacks themselves: rows in the database, and the two files of each that Compose reads. */
import type { DatabaseSync } from "node:sqlite";
import { AppError, reason } from "../errors.ts";
import type { StackStatus } from "../protocol/stack_events.ts";
import { transaction } from "./database.ts";
import { AtomicWrites, readText, removeIfThere, removeTemporaryFiles } from "./files.ts";

/** A stack as it is kept. */
export interface StackRecord {
  readonly stackId: number;
  readonly name: string;
  readonly hostId: string;
  readonly status: StackStatus;
  /** The names of its services, as its compose file has them. */
  readonly services: readonly string[];
  /** What its relative paths are relative to, when that is not its own folder: an adopted project's. */
  readonly folder: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a stack is made of. */
export interface StackTexts {
  readonly compose: string;
  /** Undefined when there is none. */
  readonly env: string | undefined;
}

/** A stack that is to be kept. */
export interface StackToKeep extends StackTexts {
  readonly name: string;
  readonly hostId: string;
  readonly status: StackStatus;
  readonly services: readonly string[];
  readonly folder?: string;
}

/** The paths of a stack's files. */
export interface StackPaths {
  readonly folder: string;
  readonly compose: string;
  readonly env: string;
}

/**
 * All stacks. Texts go into the database with the row, in one transaction, then into their files, and then out of the
 * database: a kill at any point leaves the old state, or one that {@linkcode StackStore.finishWriting} completes.
 */
export class StackStore {
  /** @param folder Where each stack has a folder of its own. */
  constructor(readonly database: DatabaseSync, readonly folder: string) {}

  /** All stacks, by id. */
  all(): StackRecord[] {
    return this.database.prepare("SELECT * FROM stacks ORDER BY stack_id").all().map(toRecord);
  }

  /** A stack, `undefined` when there is none of this id. */
  get(stackId: number): StackRecord | undefined {
    const row = this.database.prepare("SELECT * FROM stacks WHERE stack_id = ?").get(stackId);
    return row && toRecord(row);
  }

  /** The stack of this name on a host. */
  named(hostId: string, name: string): StackRecord | undefined {
    const row = this.database.prepare("SELECT * FROM stacks WHERE host_id = ? AND name = ?").get(
      hostId,
      name,
    );
    return row && toRecord(row);
  }

  /**
   * Refuses a name that is taken.
   *
   * @throws {AppError} "busy" that names who has it.
   */
  checkName(hostId: string, name: string): void {
    const taken = this.named(hostId, name);
    if (taken === undefined) return;
    const holder = `stack ${taken.stackId} on host "${hostId}" has this name`;
    throw new AppError("busy", `Cannot create stack "${name}": ${holder}`);
  }

  /** Where a stack's files are. */
  paths(stackId: number): StackPaths {
    const folder = `${this.folder}/${stackId}`;
    return { folder, compose: `${folder}/compose.yaml`, env: `${folder}/.env` };
  }

  /**
   * Keeps a new stack.
   *
   * @throws {AppError} "busy" when the name is taken, "failed" when it cannot be written; then nothing is kept.
   */
  async create(stack: StackToKeep): Promise<StackRecord> {
    const { name, compose, env } = stack;
    return await kept(`create stack "${name}"`, async () => {
      const room = `${this.folder}/new.${crypto.randomUUID()}`;
      let stackId: number | undefined;
      try {
        await Deno.mkdir(room, { recursive: true, mode: 0o700 });
        await using drafts = new AtomicWrites();
        await writeTexts(drafts, { compose: `${room}/compose.yaml`, env: `${room}/.env` }, { compose, env });
        await drafts.settle();
        // In one breath: nobody takes the name between the look and the insert.
        this.checkName(stack.hostId, name);
        stackId = this.#insert(stack);
        await Deno.rename(room, this.paths(stackId).folder);
      } catch (error) {
        await removeIfThere(room);
        if (stackId !== undefined) await this.forget(stackId);
        throw error;
      }
      this.#written(stackId);
      return this.get(stackId)!;
    });
  }

  /**
   * Changes a stack's texts, as far as given, and its services.
   *
   * @throws {AppError} "failed" when it cannot be written; then the old texts stay.
   */
  async change(stackId: number, texts: Partial<StackTexts>, services: readonly string[]): Promise<void> {
    await kept(`change stack ${stackId}`, async () => {
      await using drafts = new AtomicWrites();
      await writeTexts(drafts, this.paths(stackId), texts);
      const sql =
        "UPDATE stacks SET services = ?, updated_at = ?, unwritten_compose = ?, unwritten_env = ? " +
        "WHERE stack_id = ?";
      this.database.prepare(sql).run(
        JSON.stringify(services),
        new Date().toISOString(),
        blob(texts.compose),
        blob(texts.env),
        stackId,
      );
      await drafts.settle();
      this.#written(stackId);
    });
  }

  /** The texts of a stack, byte for byte. */
  async texts(stackId: number): Promise<StackTexts> {
    const { compose, env } = this.paths(stackId);
    return { compose: await readText(compose) ?? "", env: await readText(env) };
  }

  /** Forgets a stack and removes its files. */
  async forget(stackId: number): Promise<void> {
    transaction(
      this.database,
      () => this.database.prepare("DELETE FROM stacks WHERE stack_id = ?").run(stackId),
    );
    await removeIfThere(this.paths(stackId).folder);
  }

  /** At a start: writes what a kill has kept from being written, and removes what it has kept from being removed. */
  async finishWriting(): Promise<void> {
    const sql =
      "SELECT stack_id FROM stacks WHERE unwritten_compose IS NOT NULL OR unwritten_env IS NOT NULL";
    for (const row of this.database.prepare(sql).all()) await this.#finish(Number(row["stack_id"]));
    await Deno.mkdir(this.folder, { recursive: true, mode: 0o700 });
    await removeTemporaryFiles(this.folder);
    for await (const { name } of Deno.readDir(this.folder)) {
      if (!/^\d+$/.test(name)) continue;
      const path = `${this.folder}/${name}`;
      if (this.get(Number(name)) === undefined) await removeIfThere(path);
      else await removeTemporaryFiles(path);
    }
  }

  /** Both texts are in the row until they are in their files. */
  #insert({ name, hostId, status, services, folder, compose, env }: StackToKeep): number {
    const now = new Date().toISOString();
    const sql = "INSERT INTO stacks (name, host_id, status, services, folder, created_at, updated_at, " +
      "unwritten_compose, unwritten_env) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    const { lastInsertRowid } = this.database.prepare(sql).run(
      name,
      hostId,
      status,
      JSON.stringify(services),
      folder ?? null,
      now,
      now,
      blob(compose),
      blob(env),
    );
    return Number(lastInsertRowid);
  }

  #written(stackId: number): void {
    const sql = "UPDATE stacks SET unwritten_compose = NULL, unwritten_env = NULL WHERE stack_id = ?";
    this.database.prepare(sql).run(stackId);
  }

  async #finish(stackId: number): Promise<void> {
    const sql = "SELECT unwritten_compose AS compose, unwritten_env AS env FROM stacks WHERE stack_id = ?";
    const row = this.database.prepare(sql).get(stackId) as {
      compose: Uint8Array | null;
      env: Uint8Array | null;
    };
    const paths = this.paths(stackId);
    await Deno.mkdir(paths.folder, { recursive: true, mode: 0o700 });
    await using drafts = new AtomicWrites();
    if (row.compose !== null) await drafts.write(paths.compose, row.compose);
    if (row.env !== null) await drafts.write(paths.env, row.env);
    await drafts.settle();
    this.#written(stackId);
  }
}

async function kept<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("failed", `Cannot ${what}: ${reason(cause)}`, { cause });
  }
}

async function writeTexts(
  drafts: AtomicWrites,
  paths: Pick<StackPaths, "compose" | "env">,
  { compose, env }: Partial<StackTexts>,
): Promise<void> {
  if (compose !== undefined) await drafts.write(paths.compose, new TextEncoder().encode(compose));
  if (env !== undefined) await drafts.write(paths.env, new TextEncoder().encode(env));
}

function blob(text: string | undefined): Uint8Array | null {
  return text === undefined ? null : new TextEncoder().encode(text);
}

function toRecord(row: Readonly<Record<string, unknown>>): StackRecord {
  return {
    stackId: Number(row["stack_id"]),
    name: String(row["name"]),
    hostId: String(row["host_id"]),
    status: row["status"] as StackStatus,
    services: JSON.parse(String(row["services"])),
    folder: row["folder"] as string | null,
    createdAt: String(row["created_at"]),
    updatedAt: String(row["updated_at"]),
  };
}
