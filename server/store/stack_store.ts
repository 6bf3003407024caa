/** Stacks: their rows in the database, and the texts that Compose reads. */
import type { DatabaseSync } from "node:sqlite";
import { AppError } from "../errors.ts";
import { transaction } from "./database.ts";
import { DeployedServices } from "./deployed_services.ts";
import { AtomicWrites, removeTree } from "./files.ts";
import type { FileModes } from "./further/file_modes.ts";
import type { FileChanges } from "./further/file_rows.ts";
import { ProjectFiles } from "./project_files.ts";
import { StackFiles, type StackPaths, writeNew } from "./stack_files.ts";
import { releasedPaths } from "./removal_paths.ts";
import {
  COLUMNS,
  type StackRecord,
  type StackTexts,
  type StackToKeep,
  type StoredService,
  toRecord,
} from "./stack_record.ts";
import { bytesOf, TextRows } from "./text_rows.ts";
import { stored } from "./stored.ts";
import { Versions } from "./versions.ts";

/** All stacks. Changes go into the database first, then into files; `recoverStacks()` completes them after a kill. */
export class StackStore {
  /** Files of the stacks. */
  readonly files: StackFiles;
  /** Texts in the database. */
  readonly rows: TextRows;
  /** Earlier contents. */
  readonly versions: Versions;
  /** Further files. */
  readonly further: ProjectFiles;
  /** Services as they were deployed last. */
  readonly deployed: DeployedServices;

  /** @param data The data folder. */
  constructor(readonly database: DatabaseSync, readonly data: string) {
    this.files = new StackFiles(data);
    this.rows = new TextRows(database);
    this.versions = new Versions(database);
    this.deployed = new DeployedServices(database);
    this.further = new ProjectFiles(database, this.files, this.rows, this.versions);
  }

  /** All stacks, by id. */
  all(): StackRecord[] {
    return this.database.prepare(`SELECT ${COLUMNS} FROM stacks ORDER BY stack_id`).all().map(toRecord);
  }

  /** Returns a stack; `undefined` when this id does not exist. */
  get(stackId: number): StackRecord | undefined {
    const row = this.database.prepare(`SELECT ${COLUMNS} FROM stacks WHERE stack_id = ?`).get(stackId);
    return row && toRecord(row);
  }

  /** The stack of this name on a host. */
  named(hostId: string, name: string): StackRecord | undefined {
    const sql = `SELECT ${COLUMNS} FROM stacks WHERE host_id = ? AND name = ?`;
    const row = this.database.prepare(sql).get(hostId, name);
    return row && toRecord(row);
  }

  /**
   * Refuses a name that is taken.
   *
   * @throws {AppError} "busy" that names the stack.
   */
  checkName(hostId: string, name: string): void {
    const taken = this.named(hostId, name);
    if (taken === undefined) return;
    const holder = `stack ${taken.stackId} on host "${hostId}" has this name`;
    throw new AppError("busy", `Cannot create stack "${name}": ${holder}`);
  }

  /** Paths of a stack's files. */
  paths(stackId: number): StackPaths {
    return this.files.paths(stackId, this.get(stackId));
  }

  /**
   * Stores a new stack.
   *
   * @throws {AppError} "busy" when the name is taken, "failed" when it cannot be written; then nothing is stored.
   */
  async create(stack: StackToKeep): Promise<StackRecord> {
    return await stored(`create stack "${stack.name}"`, async () => {
      const draft = this.files.draftFolder();
      let stackId: number | undefined;
      try {
        await Deno.mkdir(draft, { recursive: true, mode: 0o700 });
        if (stack.files === undefined) await writeNew(draft, stack);
        if (stack.further !== undefined) this.further.checkLimits(0, stack.further.files);
        // No await between the check and the insert, so the name stays free.
        this.checkName(stack.hostId, stack.name);
        stackId = this.#insert(stack);
        await Deno.rename(draft, `${this.files.texts}/${stackId}`);
        await this.files.create(stackId, this.paths(stackId));
        await this.further.finish(stackId, () => true);
        this.settle(stackId, stack.further?.why ?? (stack.files === undefined ? "created" : "adopted"));
        return this.get(stackId)!;
      } catch (error) {
        await removeTree(draft);
        if (stackId !== undefined) await this.forget(stackId);
        throw error;
      }
    });
  }

  /**
   * Changes a stack's texts and files, as far as given, and its services. A lost folder is created again.
   *
   * @throws {AppError} "failed" when it cannot be written; then the old texts stay.
   */
  async change(
    stackId: number,
    texts: Partial<StackTexts>,
    services: readonly StoredService[],
    { why = "changed", files = new Map(), modes }: {
      readonly why?: string;
      readonly files?: FileChanges;
      readonly modes?: FileModes;
    } = {},
  ): Promise<void> {
    await stored(`change stack ${stackId}`, async () => {
      const record = this.get(stackId)!;
      const paths = this.paths(stackId);
      await this.files.create(stackId, paths);
      await using drafts = new AtomicWrites();
      for (const [name, own] of [["compose", record.composeFile], ["env", record.envFile]] as const) {
        const text = texts[name];
        if (text === undefined) continue;
        if (own === null) await drafts.write(paths[name], bytesOf(text));
        else await drafts.overwrite(own, bytesOf(text));
      }
      await using fileDrafts = new AtomicWrites();
      await this.further.draft(fileDrafts, stackId, files, modes);
      transaction(this.database, () => {
        this.#announce(stackId, texts, services);
        this.further.announce(stackId, files, modes);
      });
      try {
        await drafts.settle();
      } catch (error) {
        this.#announce(stackId, {}, record.services);
        throw error;
      }
      this.settle(stackId, why);
      await this.further.settle(fileDrafts, stackId);
    });
  }

  /** Stores the pending texts as written, once they are in their files, and the result as a version. */
  settle(stackId: number, why: string): void {
    transaction(this.database, () => {
      this.rows.settle(stackId);
      this.versions.add(stackId, this.rows.get(stackId), why);
    });
  }

  /** Stores what the files of a stack have now as its texts; `undefined` for no environment. */
  accept(stackId: number, texts: StackTexts, services: readonly StoredService[]): void {
    const { compose, env } = texts;
    transaction(this.database, () => {
      this.#announce(stackId, {}, services);
      this.rows.save(stackId, { compose: bytesOf(compose), env: env === undefined ? null : bytesOf(env) });
      this.versions.add(stackId, this.rows.get(stackId), "accepted");
    });
  }

  /** The stored texts of a stack, byte for byte. */
  texts(stackId: number): StackTexts {
    const { compose, env } = this.rows.get(stackId);
    const decode = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return { compose: compose ? decode(compose.bytes) : "", env: env && decode(env.bytes) };
  }

  /** Deletes a stack and its files, as {@linkcode ProjectFiles.removeAll} does; returns the paths that stay. */
  async forget(stackId: number, isSafe: (path: string) => boolean = () => true): Promise<string[]> {
    const user = this.get(stackId);
    const digest = this.rows.get(stackId).env?.digest ?? null;
    await this.further.removeAll(stackId, isSafe);
    transaction(this.database, () => {
      this.database.prepare("INSERT OR REPLACE INTO removals (stack_id, env_digest) VALUES (?, ?)")
        .run(stackId, digest);
      this.#deleteRows(stackId);
    });
    await this.removeFiles(stackId, digest);
    return await this.files.left(stackId, user);
  }

  /** Deletes the record of a stack but none of its files; returns their paths. */
  async release(stackId: number): Promise<string[]> {
    const paths = await releasedPaths(this, stackId);
    await this.files.removeRun(stackId);
    transaction(this.database, () => this.#deleteRows(stackId));
    return paths;
  }

  #deleteRows(stackId: number): void {
    this.database.prepare("DELETE FROM stack_texts WHERE stack_id = ?").run(stackId);
    this.database.prepare("DELETE FROM stacks WHERE stack_id = ?").run(stackId);
    this.versions.forget(stackId);
  }

  /** Removes the files of a deleted stack, and the note that they are to be removed. */
  async removeFiles(stackId: number, envDigest: string | null): Promise<void> {
    await this.files.remove(stackId, envDigest);
    this.database.prepare("DELETE FROM removals WHERE stack_id = ?").run(stackId);
  }

  /** Both texts are in the row until they are in their files; an adopted project has its files already. */
  #insert({ name, hostId, status, services, files, compose, env, further }: StackToKeep): number {
    // Folders of a lost database keep their numbers.
    const stackId = Math.max(this.rows.highestId(), this.files.highest()) + 1;
    const now = new Date().toISOString();
    const texts = [bytesOf(compose), env === undefined ? null : bytesOf(env)] as const;
    const sql = "INSERT INTO stacks (stack_id, name, host_id, status, services, folder, compose_file, " +
      "env_file, created_at, updated_at, unwritten_compose, unwritten_env) " +
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    transaction(this.database, () => {
      this.database.prepare(sql).run(
        stackId,
        name,
        hostId,
        status,
        JSON.stringify(services),
        ...[files?.folder, files?.compose, files?.env].map((path) => path ?? null),
        now,
        now,
        ...files === undefined ? texts : [null, null],
      );
      if (files !== undefined) this.rows.save(stackId, { compose: texts[0], env: texts[1] });
      if (further !== undefined) this.further.announce(stackId, further.files, further.modes);
      further?.note?.(stackId);
    });
    return stackId;
  }

  #announce(
    stackId: number,
    { compose, env }: Partial<StackTexts>,
    services: readonly StoredService[],
  ): void {
    const sql = "UPDATE stacks SET services = ?, updated_at = ?, unwritten_compose = ?, unwritten_env = ? " +
      "WHERE stack_id = ?";
    const texts = [compose, env].map((text) => text === undefined ? null : bytesOf(text));
    this.database.prepare(sql).run(JSON.stringify(services), new Date().toISOString(), ...texts, stackId);
  }
}
