/** A folder that is there for one test. */
export interface TemporaryFolder extends Disposable {
  /** The whole path of a file in it; of the folder itself for an empty name. */
  path(name: string): string;
}

/** Makes a folder with files of the given texts; disposing it removes everything. */
export function temporaryFolder(files: Readonly<Record<string, string>> = {}): TemporaryFolder {
  const root = Deno.makeTempDirSync({ prefix: "dockstat-test-" });
  const path = (name: string) => name === "" ? root : `${root}/${name}`;
  for (const [name, text] of Object.entries(files)) {
    Deno.mkdirSync(path(name).replace(/\/[^/]*$/, ""), { recursive: true });
    Deno.writeTextFileSync(path(name), text);
  }
  return { path, [Symbol.dispose]: () => Deno.removeSync(root, { recursive: true }) };
}
