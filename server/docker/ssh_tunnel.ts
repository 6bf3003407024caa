/**
 * The way to an engine behind ssh: the user's own `ssh` forwards a private Unix socket to the engine's.
 *
 * One connection serves every request, and keys, agents, jump hosts and known hosts are those of the user's ssh.
 */
import { AppError, reason } from "../errors.ts";
import { pause } from "../duration.ts";

/** A running tunnel; disposing it ends ssh and removes the socket. */
export interface Tunnel extends AsyncDisposable {
  readonly socketPath: string;
}

/** How often it is looked whether ssh has made its socket, ms. */
const CHECK_MS = 50;
const SSH_OPTIONS = [
  "BatchMode=yes",
  "ExitOnForwardFailure=yes",
  "ServerAliveInterval=10",
  "ServerAliveCountMax=2",
  "ConnectTimeout=10",
];

/**
 * Starts ssh and waits until its socket answers.
 *
 * @param url `ssh://[user@]host[:port][/path/of/the/socket]`.
 * @throws {AppError} "engine-unreachable" with ssh's own words.
 */
export async function openTunnel(url: URL, signal: AbortSignal): Promise<Tunnel> {
  const folder = await Deno.makeTempDir({ prefix: "dockstat-ssh-" });
  const socketPath = `${folder}/docker.sock`;
  const child = startSsh(url, socketPath);
  const words = new Response(child.stderr).text();
  const ended = new AbortController();
  const ending = child.status.then(() => ended.abort());
  const close = async () => {
    if (!ended.signal.aborted) child.kill("SIGTERM");
    await Promise.all([ending, words]);
    await Deno.remove(folder, { recursive: true });
  };
  const over = AbortSignal.any([signal, ended.signal]);
  while (!over.aborted && !await exists(socketPath)) await pause(CHECK_MS, over);
  if (await exists(socketPath)) return { socketPath, [Symbol.asyncDispose]: close };
  await close();
  throw new AppError(
    "engine-unreachable",
    `ssh: ${lastLine(await words)}`,
  );
}

function lastLine(words: string): string {
  return words.trim().split("\n").at(-1)?.replace(/^ssh: /, "") || "ended without a word";
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
