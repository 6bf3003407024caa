/** Files of an open editor. A version that another client stored meanwhile is never overwritten without consent. */
import { Observable } from "../../../lib/observable.ts";
import type { StackFiles } from "../../../../../../server/protocol/stacks.ts";
import type { ContentRequests } from "../model/content_requests.ts";
import type { StackRequests } from "../model/stack_requests.ts";
import type { EditedFiles } from "./files/edited_files.ts";
import { storeChanges } from "./files/store_changes.ts";
import { changedElsewhere } from "./files/stored_content.ts";

/** Stored files that differ from those the editor was opened with. */
export interface Conflict {
  readonly stored: StackFiles;
  /** Paths of further files that differ. */
  readonly paths: readonly string[];
  /** True if the save that found the conflict would also have deployed. */
  readonly deploy: boolean;
}

/** Requests of an open editor. */
export interface EditRequests {
  readonly requests: StackRequests;
  readonly contents: ContentRequests;
}

/** Values that a save stores. */
export interface EditedStack extends StackFiles {
  readonly files: EditedFiles;
}

/** Compares the stored files with those that the editor was opened with, on request and before each save. */
export class StackEdit {
  /** `undefined` while a save would overwrite nothing. */
  readonly conflict = new Observable<Conflict | undefined>(undefined);
  /** Files that a save may replace. */
  #base: StackFiles;
  /** Paths of further files that a save may replace. */
  #replaceable: readonly string[] = [];
  #saving = false;

  /** @param opened The files as they were stored when the editor was opened. */
  constructor(readonly requests: EditRequests, readonly stackId: number, readonly opened: StackFiles) {
    this.#base = opened;
  }

  /** Checks if another client has changed the stack. */
  async check(signal: AbortSignal): Promise<void> {
    const base = this.#base;
    try {
      const stored = await this.requests.requests.files(this.stackId, signal);
      // An answer during or after a save may contain the editor's own change.
      if (signal.aborted || this.#saving || base !== this.#base) return;
      const { paths = [], deploy = false } = this.conflict.value ?? {};
      if (sameFiles(stored, base) && paths.length === 0) this.conflict.set(undefined);
      else this.conflict.set({ stored, paths, deploy });
    } catch {
      // The next save checks again and reports the failure.
    }
  }

  /**
   * Saves, unless that would overwrite files that another client has stored; then `conflict` is set.
   *
   * @returns True if the files were saved. Throws as {@linkcode StackRequests} does.
   */
  async save({ compose, env, files }: EditedStack, deploy: boolean): Promise<boolean> {
    this.#saving = true;
    try {
      const stored = await this.requests.requests.files(this.stackId);
      const changed = await changedElsewhere(this.requests.contents, this.stackId, files);
      const paths = changed.filter((path) => !this.#replaceable.includes(path));
      const isTaken = !sameFiles(stored, this.#base) && !sameFiles(stored, { compose, env });
      if (isTaken || paths.length > 0) {
        this.conflict.set({ stored, paths, deploy });
        return false;
      }
      await this.#store(stored, { compose, env, files }, deploy);
      this.#base = { compose, env };
      this.conflict.set(undefined);
      return true;
    } finally {
      this.#saving = false;
    }
  }

  async #store(stored: StackFiles, { compose, env, files }: EditedStack, deploy: boolean): Promise<void> {
    // Unchanged texts are not sent: a missing environment differs from an empty one.
    const texts = {
      ...compose === stored.compose ? {} : { compose },
      ...env === stored.env ? {} : { env },
    };
    await storeChanges(this.requests, this.stackId, { texts, files }, deploy);
  }

  /** Permits the next save to replace the stored files of the conflict. */
  allowOverwrite(): void {
    this.#base = this.conflict.value?.stored ?? this.#base;
    this.#replaceable = this.conflict.value?.paths ?? [];
    this.conflict.set(undefined);
  }
}

/** Compares two versions of the files byte for byte. */
export function sameFiles(one: StackFiles, other: StackFiles): boolean {
  return one.compose === other.compose && one.env === other.env;
}
