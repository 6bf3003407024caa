/**
 * Rewrites `deno.json` for the image, in its build folder: without tasks, and with the imports of the product only,
 * so that dependencies of tests are not downloaded.
 */

/** Keys of `deno.json` that are kept besides its imports. */
const KEPT = ["name", "version", "license", "exports", "nodeModulesDir", "allowScripts"];
const SPECIFIER = /\b(?:from|import)\s*\(?\s*"([^."][^"]*)"/g;

/** Builds a configuration with the imports that some sources need. */
export function imageConfig(config: string, sources: readonly string[]): string {
  const whole = JSON.parse(config) as Readonly<Record<string, unknown>>;
  const used = new Set(sources.flatMap((text) => [...text.matchAll(SPECIFIER)].map(([, name]) => name)));
  const imports = Object.entries(whole["imports"] as object).filter(([name]) => used.has(name));
  const kept = KEPT.filter((key) => key in whole).map((key) => [key, whole[key]]);
  return `${
    JSON.stringify({ ...Object.fromEntries(kept), imports: Object.fromEntries(imports) }, null, 2)
  }\n`;
}

/** Reads every code file in a folder and its subfolders. */
async function sourcesIn(folder: string): Promise<string[]> {
  const texts = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) texts.push(...await sourcesIn(`${folder}/${name}`));
    else if (name.endsWith(".ts")) texts.push(await Deno.readTextFile(`${folder}/${name}`));
  }
  return texts;
}

if (import.meta.main) {
  const sources = [await Deno.readTextFile("mod.ts"), ...await sourcesIn("server")];
  await Deno.writeTextFile("deno.json", imageConfig(await Deno.readTextFile("deno.json"), sources));
}
