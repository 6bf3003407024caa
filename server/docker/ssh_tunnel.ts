/**
 * Tunnels to engines over ssh: the user's `ssh` forwards a private Unix socket to the engine's socket.
 *
 * One connection serves every request. Keys, agents, jump hosts and known hosts are those of the user's ssh.
 */
import { AppError, reason } from "../errors.ts";
import { pause } from "../duration.ts";
import { makeTunnelFolder } from "./ssh/tunnel_folder.ts";

/** A running tunnel; disposing it ends ssh and removes the socket. */
export interface Tunnel extends AsyncDisposable {
  readonly socketPath: string;
}

/** Settings of a tunnel; options, so that tests need not change the environment of the process. */
export interface TunnelOptions {
  /** The ssh program. */
  readonly command?: string;
  /** Folder for the folder with the socket; that of the system by default. */
  readonly folder?: string;
  /** Further options of ssh. */
  readonly options?: readonly string[];
}

/** Interval between checks for the forwarded socket, in milliseconds. */
const CHECK_MS = 50;
/** Time that ssh gets to exit after SIGTERM, in milliseconds. */
const EXIT_MS = 500;
/** Time to read the rest of stderr after ssh has exited, in milliseconds. */
const STDERR_MS = 200;
/** Characters of stderr that are kept: the error is on the last line. */
const STDERR_LENGTH = 8192;
const SSH_OPTIONS = [
  "BatchMode=yes",
  "ExitOnForwardFailure=yes",
  "ServerAliveInterval=10",
  "ServerAliveCountMax=2",
  "ConnectTimeout=10",
];

/**
 * Starts ssh and waits until its socket exists.
 *
 * @param url `ssh://[user@]host[:port][/path/of/the/socket]`.
 * @throws {AppError} "engine-unreachable" with the last line of ssh's stderr. Neither ssh nor its folder remains.
 */
export async function openTunnel(
  url: URL,
  signal: AbortSignal,
  { command = "ssh", folder: dir, options = [] }: TunnelOptions = {},
): Promise<Tunnel> {
  signal.throwIfAborted();
  await using opening = new AsyncDisposableStack();
  const { socketPath, controlPath } = opening.use(await makeTunnelFolder(dir));
  const ssh = opening.use(new Ssh(startSsh(command, url, { socketPath, controlPath, options })));
  const over = AbortSignal.any([signal, ssh.exited]);
  while (!over.aborted && !await exists(socketPath)) await pause(CHECK_MS, over);
  // The socket can appear in the same turn in which the connect is cancelled or ssh exits.
  if (over.aborted) {
    // The messages of a slow login do not explain it: a banner, a warning, or the end of a ProxyCommand.
    const timedOut = !ssh.exited.aborted;
    await ssh[Symbol.asyncDispose]();
    const why = timedOut ? tooLong(url) : lastLine(ssh.stderr, url) || "it exited without an error message";
    throw new AppError("engine-unreachable", `ssh: ${why}`);
  }
  const open = opening.move();
  return { socketPath, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

/** Returns the path of the engine's socket on the other machine. */
export function remoteSocket(url: URL): string {
  return url.pathname.length > 1 ? decodeURIComponent(url.pathname) : "/var/run/docker.sock";
}

/** Returns the error on the last line of ssh's stderr, with what to do. */
function lastLine(stderr: string, url: URL): string | undefined {
  const line = stderr.trim().split("\n").at(-1)?.replace(/^ssh: /, "").replace(/\.$/, "");
  const help = line === undefined ? undefined : remedy(line, stderr, url);
  return help === undefined ? line : `${line}: ${help}`;
}

function remedy(line: string, stderr: string, url: URL): string | undefined {
  if (line.includes("Permission denied (")) return `"${loginCommand(url)}" must log in without a prompt`;
  if (!line.startsWith("Host key verification failed")) return undefined;
  // A changed key can be that of an attacker, so accepting it must not look like the usual first login.
  return /IDENTIFICATION HAS CHANGED/.test(stderr)
    ? "its key has changed. If that is expected, remove the old key with " +
      `"ssh-keygen -R ${knownName(url)}" and connect once with "${loginCommand(url)}"`
    : `connect once with "${loginCommand(url)}" to accept its key`;
}

/** Returns the name of the host among the known keys, quoted for a shell where it has brackets. */
function knownName({ hostname, port }: URL): string {
  const name = hostname.replace(/^\[|\]$/g, "");
  return port === "" || port === "22" ? name : `'[${name}]:${port}'`;
}

/** Returns the command with which the user of this process logs in. */
function loginCommand({ hostname, port, username }: URL): string {
  const user = username === "" ? "" : `${decodeURIComponent(username)}@`;
  return `ssh ${port === "" ? "" : `-p ${port} `}${user}${hostname}`;
}

function tooLong(url: URL): string {
  return `the login took too long: check how long "${loginCommand(url)}" takes`;
}

/** A running ssh; disposing it ends the process. */
class Ssh implements AsyncDisposable {
  stderr = "";
  readonly #child: Deno.ChildProcess;
  readonly #exited = new AbortController();
  readonly #status: Promise<void>;
  readonly #stopReading = new AbortController();
  readonly #reading: Promise<void>;

  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#status = child.status.then(() => this.#exited.abort(), () => this.#exited.abort());
    this.#reading = this.#read();
  }

  /** Aborts when the process exits. */
  get exited(): AbortSignal {
    return this.#exited.signal;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#kill("SIGTERM");
    const killing = setTimeout(() => this.#kill("SIGKILL"), EXIT_MS);
    await this.#status;
    clearTimeout(killing);
    // A ProxyCommand inherits stderr and can outlive ssh, so the end of stderr may never come.
    const giveUp = setTimeout(() => this.#stopReading.abort(), STDERR_MS);
    await this.#reading;
    clearTimeout(giveUp);
  }

  #kill(signal: Deno.Signal): void {
    try {
      if (!this.exited.aborted) this.#child.kill(signal);
    } catch (error) {
      // It exited, but its status has not been read yet.
      if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  async #read(): Promise<void> {
    const text = new TextDecoder();
    const kept = new WritableStream<Uint8Array>({
      write: (bytes) => {
        this.stderr = (this.stderr + text.decode(bytes, { stream: true })).slice(-STDERR_LENGTH);
      },
    });
    try {
      await this.#child.stderr.pipeTo(kept, { signal: this.#stopReading.signal });
    } catch {
      // The part that was read is enough for the message.
    }
  }
}

function startSsh(
  command: string,
  url: URL,
  { socketPath, controlPath, options }: {
    readonly socketPath: string;
    readonly controlPath: string;
    readonly options: readonly string[];
  },
): Deno.ChildProcess {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const args = [
    "-N",
    "-T",
    // The control socket lets the next start end it, should this process be killed.
    ...["-M", "-S", controlPath, "-o", "ControlPersist=no"],
    ...[...SSH_OPTIONS, ...options].flatMap((option) => ["-o", option]),
    ...(url.port ? ["-p", url.port] : []),
    ...(url.username ? ["-l", decodeURIComponent(url.username)] : []),
    "-L",
    `${socketPath}:${remoteSocket(url)}`,
    "--",
    host,
  ];
  try {
    return new Deno.Command(command, { args, stdin: "null", stdout: "null", stderr: "piped" }).spawn();
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
