/** Exits with 1 when a part of DockStat, "ui" or "server", has not been built, or was built from other sources. */

const ROOT = new URL("../../", import.meta.url);

/** A part, by the task that builds it. */
const PARTS = {
  ui: {
    name: "the dashboard",
    built: "dist/ui/index.html",
    sources: ["src/", "public/", "index.html", "build.ts", "deno.json", "deno.lock"].map((path) =>
      `extension/ui/${path}`
    ),
  },
  server: {
    name: "the server",
    built: "dist/server/program.js",
    sources: [
      "server/",
      "deno.json",
      "extension/ui/build_server.ts",
      "extension/ui/lean_files.ts",
      "extension/ui/deno.lock",
    ],
  },
} as const;

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

const { name, built, sources } = PARTS[Deno.args[0] === "server" ? "server" : "ui"];
const [builtAt, ...changes] = await Promise.all(
  [built, ...sources].map((path) => changedAt(new URL(path, ROOT))),
);
if (builtAt === 0 || changes.some((change) => change > builtAt!)) {
  await Deno.stderr.write(
    new TextEncoder().encode(`Building ${name}; later starts skip this step …\n`),
  );
  Deno.exit(1);
}
