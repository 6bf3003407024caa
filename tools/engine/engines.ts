/** Engines for tests and users: the newest one in the distribution's archive, and the machine's own. */
import { aptInstall, ensureStarts, suites, unpack } from "./packages.ts";
import { run, tryRun } from "./run.ts";

/** An engine that can be installed and started. */
export interface EngineKind {
  readonly name: "newest" | "distribution";
  /** Path of its socket. */
  readonly socket: string;
  /** Arguments of the daemon: separate folders when another engine runs too. */
  readonly args: readonly string[];
  /** Program that starts it in a separate network; empty to start it directly. */
  readonly within: readonly string[];
}

const HOME = "/var/lib/dockstat-engines";
const BESIDE = "/run/dockstat-distribution";

/** The newest engine, on the default socket. */
export const NEWEST: EngineKind = { name: "newest", socket: "/var/run/docker.sock", args: [], within: [] };

/** The machine's own engine, beside the newest. */
export const DISTRIBUTION: EngineKind = {
  name: "distribution",
  socket: `${BESIDE}/docker.sock`,
  args: [
    `--data-root=${HOME}/distribution-data`,
    `--exec-root=${BESIDE}/exec`,
    `--pidfile=${BESIDE}/docker.pid`,
    "--host",
    `unix://${BESIDE}/docker.sock`,
    "--bridge=none",
    "--iptables=false",
  ],
  // An engine without a bridge removes docker0 as it starts, which may be another engine's.
  within: ["unshare", "--net"],
};

/** Returns the value of `PATH` with the programs of an installed engine first. */
export function enginePath(name: EngineKind["name"]): string {
  const folder = `${HOME}/${name}/usr`;
  return `${folder}/sbin:${folder}/bin:${Deno.env.get("PATH")}`;
}

/** Returns the version of the engine on a socket; `undefined` when no engine answers. */
export async function engineVersion(socket: string): Promise<string | undefined> {
  return await tryRun("docker", ["-H", `unix://${socket}`, "version", "--format", "{{.Server.Version}}"]);
}

/** Returns the version of Compose; `undefined` without version 2 or newer. */
export async function composeVersion(): Promise<string | undefined> {
  const version = await tryRun("docker", ["compose", "version", "--short"]) ??
    await tryRun("docker-compose", ["version", "--short"]);
  return version === undefined || /^v?1\./.test(version) ? undefined : version;
}

/** Installs and starts an engine unless it already runs, and waits until it answers. */
export async function ensureEngine(kind: EngineKind, report: (line: string) => void): Promise<string> {
  const running = await engineVersion(kind.socket);
  if (running !== undefined) return running;
  const folder = `${HOME}/${kind.name}`;
  if (await tryRun(`${folder}/usr/sbin/dockerd`, ["--version"]) === undefined) {
    report(`Installing the ${kind.name} engine below ${folder} …`);
    await install(kind, folder);
  }
  await installClient(folder);
  report(`Starting the ${kind.name} engine on ${kind.socket} …`);
  await start(kind);
  return await waitForAnswer(kind);
}

async function install(kind: EngineKind, folder: string): Promise<void> {
  await aptInstall(["ca-certificates", "iptables", "runc", "busybox-static"]);
  const { newest, own } = await suites();
  const suite = kind.name === "newest" ? newest : own;
  const libraries = await unpack(suite, await packageNames(suite), folder);
  await ensureStarts(`${folder}/usr/sbin/dockerd`, libraries);
}

/** Lists the packages of an engine; newer suites have a separate package for the client. */
async function packageNames(suite: string): Promise<string[]> {
  const { newest } = await suites();
  return suite === newest ? ["docker.io", "docker-cli", "containerd"] : ["docker.io", "containerd"];
}

/** Installs the `docker` command if the machine has none. */
async function installClient(folder: string): Promise<void> {
  if (await tryRun("docker", ["--version"]) !== undefined) return;
  await Deno.copyFile(`${folder}/usr/bin/docker`, "/usr/local/bin/docker");
}

/** Installs Compose v2 as a plugin of the `docker` command if the machine has none. */
export async function ensureCompose(report: (line: string) => void): Promise<string> {
  if (await composeVersion() === undefined) {
    const { newest } = await suites();
    report("Installing Compose v2 …");
    const plugin = "usr/libexec/docker/cli-plugins/docker-compose";
    await unpack(newest, [newest === "devel" ? "docker-compose-v2" : "docker-compose"], `${HOME}/compose`);
    await Deno.mkdir("/usr/libexec/docker/cli-plugins", { recursive: true });
    const found = await firstExisting([
      `${HOME}/compose/${plugin}`,
      `${HOME}/compose/usr/lib/docker/cli-plugins/docker-compose`,
    ]);
    await Deno.copyFile(found, `/${plugin}`);
  }
  return await composeVersion() ?? (() => {
    throw new Error("Compose was installed but this command fails: docker compose version");
  })();
}

async function firstExisting(paths: readonly string[]): Promise<string> {
  for (const path of paths) if (await Deno.stat(path).then(() => true, () => false)) return path;
  throw new Error(`The Compose package has none of ${paths.join(", ")}`);
}

/** Starts an engine in a new session, so that it outlives this process, with its output in a log file. */
async function start({ args, socket, name, within }: EngineKind): Promise<void> {
  await Deno.mkdir(socket.replace(/\/[^/]*$/, ""), { recursive: true });
  const script = 'log="$1"; shift; exec setsid -f "$@" </dev/null >>"$log" 2>&1';
  await run("sh", ["-c", script, "sh", `${HOME}/${name}.log`, ...within, "dockerd", ...args], {
    env: { PATH: enginePath(name) },
  });
}

async function waitForAnswer({ socket, name }: EngineKind): Promise<string> {
  for (let attempt = 0; attempt < 120; attempt++) {
    const version = await engineVersion(socket);
    if (version !== undefined) return version;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const log = await Deno.readTextFile(`${HOME}/${name}.log`).catch(() => "");
  throw new Error(
    `The ${name} engine does not answer. The end of its log:\n${log.trim().split("\n").slice(-5).join("\n")}`,
  );
}
