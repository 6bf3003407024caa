/** Toasts of Docker Desktop about the end of operations that this page started. */
import type { DesktopClient } from "../../../lib/transport/desktop.ts";
import type { Run } from "./runs.ts";
import { TOASTS } from "./labels.ts";

/** Shows each end once; does nothing in a plain browser. */
export class Toasts {
  /** Names of the stacks and projects whose operation this page started, by `runKey()`. */
  readonly #expected = new Map<string, string>();

  constructor(readonly desktop: DesktopClient | undefined) {}

  /** Expects the end of an operation; call the returned function if the server refuses it. */
  expect(key: string, name: string): () => void {
    if (this.desktop !== undefined) this.#expected.set(key, name);
    return () => this.#expected.delete(key);
  }

  /** Shows the end of an expected operation once it has ended. */
  take(key: string, run: Run | undefined): void {
    const name = this.#expected.get(key);
    if (name === undefined || run?.end === undefined) return;
    this.#expected.delete(key);
    const toast = this.desktop?.desktopUI.toast;
    if (run.end.outcome === "succeeded") toast?.success(TOASTS.succeeded(run.action, name));
    if (run.end.outcome === "failed") toast?.error(TOASTS.failed(run.action, name));
  }
}
