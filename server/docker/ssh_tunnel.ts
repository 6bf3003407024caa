/**
 * Tunnels to engines over ssh: the user's `ssh` forwards a private Unix socket to the engine's socket.
 *
 * One connection serves every request. Keys, agents, jump hosts and known hosts are those of the user's ssh.
 */
import { AppError, reason } from "../errors.ts";
import { pause } from "../duration.ts";

/** A running tunnel; disposing it ends ssh and removes the socket. */
export interface Tunnel extends AsyncDisposable {
  readonly socketPath: string;
}

/** Poll interval for the socket that ssh creates, ms. */
const CHECK_MS = 50;
const SSH_OPTIONS = [
  "BatchMode=yes",
  "ExitOnForwardFailure=yes",
  "ServerAliveInterval=10",
  "ServerAliveCountMax=2",
  "ConnectTimeout=10",
];

/**
 * Starts ssh and waits until it has created its socket.
 *
 * @param url `ssh://[user@]host[:port][/path/of/the/socket]`.
 * @throws {AppError} "engine-unreachable" with ssh's message, or the signal's reason; ssh has then ended and its folder
 * is removed.
 */
export async function openTunnel(url: URL, signal: AbortSignal): Promise<Tunnel> {
  const folder = await Deno.makeTempDir({ prefix: "dockstat-ssh-" });
  const socketPath = `${folder}/docker.sock`;
  await using stack = new AsyncDisposableStack();
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const ssh = stack.use(new Ssh(startSsh(url, socketPath)));
  const over = AbortSignal.any([signal, ssh.ended]);
  while (!over.aborted && !await exists(socketPath)) await pause(CHECK_MS, over);
  if (ssh.ended.aborted) throw new AppError("engine-unreachable", `ssh: ${await ssh.lastLine()}`);
  // The socket may appear just as the caller gives up.
  signal.throwIfAborted();
  const open = stack.move();
  return { socketPath, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

/** A running ssh; disposing it ends the process. */
class Ssh implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #ended = new AbortController();
  readonly #ending: Promise<void>;
  readonly #errors: Promise<string>;

  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#ending = child.status.then(() => this.#ended.abort());
    this.#errors = new Response(child.stderr).text().catch(reason);
  }

  /** Aborts when ssh has ended. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Returns the last line that ssh wrote to standard error. */
  async lastLine(): Promise<string> {
    const lines = (await this.#errors).trim().split("\n");
    return lines.at(-1)?.replace(/^ssh: /, "") || "it ended without a message";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.ended.aborted) this.#child.kill("SIGTERM");
    await Promise.all([this.#ending, this.#errors]);
  }
}

function startSsh(url: URL, socketPath: string): Deno.ChildProcess {
  const target = url.pathname.length > 1 ? decodeURIComponent(url.pathname) : "/var/run/docker.sock";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const args = [
    "-N",
    "-T",
    ...SSH_OPTIONS.flatMap((option) => ["-o", option]),
    ...(url.port ? ["-p", url.port] : []),
    ...(url.username ? ["-l", decodeURIComponent(url.username)] : []),
    "-L",
    `${socketPath}:${target}`,
    "--",
    host,
  ];
  try {
    return new Deno.Command("ssh", { args, stdin: "null", stdout: "null", stderr: "piped" }).spawn();
  } catch (cause) {
    const why = cause instanceof Deno.errors.NotFound
      ? 'there is no "ssh" command on this machine'
      : reason(cause);
    throw new AppError("engine-unreachable", `Cannot start ssh: ${why}`, { cause });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
