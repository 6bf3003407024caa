/** Repositories in memory, for tests of everything but git. */
import type { Remotes, Snapshot } from "../../server/git/repository.ts";
import type { TreeEntry } from "../../server/git/tree.ts";

/** One branch; every commit follows the one before unless {@linkcode FakeRemotes.forward} is false. */
export class FakeRemotes implements Remotes {
  /** Files of the newest commit. */
  files: Record<string, string>;
  /** Paths of executable files. */
  executables: readonly string[] = [];
  forward = true;
  /** Error of the next requests. */
  error: Error | undefined;
  /** Number of fetches. */
  fetches = 0;
  /** Number of checks of the newest commit. */
  heads = 0;
  #number = 1;

  constructor(files: Readonly<Record<string, string>>) {
    this.files = { ...files };
  }

  /** Name of the newest commit. */
  get commit(): string {
    return this.#number.toString(16).padStart(40, "0");
  }

  /** Makes a commit. */
  push(files: Readonly<Record<string, string>>): string {
    this.files = { ...this.files, ...files };
    this.#number++;
    return this.commit;
  }

  head(): Promise<string> {
    this.heads++;
    if (this.error !== undefined) return Promise.reject(this.error);
    return Promise.resolve(this.commit);
  }

  fetch(_source: unknown, known: string | undefined): Promise<Snapshot> {
    this.fetches++;
    if (this.error !== undefined) return Promise.reject(this.error);
    const { commit, files } = this;
    const encode = (text: string) => new TextEncoder().encode(text);
    const list = (folder: string): Promise<readonly TreeEntry[] | undefined> => {
      const below = folder === "" ? "" : `${folder}/`;
      const found = Object.keys(files).filter((path) => path.startsWith(below));
      if (found.length === 0) return Promise.resolve(undefined);
      return Promise.resolve(found.map((path) => ({
        ...{
          mode: this.executables.includes(path) ? "100755" : "100644",
          object: path,
          size: encode(files[path]!).length,
        },
        path: path.slice(below.length),
      })));
    };
    return Promise.resolve({
      ...{ commit, subject: "change", forward: this.forward || known === commit },
      list,
      read: (entries) => Promise.resolve(entries.map(({ object }) => encode(files[object]!))),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  }
}
