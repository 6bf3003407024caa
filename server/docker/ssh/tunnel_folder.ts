/**
 * Private folders of ssh tunnels and of tests of hosts. A lock marks the folder of a running process; the system
 * releases it when the process ends in any way, so that the next start finds the folders, and the ssh, of a killed one.
 */
import { reason } from "../../errors.ts";
import { getLogger } from "../../log/log.ts";

/** The folder of a tunnel; disposing it removes everything. */
export interface TunnelFolder extends AsyncDisposable {
  /** Socket that leads to the engine. */
  readonly socketPath: string;
  /** Socket at which ssh accepts the command to exit. */
  readonly controlPath: string;
}

/** Settings of a search for leftovers; options for tests. */
export interface LeftoverOptions {
  /** The ssh program. */
  readonly command?: string;
  /** Folder to search; the system's temporary folder by default. */
  readonly folder?: string;
}

const PREFIX = "dockstat-ssh-";
/** Beginning of the folders of tests of hosts, which have private keys. */
const TEST_PREFIX = "dockstat-test-";
/** Longest time for an ssh to accept the command to exit, ms. */
const EXIT_MS = 2000;

const log = getLogger(["dockstat", "host"]);

/** Creates the folder of a tunnel, in a given folder or the system's temporary folder. */
export async function makeTunnelFolder(dir: string | undefined): Promise<TunnelFolder> {
  const { path, ...folder } = await makeLockedFolder(PREFIX, dir);
  return { ...folder, socketPath: `${path}/docker.sock`, controlPath: controlPathIn(path) };
}

/** Creates the folder of a test of a host; disposing it removes everything. */
export async function makeTestFolder(
  dir: string | undefined,
): Promise<{ readonly path: string } & AsyncDisposable> {
  return await makeLockedFolder(TEST_PREFIX, dir);
}

async function makeLockedFolder(prefix: string, dir: string | undefined) {
  await using making = new AsyncDisposableStack();
  const path = await Deno.makeTempDir({ prefix, ...dir === undefined ? {} : { dir } });
  making.defer(() => removeFolder(path));
  const lock = making.use(await Deno.open(`${path}/lock`, { createNew: true, write: true }));
  await lock.lock(true);
  const made = making.move();
  return { path, [Symbol.asyncDispose]: () => made.disposeAsync() };
}

/**
 * Ends the tunnels of processes that were killed, and removes their folders and those of their tests of hosts.
 *
 * @returns the number of tunnels.
 */
export async function endLeftTunnels({ command = "ssh", folder }: LeftoverOptions = {}): Promise<number> {
  // Its owner is this user, and it is where the system keeps temporary files.
  const probe = await Deno.makeTempDir({
    prefix: "dockstat-probe-",
    ...folder === undefined ? {} : { dir: folder },
  });
  const { uid } = await Deno.lstat(probe);
  await Deno.remove(probe);
  const root = probe.slice(0, probe.lastIndexOf("/"));
  let ended = 0;
  for await (const { name, isDirectory } of Deno.readDir(root)) {
    const isTunnel = name.startsWith(PREFIX);
    if (!isDirectory || !isTunnel && !name.startsWith(TEST_PREFIX)) continue;
    try {
      if (await endIfLeft(`${root}/${name}`, uid, command) && isTunnel) ended++;
    } catch (error) {
      log.warn("Cannot remove {path}, left by a killed DockStat process: {why}", {
        path: `${root}/${name}`,
        why: reason(error),
      });
    }
  }
  if (ended > 0) {
    const tunnels = ended === 1 ? "1 ssh tunnel" : `${ended} ssh tunnels`;
    log.info("Ended {tunnels} left by a killed DockStat process", { tunnels });
  }
  return ended;
}

/** Others can create folders of this name too, and links in them. */
async function endIfLeft(path: string, uid: number | null, command: string): Promise<boolean> {
  const [folder, file] = await Promise.all([Deno.lstat(path), found(`${path}/lock`)]);
  if (!folder.isDirectory || folder.uid !== uid || !file?.isFile || file.uid !== uid) return false;
  using lock = await Deno.open(`${path}/lock`, { write: true });
  if (!await lock.tryLock(true)) return false;
  await askToExit(controlPathIn(path), command);
  await removeFolder(path);
  return true;
}

/** Another DockStat that starts meanwhile may remove a folder as soon as its lock is released. */
async function removeFolder(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Sends the command to exit; an ssh that has not logged in yet ends because its folder is gone. */
async function askToExit(controlPath: string, command: string): Promise<void> {
  if (await found(controlPath) === undefined) return;
  const signal = AbortSignal.timeout(EXIT_MS);
  const args = ["-F", "none", "-S", controlPath, "-O", "exit", "--", "left"];
  const ssh = new Deno.Command(command, { args, stdin: "null", stdout: "null", stderr: "null", signal });
  await ssh.output();
}

async function found(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Short, because the paths of sockets are limited to about 100 characters. */
function controlPathIn(folder: string): string {
  return `${folder}/c`;
}
