/** The images that the Dockerfile starts from: pulled, or where no registry answers, stand-ins made on this machine. */
import { aptInstall, canInstall, ownSource, suites } from "./packages.ts";
import { run, tryRun } from "./run.ts";

const HOME = "/var/lib/dockstat-engines";
/** A small system of this machine's own suite, as a tar file. */
export const BASE_SYSTEM = `${HOME}/base-system.tar`;
/** Folders that Debian's own image lacks or trims. */
const LEFT_OUT = ["usr/share/doc", "usr/share/locale", "usr/share/man", "var/cache/apt", "var/lib/apt/lists"];

/** The names behind FROM, those of stages left out. */
export async function baseImages(): Promise<string[]> {
  const text = await Deno.readTextFile(new URL("../../Dockerfile", import.meta.url));
  return [...text.matchAll(/^FROM (\S+:\S+)/gm)].map(([, name]) => name!);
}

/** Those that the engine has not and cannot pull. */
export async function missingBaseImages(engine: readonly string[] = []): Promise<string[]> {
  const missing = [];
  for (const name of await baseImages()) {
    const there = await tryRun("docker", [...engine, "image", "inspect", name]) ??
      await tryRun("docker", [...engine, "pull", "--quiet", name]);
    if (there === undefined) missing.push(name);
  }
  return missing;
}

/** Makes {@linkcode BASE_SYSTEM} if an image is missing for which it stands in. */
export async function ensureBaseSystem(say: (line: string) => void): Promise<void> {
  const needed = (await missingBaseImages()).some((name) => name.startsWith("debian:"));
  const there = await Deno.stat(BASE_SYSTEM).then(() => true, () => false);
  if (!needed || there || !await canInstall()) return;
  say(`Making a base system in ${BASE_SYSTEM} …`);
  await aptInstall(["debootstrap"]);
  const folder = await Deno.makeTempDir({ dir: HOME, prefix: "base-system-" });
  try {
    const { uri, key } = await ownSource();
    const keyring = key === undefined ? [] : [`--keyring=${key}`];
    const { own } = await suites();
    await run("debootstrap", ["--variant=minbase", ...keyring, own, `${folder}/root`, uri]);
    const excluded = LEFT_OUT.map((path) => `--exclude=./${path}/*`);
    await run("tar", ["-cf", `${folder}/system.tar`, ...excluded, "-C", `${folder}/root`, "."]);
    await Deno.rename(`${folder}/system.tar`, BASE_SYSTEM);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
