/** Ends Compose when DockStat is killed: a CLI plugin cancels its work when the socket to its `docker` closes. */
import { pause } from "../duration.ts";
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";

/** Variable that names the socket to Compose (docker/cli, `cli-plugins/socket`). */
const VARIABLE = "DOCKER_CLI_PLUGIN_SOCKET";
/** Longest path that systems accept for a socket. */
const LONGEST_PATH = 100;
/** Delay after a failed accept, ms. */
const RETRY_MS = 1000;

const log = getLogger(["dockstat", "stacks"]);

/** Holds a connection to every running Compose; the system closes them when this process ends in any way. */
export class PluginSocket implements AsyncDisposable {
  readonly #connections = new Set<Deno.Conn>();
  readonly #stop = new AbortController();
  readonly #accepting: Promise<void>;

  private constructor(
    readonly folder: string,
    readonly path: string,
    readonly listener: Deno.UnixListener,
    readonly others: boolean,
  ) {
    this.#accepting = this.#accept();
  }

  /** Listens on a socket in a folder; `undefined` where that is impossible, and Compose then runs without it. */
  static async open(folder: string): Promise<PluginSocket | undefined> {
    // Another server may use the same folder, so each has its own socket.
    const path = `${folder}/compose-${Deno.pid}.sock`;
    if (Deno.build.os === "windows" || path.length > LONGEST_PATH) return undefined;
    try {
      await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
      const others = await removeDead(folder);
      return new PluginSocket(folder, path, Deno.listen({ transport: "unix", path }), others);
    } catch (error) {
      log.debug("Compose would keep running if DockStat were killed: {why}", { why: reason(error) });
      return undefined;
    }
  }

  /** Environment variables for Compose. */
  get env(): Readonly<Record<string, string>> {
    return { [VARIABLE]: this.path };
  }

  /** Warns when another server uses the folder; called once this server listens, so as not to hide a busy port. */
  warnOfOthers(): void {
    if (!this.others) return;
    log.warn("Another DockStat uses the data folder {folder}: only one server should run stacks", {
      folder: this.folder,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.listener.close();
    for (const connection of this.#connections) connection.close();
    await this.#accepting;
    await Deno.remove(this.path).catch(() => {});
  }

  async #accept(): Promise<void> {
    const held: Promise<void>[] = [];
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        held.push(this.#hold(await this.listener.accept()));
      } catch (error) {
        if (signal.aborted) break;
        // For example out of file descriptors. Later Compose processes may connect again.
        log.warn("A Compose process would keep running if DockStat were killed: {why}", {
          why: reason(error),
        });
        await pause(RETRY_MS, signal);
      }
    }
    await Promise.all(held);
  }

  async #hold(connection: Deno.Conn): Promise<void> {
    // Accepted while the disposal closed the others.
    if (this.#stop.signal.aborted) return connection.close();
    this.#connections.add(connection);
    try {
      // Compose sends nothing; the read returns when Compose ends.
      while (await connection.read(new Uint8Array(16)) !== null);
    } catch (error) {
      log.debug("The connection of a Compose process failed: {why}", { why: reason(error) });
    }
    if (this.#connections.delete(connection)) closed(connection);
  }
}

/** Removes the sockets of servers that were killed; returns true if another server is running. */
async function removeDead(folder: string): Promise<boolean> {
  let others = false;
  for await (const { name } of Deno.readDir(folder)) {
    if (!/^compose-\d+\.sock$/.test(name)) continue;
    const path = `${folder}/${name}`;
    try {
      (await Deno.connect({ transport: "unix", path })).close();
      others = true;
    } catch (error) {
      if (error instanceof Deno.errors.ConnectionRefused) await Deno.remove(path);
    }
  }
  return others;
}

function closed(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch (error) {
    // Already closed on disposal.
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
