/** Exits with 1 when the dashboard has not been built, or was built from other sources. */

const HERE = new URL("./", import.meta.url);
const BUILT = new URL("../../dist/ui/index.html", HERE);
const SOURCES = ["src/", "public/", "index.html", "build.ts", "deno.json", "deno.lock"];

/** Returns the newest change of a file, or of the files below a folder, epoch ms; 0 when it does not exist. */
async function changedAt(url: URL): Promise<number> {
  const info = await Deno.stat(url).catch(() => undefined);
  if (info === undefined) return 0;
  if (!info.isDirectory) return info.mtime?.getTime() ?? 0;
  const inside: Promise<number>[] = [];
  for await (const { name, isDirectory } of Deno.readDir(url)) {
    inside.push(changedAt(new URL(isDirectory ? `${name}/` : name, url)));
  }
  return Math.max(0, ...await Promise.all(inside));
}

const [built, ...sources] = await Promise.all(
  [BUILT, ...SOURCES.map((name) => new URL(name, HERE))].map(changedAt),
);
if (built === 0 || sources.some((source) => source > built!)) {
  await Deno.stderr.write(
    new TextEncoder().encode("Building the dashboard; later starts skip this step …\n"),
  );
  Deno.exit(1);
}
