/** The files that Compose reads: written whole or not at all, for their owner alone. */

/** The name that a text has until it takes its place. */
const DRAFT = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The text of a file, byte for byte; `undefined` when there is none.
 *
 * @param mostBytes A file that is longer, or no plain file at all, is not read.
 * @throws {TypeError} when it is not UTF-8, or not to be read.
 */
export async function readText(path: string, mostBytes = Infinity): Promise<string | undefined> {
  try {
    const { isFile, size } = await Deno.stat(path);
    if (!isFile || size > mostBytes) {
      throw new TypeError(`"${path}" is no file of ${mostBytes} bytes at most`);
    }
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await Deno.readFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Texts that are written and synced beside their places. Disposing it removes those that have not taken them. */
export class AtomicWrites implements AsyncDisposable {
  readonly #drafts = new Map<string, string>();

  /** Writes a text that is to stand at a path. */
  async write(path: string, bytes: Uint8Array): Promise<void> {
    const draft = `${path}.${crypto.randomUUID()}`;
    this.#drafts.set(draft, path);
    using file = await Deno.open(draft, { write: true, createNew: true, mode: 0o600 });
    for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
    await file.sync();
  }

  /** Puts every text in its place, which needs no room on the disk; a reader sees the old or the new one. */
  async settle(): Promise<void> {
    for (const [draft, path] of this.#drafts) {
      await Deno.rename(draft, path);
      this.#drafts.delete(draft);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const draft of this.#drafts.keys()) await removeIfThere(draft);
  }
}

/** Removes the drafts that a kill has left in a folder. */
export async function removeTemporaryFiles(folder: string): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    if (DRAFT.test(name)) await removeIfThere(`${folder}/${name}`);
  }
}

/** Removes a file or a folder with all that is in it. */
export async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
