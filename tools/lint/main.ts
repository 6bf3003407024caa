/** Checks what `deno lint` does not see, which is documents, folders and import maps. */
import { checkDocument, checkText, type Fault, isText } from "./documents.ts";
import { checkFolders } from "./folders.ts";
import { checkImportMap } from "./import_map.ts";
import { ROOT_URL } from "./paths.ts";
import { parsePhrases } from "./phrases.ts";

const SKIPPED = new Set(["node_modules", "dist", "artefacts", "fixtures", ".git"]);

/** Lists the files of the repository as paths from the root, sorted. */
async function listFiles(folder = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT_URL))) {
    if (SKIPPED.has(name)) continue;
    if (isDirectory) files.push(...await listFiles(`${folder}${name}/`));
    else files.push(folder + name);
  }
  return files.sort();
}

const read = (path: string) => Deno.readTextFile(new URL(path, ROOT_URL));

const files = await listFiles();
const phrases = parsePhrases(await read("tools/lint/phrases.txt"));
const faults: Fault[] = checkFolders(files);
for (const path of files.filter((file) => file.endsWith(".md"))) {
  faults.push(...checkDocument(phrases, path, await read(path)));
}
for (const path of files.filter(isText)) faults.push(...checkText(phrases, path, await read(path)));
for (const path of files.filter((file) => /(?:^|\/)deno\.json$/.test(file))) {
  faults.push(...checkImportMap(path, await read(path)));
}
for (const { path, line, message } of faults) {
  const place = line === undefined ? path : `${path}:${line}`;
  Deno.stderr.writeSync(new TextEncoder().encode(`${place}: ${message}\n`));
}
Deno.exit(faults.length === 0 ? 0 : 1);
