/** In Docker Desktop the end of what was begun here is told as Desktop tells its own. */
import type { DesktopClient } from "../../../lib/transport/desktop.ts";
import type { Run } from "./runs.ts";
import { ACTION_WORDS } from "./labels.ts";

/** Tells each end once; says nothing in a plain browser. */
export class Toasts {
  /** The names of the stacks and projects that something was begun on here, by `runKey()`. */
  readonly #expected = new Map<string, string>();

  constructor(readonly desktop: DesktopClient | undefined) {}

  /** Something is begun here; call what is returned if it was refused. */
  expect(key: string, name: string): () => void {
    if (this.desktop !== undefined) this.#expected.set(key, name);
    return () => this.#expected.delete(key);
  }

  /** Tells how it has ended, if it has. */
  take(key: string, run: Run | undefined): void {
    const name = this.#expected.get(key);
    if (name === undefined || run?.end === undefined) return;
    this.#expected.delete(key);
    const { todo, done } = ACTION_WORDS[run.action];
    const toast = this.desktop?.desktopUI.toast;
    if (run.end.outcome === "succeeded") toast?.success(`${done} "${name}"`);
    if (run.end.outcome === "failed") toast?.error(`${todo} "${name}" failed`);
  }
}
