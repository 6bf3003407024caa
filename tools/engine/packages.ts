/** Packages of Debian and Ubuntu, unpacked into a separate folder without enabling or overwriting anything. */
import { run, tryRun } from "./run.ts";

/** Returns whether this process is root on Debian or Ubuntu. */
export async function canInstall(): Promise<boolean> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return false;
  const system = await osRelease();
  return ["debian", "ubuntu"].includes(system["ID"] ?? "");
}

/** Reads the keys of /etc/os-release. */
async function osRelease(): Promise<Record<string, string>> {
  const text = await Deno.readTextFile("/etc/os-release").catch(() => "");
  return Object.fromEntries(
    [...text.matchAll(/^(\w+)="?([^"\n]*)"?$/gm)].map(([, key, value]) => [key, value]),
  );
}

/** Returns the suite with the newest packages, and the suite of the machine. */
export async function suites(): Promise<{ readonly newest: string; readonly own: string }> {
  const { ID, VERSION_CODENAME = "stable" } = await osRelease();
  return { newest: ID === "ubuntu" ? "devel" : "sid", own: VERSION_CODENAME };
}

/** Installs packages of the machine's suite with apt. */
export async function aptInstall(names: readonly string[]): Promise<void> {
  await run("apt-get", ["update"]);
  await run("apt-get", ["install", "-y", "--no-install-recommends", ...names], {
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
}

/**
 * Unpacks packages of any suite into a folder, without installing them.
 *
 * @returns Names of the library packages that they depend on.
 */
export async function unpack(
  suite: string,
  names: readonly string[],
  into: string,
): Promise<readonly string[]> {
  const work = await Deno.makeTempDir({ prefix: "dockstat-packages-" });
  await Deno.mkdir(into, { recursive: true });
  try {
    const apt = await aptFor(suite, work);
    await run("apt-get", [...apt, "update"]);
    await run("apt-get", [...apt, "download", ...names], { cwd: work });
    const libraries: string[] = [];
    for (const { name } of Deno.readDirSync(work)) {
      if (!name.endsWith(".deb")) continue;
      await run("dpkg", ["-x", `${work}/${name}`, into]);
      const depends = await run("dpkg-deb", ["-f", `${work}/${name}`, "Depends"]);
      libraries.push(...[...depends.matchAll(/\blib[\w.+-]+/g)].map(([library]) => library));
    }
    return [...new Set(libraries)];
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

/** Creates a separate apt state for a suite, from the sources of the machine. */
async function aptFor(suite: string, work: string): Promise<string[]> {
  for (const folder of ["lists/partial", "cache/archives/partial"]) {
    await Deno.mkdir(`${work}/${folder}`, { recursive: true });
  }
  const { uri, key, components } = await ownSource();
  const signed = key === undefined ? "" : `[signed-by=${key}] `;
  await Deno.writeTextFile(`${work}/sources.list`, `deb ${signed}${uri} ${suite} ${components}\n`);
  const settings = {
    "Dir::State::Lists": `${work}/lists`,
    "Dir::Cache": `${work}/cache`,
    "Dir::Etc::sourcelist": `${work}/sources.list`,
    "Dir::Etc::sourceparts": "-",
    "APT::Sandbox::User": "root",
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
}

/** An archive of packages. */
export interface Source {
  readonly uri: string;
  readonly key: string | undefined;
  readonly components: string;
}

/** Finds the archive of the machine's suite, in either of apt's two formats. */
export async function ownSource(): Promise<Source> {
  const { own } = await suites();
  for (const text of await sourceTexts()) {
    for (const paragraph of text.split(/\n\s*\n/)) {
      const field = (name: string) => new RegExp(`^${name}:\\s*(.+)$`, "mi").exec(paragraph)?.[1]?.trim();
      const uri = field("URIs")?.split(/\s+/)[0];
      if (uri !== undefined && field("Suites")?.split(/\s+/).includes(own)) {
        return { uri, key: field("Signed-By"), components: field("Components") ?? "main" };
      }
    }
    const line = new RegExp(`^deb\\s+(\\[[^\\]]*\\]\\s+)?(\\S+)\\s+${own}\\s+(.+)$`, "m").exec(text);
    if (line !== null) {
      return { uri: line[2]!, key: /signed-by=([^\s\]]+)/.exec(line[1] ?? "")?.[1], components: line[3]! };
    }
  }
  throw new Error(`Cannot find the archive of "${own}" in the apt sources of this machine`);
}

async function sourceTexts(): Promise<string[]> {
  const folder = "/etc/apt/sources.list.d";
  const files = [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`);
  const texts = [...files, "/etc/apt/sources.list"].map((file) => Deno.readTextFile(file).catch(() => ""));
  return await Promise.all(texts);
}

/**
 * Installs the libraries of a program if it does not start without them.
 *
 * @param flag Flag with which the program prints its version.
 */
export async function ensureStarts(
  program: string,
  libraries: readonly string[],
  flag = "--version",
): Promise<void> {
  if (await tryRun(program, [flag]) !== undefined) return;
  for (const library of libraries) {
    await tryRun("apt-get", ["install", "-y", "--no-install-recommends", library]);
  }
  await run(program, [flag]);
}
