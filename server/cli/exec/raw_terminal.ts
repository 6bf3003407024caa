/** This process's terminal in raw mode: every key reaches the command, Ctrl-C included. */

/** A terminal in raw mode; disposing it restores the former mode. */
export class RawTerminal implements Disposable {
  readonly #restore = () => setRaw(false);
  readonly #changed: () => void;

  /** @param onResize Called with the new size when the window changes. */
  constructor(onResize: (columns: number, rows: number) => void) {
    this.#changed = () => {
      const { columns, rows } = Deno.consoleSize();
      onResize(columns, rows);
    };
    setRaw(true);
    // A signal can end the process without the end of a scope.
    globalThis.addEventListener("unload", this.#restore);
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGWINCH", this.#changed);
  }

  [Symbol.dispose](): void {
    if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGWINCH", this.#changed);
    globalThis.removeEventListener("unload", this.#restore);
    this.#restore();
  }
}

function setRaw(isRaw: boolean): void {
  try {
    Deno.stdin.setRaw(isRaw);
  } catch {
    // The terminal was closed, which needs no restoration.
  }
}
