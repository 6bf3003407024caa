/** Base images of the Dockerfile, pulled from a registry or replaced by local substitutes. */
import { aptInstall, canInstall, ownSource, suites } from "./packages.ts";
import { run, tryRun } from "./run.ts";

const HOME = "/var/lib/dockstat-engines";
/** Tar file of a small system of this machine's suite. */
export const BASE_SYSTEM = `${HOME}/base-system.tar`;
/** Folders that Debian's image omits or trims. */
const OMITTED = ["usr/share/doc", "usr/share/locale", "usr/share/man", "var/cache/apt", "var/lib/apt/lists"];

/** Lists the images behind FROM, without stages. */
export async function baseImages(): Promise<string[]> {
  const text = await Deno.readTextFile(new URL("../../Dockerfile", import.meta.url));
  return [...text.matchAll(/^FROM (\S+:\S+)/gm)].map(([, name]) => name!);
}

/** Lists the base images that the engine neither has nor can pull. */
export async function missingBaseImages(engine: readonly string[] = []): Promise<string[]> {
  const missing = [];
  for (const name of await baseImages()) {
    const found = await tryRun("docker", [...engine, "image", "inspect", name]) ??
      await tryRun("docker", [...engine, "pull", "--quiet", name]);
    if (found === undefined) missing.push(name);
  }
  return missing;
}

/** Creates {@linkcode BASE_SYSTEM} if a missing image needs it as a substitute. */
export async function ensureBaseSystem(report: (line: string) => void): Promise<void> {
  const needed = (await missingBaseImages()).some((name) => name.startsWith("debian:"));
  const exists = await Deno.stat(BASE_SYSTEM).then(() => true, () => false);
  if (!needed || exists || !await canInstall()) return;
  report(`Creating a base system in ${BASE_SYSTEM} …`);
  await aptInstall(["debootstrap"]);
  const folder = await Deno.makeTempDir({ dir: HOME, prefix: "base-system-" });
  try {
    const { uri, key } = await ownSource();
    const keyring = key === undefined ? [] : [`--keyring=${key}`];
    const { own } = await suites();
    await run("debootstrap", ["--variant=minbase", ...keyring, own, `${folder}/root`, uri]);
    const excluded = OMITTED.map((path) => `--exclude=./${path}/*`);
    await run("tar", ["-cf", `${folder}/system.tar`, ...excluded, "-C", `${folder}/root`, "."]);
    await Deno.rename(`${folder}/system.tar`, BASE_SYSTEM);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
