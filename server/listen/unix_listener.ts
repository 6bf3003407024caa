/** The unix socket of `--socket`: HTTP for users who may open its file. */
import type { App } from "../app.ts";
import { AppError, reason } from "../errors.ts";
import { ResilientServer } from "../http/resilient_server.ts";
import { getLogger } from "../log/log.ts";

/** Mode of the socket; users who can open it have full access, so only its owner can. */
const MODE = 0o600;

const log = getLogger(["dockstat", "http"]);

/**
 * Listens on a unix socket; disposing it removes the file.
 *
 * @throws {AppError} "failed" when another program listens there, or another kind of file has that name.
 */
export async function listenUnix(path: string, app: App): Promise<AsyncDisposable> {
  await clear(path);
  try {
    let started = false;
    const server = new ResilientServer(() => {
      // A server whose accept loop has failed leaves its socket behind.
      if (started) removeSocket(path);
      started = true;
      return start(path, app);
    });
    log.info("Listening on {path}", { path });
    return server;
  } catch (cause) {
    throw cannot(path, whyNot(path, cause), cause);
  }
}

function start(path: string, app: App): Deno.HttpServer<Deno.UnixAddr> {
  const server = Deno.serve({ path, onListen: () => {} }, (request) => app(request, "unix", "unix"));
  if (Deno.build.os !== "windows") Deno.chmodSync(path, MODE);
  return server;
}

function removeSocket(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Removes the socket of a server that was killed. */
async function clear(path: string): Promise<void> {
  const found = await Deno.lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket) {
    throw cannot(
      path,
      "a file of this name exists that is not a socket: remove it, or choose another path",
    );
  }
  if (await answers(path)) {
    throw cannot(path, "another program listens there: stop it, or choose another path");
  }
  try {
    await Deno.remove(path);
  } catch (cause) {
    throw cannot(path, whyNot(path, cause), cause);
  }
}

async function answers(path: string): Promise<boolean> {
  try {
    (await Deno.connect({ transport: "unix", path })).close();
    return true;
  } catch (error) {
    // Only a refusal proves that no server listens; any other error may hide one.
    return !(error instanceof Deno.errors.ConnectionRefused || error instanceof Deno.errors.NotFound);
  }
}

function whyNot(path: string, cause: unknown): string {
  if (cause instanceof Deno.errors.NotCapable) {
    return `Deno lacks the permission: run DockStat with --allow-read=${path} --allow-write=${path}`;
  }
  if (cause instanceof Deno.errors.NotFound) {
    return "its folder does not exist: create it, or choose another path";
  }
  return reason(cause);
}

function cannot(path: string, why: string, cause?: unknown): AppError {
  return new AppError("failed", `Cannot listen on the socket "${path}": ${why}`, { cause });
}
