/** Keys that are typed on the terminal. */

/** Reader of keys; disposing it gives the terminal back. */
export interface Keys extends Disposable {
  /** Calls back with each piece of typed text until the input ends. */
  read(typed: (text: string) => void): Promise<void>;
}

/** Starts to read keys without waiting for Enter; `undefined` without a terminal on standard input. */
export function openKeys(): Keys | undefined {
  if (!Deno.stdin.isTerminal()) return undefined;
  // With cbreak Ctrl-C still is a signal; Windows does not have it.
  Deno.stdin.setRaw(true, { cbreak: Deno.build.os !== "windows" });
  return {
    async read(typed) {
      const text = new TextDecoder();
      const buffer = new Uint8Array(256);
      for (;;) {
        const count = await Deno.stdin.read(buffer).catch(() => null);
        if (count === null) return;
        typed(text.decode(buffer.subarray(0, count), { stream: true }));
      }
    },
    [Symbol.dispose]() {
      try {
        Deno.stdin.setRaw(false);
      } catch {
        // The terminal was closed.
      }
    },
  };
}
