/** A folder that exists during one test. */
export interface TemporaryFolder extends Disposable {
  /** Returns the absolute path of a file in it, or of the folder for an empty name. */
  path(name: string): string;
}

/** Creates a folder with text files; disposing it removes everything. */
export function temporaryFolder(files: Readonly<Record<string, string>> = {}): TemporaryFolder {
  const root = Deno.makeTempDirSync({ prefix: "dockstat-test-" });
  const path = (name: string) => name === "" ? root : `${root}/${name}`;
  for (const [name, text] of Object.entries(files)) {
    Deno.mkdirSync(path(name).replace(/\/[^/]*$/, ""), { recursive: true });
    Deno.writeTextFileSync(path(name), text);
  }
  return { path, [Symbol.dispose]: () => Deno.removeSync(root, { recursive: true }) };
}
