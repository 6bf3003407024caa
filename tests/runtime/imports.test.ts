/** Imports of the server, which decide on its memory at the start. */
import { assertEquals } from "../assert.ts";

const SERVER = new URL("../../server/", import.meta.url);
/** Imports that are loaded with their file. The database is light; other modules of Node load the base of all of them. */
const LOADED = /^(?:import|export) (?!type )[^;]*?from "(node:(?!sqlite")[^"]+)"/gm;
/** Tables of languages and time zones that are created with their file. */
const CREATED = /^(?:export )?const \w+ = new (Intl\.\w+)/gm;

async function* sources(folder: URL): AsyncGenerator<URL> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* sources(new URL(`${name}/`, folder));
    else if (name.endsWith(".ts")) yield new URL(name, folder);
  }
}

/** Returns what a pattern finds in the server, with the file. */
async function found(pattern: RegExp): Promise<string[]> {
  const lines: string[] = [];
  for await (const file of sources(SERVER)) {
    for (const [, what] of (await Deno.readTextFile(file)).matchAll(pattern)) {
      lines.push(`${file.href.slice(SERVER.href.length)}: ${what}`);
    }
  }
  return lines;
}

Deno.test("no file of the server loads a module of Node with it, except the database", async () => {
  assertEquals(await found(LOADED), []);
});

Deno.test("no file of the server creates tables of languages with it", async () => {
  assertEquals(await found(CREATED), []);
});
