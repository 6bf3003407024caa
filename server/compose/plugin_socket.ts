/** What ends Compose when DockStat is killed: a plugin cancels what it does when the socket to its `docker` closes. */
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";

/** The variable by which Compose is told of the socket (docker/cli, `cli-plugins/socket`). */
const VARIABLE = "DOCKER_CLI_PLUGIN_SOCKET";
/** The system takes no longer paths for sockets. */
const LONGEST_PATH = 100;

const log = getLogger(["dockstat", "stacks"]);

/** Holds a connection to every running Compose; the system closes them however this process ends. */
export class PluginSocket implements AsyncDisposable {
  readonly #connections = new Set<Deno.Conn>();
  readonly #accepting: Promise<void>;

  private constructor(
    readonly folder: string,
    readonly path: string,
    readonly listener: Deno.UnixListener,
    readonly others: boolean,
  ) {
    this.#accepting = this.#accept();
  }

  /** Listens on a socket in a folder; `undefined` where that cannot be done, and Compose then runs without. */
  static async open(folder: string): Promise<PluginSocket | undefined> {
    // Another server may use the same folder: each has a socket of its own.
    const path = `${folder}/compose-${Deno.pid}.sock`;
    if (Deno.build.os === "windows" || path.length > LONGEST_PATH) return undefined;
    try {
      await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
      const others = await removeDead(folder);
      return new PluginSocket(folder, path, Deno.listen({ transport: "unix", path }), others);
    } catch (error) {
      log.debug("Compose will not notice a kill of DockStat: {why}", { why: reason(error) });
      return undefined;
    }
  }

  /** What Compose is started with. */
  get env(): Readonly<Record<string, string>> {
    return { [VARIABLE]: this.path };
  }

  /** Warns when another server uses the folder; before this one listens that would hide why it cannot. */
  warnOfOthers(): void {
    if (!this.others) return;
    log.warn("Another DockStat uses the data folder {folder}: stacks should be run by one", {
      folder: this.folder,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.listener.close();
    for (const connection of this.#connections) connection.close();
    await this.#accepting;
    await Deno.remove(this.path).catch(() => {});
  }

  async #accept(): Promise<void> {
    const held: Promise<void>[] = [];
    try {
      for await (const connection of this.listener) held.push(this.#hold(connection));
    } catch (error) {
      log.warn("Compose will not notice a kill of DockStat: {why}", { why: reason(error) });
    }
    await Promise.all(held);
  }

  async #hold(connection: Deno.Conn): Promise<void> {
    this.#connections.add(connection);
    try {
      // It never says anything; the read ends when it does.
      while (await connection.read(new Uint8Array(16)) !== null);
    } catch (error) {
      log.debug("A Compose has let go: {why}", { why: reason(error) });
    }
    if (this.#connections.delete(connection)) closed(connection);
  }
}

/** Removes the sockets of servers that were killed: nobody listens on them. True when somebody does on another. */
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
    // We closed it ourselves.
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
