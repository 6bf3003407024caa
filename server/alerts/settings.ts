/** Rules or channels of the file, which requests cannot change, and stored ones. */
import { AppError } from "../errors.ts";
import type { AlertStore, SettingKind } from "../store/alerts/alert_store.ts";
import { storageError } from "../store/stored.ts";

/** A setting as it is used. */
export interface Setting {
  readonly id: string;
  readonly source: "file" | "stored";
}

/** Options for {@linkcode Settings}. */
export interface SettingsOptions<Draft, Full extends Setting> {
  readonly kind: Extract<SettingKind, "rule" | "channel">;
  readonly most: number;
  readonly store: AlertStore;
  /** Fills in what a draft leaves out. */
  readonly complete: (draft: Draft, id: string, source: Setting["source"]) => Full;
  readonly changed: () => void;
}

/** Rules or channels by id. */
export class Settings<
  Draft extends { readonly id?: string | undefined; readonly name: string },
  Full extends Setting,
> {
  readonly #options: SettingsOptions<Draft, Full>;
  #file: ReadonlyMap<string, Full> = new Map();
  readonly #stored: Map<string, Full>;

  constructor(options: SettingsOptions<Draft, Full>, file: readonly Draft[]) {
    this.#options = options;
    const stored = [...options.store.settings(options.kind)] as [string, Draft][];
    this.#stored = new Map(stored.map(([id, draft]) => [id, options.complete(draft, id, "stored")]));
    this.reload(file);
  }

  /** Returns all settings, starting with the file. A setting of the file overrides a stored one with the same id. */
  list(): Full[] {
    return [...this.#file.values(), ...this.#stored.values().filter(({ id }) => !this.#file.has(id))];
  }

  /** Returns a setting; `undefined` for an unknown id. */
  get(id: string): Full | undefined {
    return this.#file.get(id) ?? this.#stored.get(id);
  }

  /**
   * Returns a setting.
   *
   * @throws {AppError} "not-found".
   */
  existing(id: string): Full {
    const found = this.get(id);
    if (found === undefined) throw new AppError("not-found", `There is no ${this.#options.kind} "${id}"`);
    return found;
  }

  /** Replaces the settings of the file. */
  reload(drafts: readonly Draft[]): void {
    const file = new Map<string, Full>();
    for (const draft of drafts) {
      const id = this.#freeId(draft, (taken) => file.has(taken));
      file.set(id, this.#options.complete(draft, id, "file"));
    }
    this.#file = file;
  }

  /**
   * Stores a new setting.
   *
   * @throws {AppError} "busy" if the id is taken or there are too many, "no-space" or "failed" if it cannot be stored.
   */
  create(draft: Draft): Full {
    const { kind, most } = this.#options;
    const taken = draft.id !== undefined && this.get(draft.id) !== undefined;
    if (taken) throw new AppError("busy", `Cannot create the ${kind}: the id "${draft.id}" is taken`);
    if (this.list().length >= most) {
      throw new AppError("busy", `Cannot create the ${kind}: ${most} already exist. Delete one first`);
    }
    return this.#put(draft, this.#freeId(draft, (id) => this.get(id) !== undefined));
  }

  /**
   * Replaces a stored setting. Keys that the draft leaves out are cleared, secrets included.
   *
   * @throws {AppError} "not-found", "forbidden" for one of the file.
   */
  replace(id: string, draft: Draft): Full {
    this.#checkStored(id);
    return this.#put(draft, id);
  }

  /**
   * Replaces stored settings together, and applies them once.
   *
   * @throws {AppError} as {@linkcode replace}.
   */
  replaceAll(drafts: ReadonlyMap<string, Draft>): void {
    if (drafts.size === 0) return;
    for (const [id, draft] of drafts) {
      this.#checkStored(id);
      this.#store(draft, id);
    }
    this.#options.changed();
  }

  /**
   * Deletes a stored setting.
   *
   * @throws {AppError} "not-found", "forbidden" for one of the file.
   */
  remove(id: string): void {
    this.#checkStored(id);
    const { kind, store, changed } = this.#options;
    this.#write(() => store.deleteSetting(kind, id));
    this.#stored.delete(id);
    changed();
  }

  #put(draft: Draft, id: string): Full {
    const full = this.#store(draft, id);
    this.#options.changed();
    return full;
  }

  #store(draft: Draft, id: string): Full {
    const { kind, store, complete } = this.#options;
    const full = complete(draft, id, "stored");
    this.#write(() => store.putSetting(kind, id, { ...draft, id }));
    this.#stored.set(id, full);
    return full;
  }

  #write(write: () => void): void {
    try {
      write();
    } catch (cause) {
      throw storageError(`store the ${this.#options.kind}`, cause);
    }
  }

  #checkStored(id: string): void {
    const { source } = this.existing(id);
    if (source === "stored") return;
    const message =
      `Cannot change the ${this.#options.kind} "${id}": it is in dockstat.yaml. Change it there`;
    throw new AppError("forbidden", message);
  }

  #freeId({ id, name }: Draft, isTaken: (id: string) => boolean): string {
    if (id !== undefined) return id;
    const base = name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 50) ||
      "unnamed";
    for (let number = 1;; number++) {
      const found = number === 1 ? base : `${base}-${number}`;
      if (!isTaken(found)) return found;
    }
  }
}
