/** Files of an open editor. A version that another client stored meanwhile is never overwritten without consent. */
import { Observable } from "../../../lib/observable.ts";
import type { StackFiles } from "../../../../../../server/protocol/stacks.ts";
import type { StackRequests } from "../model/stack_requests.ts";

/** Stored files that differ from those the editor was opened with. */
export interface Conflict {
  readonly stored: StackFiles;
  /** True if the save that found the conflict would also have deployed. */
  readonly deploy: boolean;
}

/** Compares the stored files with those that the editor was opened with, on request and before each save. */
export class StackEdit {
  /** `undefined` while a save would overwrite nothing. */
  readonly conflict = new Observable<Conflict | undefined>(undefined);
  /** Files that a save may replace. */
  #base: StackFiles;
  #saving = false;

  /** @param opened The files as they were stored when the editor was opened. */
  constructor(readonly requests: StackRequests, readonly stackId: number, readonly opened: StackFiles) {
    this.#base = opened;
  }

  /** Checks if another client has changed the stack. */
  async check(signal: AbortSignal): Promise<void> {
    const base = this.#base;
    try {
      const stored = await this.requests.files(this.stackId, signal);
      // An answer during or after a save may contain the editor's own change.
      if (signal.aborted || this.#saving || base !== this.#base) return;
      if (sameFiles(stored, base)) this.conflict.set(undefined);
      else this.#setConflict(stored, this.conflict.value?.deploy ?? false);
    } catch {
      // The next save checks again and reports the failure.
    }
  }

  /**
   * Saves, unless that would overwrite files that another client has stored; then `conflict` is set.
   *
   * @returns True if the files were saved. Throws as {@linkcode StackRequests} does.
   */
  async save({ compose, env }: StackFiles, deploy: boolean): Promise<boolean> {
    this.#saving = true;
    try {
      const stored = await this.requests.files(this.stackId);
      if (!sameFiles(stored, this.#base) && !sameFiles(stored, { compose, env })) {
        this.#setConflict(stored, deploy);
        return false;
      }
      // Unchanged files are not sent: a missing environment differs from an empty one.
      const change = {
        ...compose === stored.compose ? {} : { compose },
        ...env === stored.env ? {} : { env },
      };
      await this.requests.change(this.stackId, { ...change, deploy });
      this.#base = { compose, env };
      this.conflict.set(undefined);
      return true;
    } finally {
      this.#saving = false;
    }
  }

  /** Permits the next save to replace the stored files of the conflict. */
  allowOverwrite(): void {
    this.#base = this.conflict.value?.stored ?? this.#base;
    this.conflict.set(undefined);
  }

  #setConflict(stored: StackFiles, deploy: boolean): void {
    this.conflict.set({ stored, deploy });
  }
}

/** Compares two versions of the files byte for byte. */
export function sameFiles(one: StackFiles, other: StackFiles): boolean {
  return one.compose === other.compose && one.env === other.env;
}
