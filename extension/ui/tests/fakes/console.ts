// deno-lint-ignore-file no-console -- React writes there
/** Keeps the reports that React writes about expected faults out of the output. */
export class SilentConsole implements Disposable {
  readonly #error = console.error;

  constructor() {
    console.error = () => {};
  }

  [Symbol.dispose](): void {
    console.error = this.#error;
  }
}
