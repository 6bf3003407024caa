/**
 * Rewrites `deno.json` for the image, in the folder in which it is built: without tasks, and with the imports of the
 * product alone, so that what only tests need is not fetched.
 */

/** What stays of `deno.json` besides its imports. */
const KEPT = ["name", "version", "license", "exports", "nodeModulesDir", "allowScripts"];
const SPECIFIER = /\b(?:from|import)\s*\(?\s*"([^."][^"]*)"/g;

/** The text of a configuration with no more than some sources need. */
export function imageConfig(config: string, sources: readonly string[]): string {
  const whole = JSON.parse(config) as Readonly<Record<string, unknown>>;
  const used = new Set(sources.flatMap((text) => [...text.matchAll(SPECIFIER)].map(([, name]) => name)));
  const imports = Object.entries(whole["imports"] as object).filter(([name]) => used.has(name));
  const kept = KEPT.filter((key) => key in whole).map((key) => [key, whole[key]]);
  return `${
    JSON.stringify({ ...Object.fromEntries(kept), imports: Object.fromEntries(imports) }, null, 2)
  }\n`;
}

/** Every file of code in a folder and below, as text. */
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
