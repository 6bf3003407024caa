/** The real engines that the tests use, and containers on them. */
import { DISTRIBUTION, engineVersion, NEWEST } from "../../tools/engine/engines.ts";
import { run, tryRun } from "../../tools/engine/run.ts";

/** A real engine. */
export interface RealEngine {
  readonly name: string;
  readonly version: string;
  /** Address such as `unix:///var/run/docker.sock`. */
  readonly url: string;
}

/** Image of the test containers: a static busybox, built locally so that no registry is needed. */
export const IMAGE = "dockstat-test/busybox:1";
const LABEL = "dockstat.test";
/** Label of every test container, with the process of its run, to find leftovers of a killed run. */
export const OWN_LABEL = `${LABEL}=${Deno.pid}`;

/**
 * Lists the running engines, the newest first.
 *
 * @throws {Error} when no engine runs, or with `CI` set when the distribution's own is missing.
 */
export async function realEngines(): Promise<readonly [RealEngine, ...RealEngine[]]> {
  const newest = Deno.env.get("DOCKER_HOST")?.replace(/^unix:\/\//, "") ?? NEWEST.socket;
  const found: RealEngine[] = [];
  for (const [name, socket] of [["newest", newest], ["distribution", DISTRIBUTION.socket]] as const) {
    const version = await engineVersion(socket);
    if (version !== undefined) found.push({ name, version, url: `unix://${socket}` });
  }
  const [first, ...rest] = found;
  if (first === undefined) {
    throw new Error('No container engine runs. Run "deno task engine" to install and start one');
  }
  if (Deno.env.get("CI") && rest.length === 0) {
    throw new Error("CI needs the distribution's own engine as well");
  }
  await Promise.all(found.map(prepare));
  return [first, ...rest];
}

/** Runs the `docker` command against an engine. */
export function docker(engine: RealEngine, ...args: string[]): Promise<string> {
  return run("docker", ["-H", engine.url, ...args]);
}

/** Starts a container for one scope, and returns its id. */
export async function startContainer(
  engine: RealEngine,
  name: string,
  options: readonly string[] = [],
  command: readonly string[] = ["sleep", "1000"],
): Promise<{ readonly id: string } & AsyncDisposable> {
  const network = engine.name === "distribution" ? ["--network=none"] : [];
  const all = ["run", "-d", "--name", name, "--label", OWN_LABEL, ...network, ...options, IMAGE, ...command];
  const id = await docker(engine, ...all);
  return {
    id,
    async [Symbol.asyncDispose]() {
      await tryRun("docker", ["-H", engine.url, "rm", "-f", id]);
    },
  };
}

const prepared = new Set<string>();

async function prepare(engine: RealEngine): Promise<void> {
  if (prepared.has(engine.url)) return;
  prepared.add(engine.url);
  const leftovers = await leftoversOf(engine);
  if (leftovers.length > 0) await docker(engine, "rm", "-f", ...leftovers);
  if (await tryRun("docker", ["-H", engine.url, "image", "inspect", IMAGE]) === undefined) {
    await importImage(engine);
  }
}

/** Lists the containers of runs that have ended; another run may use the engine at the same time. */
async function leftoversOf(engine: RealEngine): Promise<string[]> {
  const format = `{{.ID}} {{.Label "${LABEL}"}}`;
  const lines = await docker(engine, "ps", "-a", "--filter", `label=${LABEL}`, "--format", format);
  const found: string[] = [];
  for (const line of lines.split("\n").filter((text) => text !== "")) {
    const [id = "", process = ""] = line.split(" ");
    if (!await isRunning(process)) found.push(id);
  }
  return found;
}

async function isRunning(process: string): Promise<boolean> {
  return /^\d+$/.test(process) && await tryRun("sh", ["-c", `kill -0 ${process}`]) !== undefined;
}

async function importImage(engine: RealEngine): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "dockstat-image-" });
  try {
    await Deno.mkdir(`${folder}/bin`);
    await Deno.copyFile(await busybox(), `${folder}/bin/busybox`);
    await Deno.chmod(`${folder}/bin/busybox`, 0o755);
    for (
      const applet of ["sh", "sleep", "yes", "cat", "dd", "true", "echo", "kill", "mount", "head", "tail"]
    ) {
      await Deno.symlink("busybox", `${folder}/bin/${applet}`);
    }
    await run("tar", ["-cf", `${folder}/image.tar`, "-C", folder, "bin"]);
    await docker(engine, "import", `${folder}/image.tar`, IMAGE);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Returns the path of a static busybox. */
export async function busybox(): Promise<string> {
  for (const path of ["/bin/busybox", "/usr/bin/busybox"]) {
    if (await Deno.stat(path).then(() => true, () => false)) return path;
  }
  throw new Error("The tests need a static busybox. On Debian and Ubuntu install busybox-static");
}
