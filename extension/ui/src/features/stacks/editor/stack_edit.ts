/** An open editor of a stack: what somebody else has stored since it was opened is not overwritten unasked. */
import { Observable } from "../../../lib/observable.ts";
import type { StackRequests, StackTexts } from "../model/stack_requests.ts";

/** What is stored is not what the editor was opened with. */
export interface Conflict {
  readonly stored: StackTexts;
  /** Whether a save was refused for it that was to deploy as well. */
  readonly deploy: boolean;
}

/** Compares what is stored with what the editor began with, before it saves and whenever it is asked to. */
export class StackEdit {
  /** `undefined` while nothing would be overwritten. */
  readonly conflict = new Observable<Conflict | undefined>(undefined);
  /** What a save may replace. */
  #base: StackTexts;
  #saving = false;

  /** @param opened The texts as they were stored when the editor was opened. */
  constructor(readonly requests: StackRequests, readonly stackId: number, readonly opened: StackTexts) {
    this.#base = opened;
  }

  /** Looks whether somebody else has changed the stack. */
  async look(signal: AbortSignal): Promise<void> {
    const base = this.#base;
    try {
      const stored = await this.requests.texts(this.stackId, signal);
      // What is answered during or after a save of our own tells of ourselves.
      if (signal.aborted || this.#saving || base !== this.#base) return;
      if (sameTexts(stored, base)) this.conflict.set(undefined);
      else this.#disagree(stored, this.conflict.value?.deploy ?? false);
    } catch {
      // A save looks again, and tells then what is wrong.
    }
  }

  /**
   * Saves, unless that would overwrite what somebody else has stored: then `conflict` says so.
   *
   * @returns Whether it was saved. Throws as {@linkcode StackRequests} does.
   */
  async save({ compose, env }: StackTexts, deploy: boolean): Promise<boolean> {
    this.#saving = true;
    try {
      const stored = await this.requests.texts(this.stackId);
      if (!sameTexts(stored, this.#base) && !sameTexts(stored, { compose, env })) {
        this.#disagree(stored, deploy);
        return false;
      }
      // A text that was not changed is not sent: an environment that is not there is another thing than an empty one.
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

  /** The next save may replace what is stored now. */
  allowOverwrite(): void {
    this.#base = this.conflict.value?.stored ?? this.#base;
    this.conflict.set(undefined);
  }

  #disagree(stored: StackTexts, deploy: boolean): void {
    this.conflict.set({ stored, deploy });
  }
}

/** Whether both texts are the same, byte for byte. */
export function sameTexts(one: StackTexts, other: StackTexts): boolean {
  return one.compose === other.compose && one.env === other.env;
}
