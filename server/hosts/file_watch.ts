/** Detects that a file was saved: it has changed, and then stayed the same for a while. */

/** A file at one moment. */
export interface FileState {
  /** Changes whenever the file is written or replaced; `absent` without a file. */
  readonly signature: string;
  /** True when users other than its owner and its group may write it. */
  readonly openToOthers: boolean;
}

/** Reads the state of a file. */
export async function fileState(path: string): Promise<FileState> {
  try {
    const { mtime, size, ino, mode } = await Deno.stat(path);
    return {
      signature: `${mtime?.getTime()} ${size} ${ino}`,
      openToOthers: Deno.build.os !== "windows" && ((mode ?? 0) & 0o002) !== 0,
    };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { signature: "absent", openToOthers: false };
    throw error;
  }
}

/** Decides when a changed file is complete. */
export class StableFile {
  // The file may have changed since it was read at the start, so it counts as changed.
  #handled = "";
  #seen = "";
  #since: number;

  /** @param now Current time by `performance.now()`. */
  constructor(now: number) {
    this.#since = now;
  }

  /**
   * Takes the newest state of the file.
   *
   * @returns the time since which the file has been the same, ms; `undefined` for a state that was handled.
   */
  check(signature: string, now: number): number | undefined {
    if (signature !== this.#seen) [this.#seen, this.#since] = [signature, now];
    return signature === this.#handled ? undefined : now - this.#since;
  }

  /** Marks the newest state as handled. */
  handled(): void {
    this.#handled = this.#seen;
  }

  /** Asks for the newest state again, as if it had changed. */
  again(): void {
    this.#handled = "";
  }
}
