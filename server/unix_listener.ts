/** The socket of `--socket`: HTTP for whoever may open its file. */
import type { App } from "./app.ts";
import { AppError, reason } from "./errors.ts";
import { getLogger } from "./log/log.ts";

/** Who may open the socket is trusted with everything: its owner alone. */
const MODE = 0o600;
/** A client that does not take its answer may not hold up the end longer than this, ms. */
const GOODBYE_MS = 1000;

const log = getLogger(["dockstat", "http"]);

/**
 * Listens on a unix socket; disposing it removes the file.
 *
 * @throws {AppError} "failed" when it cannot: somebody listens there, or something else has that name.
 */
export async function listenUnix(path: string, app: App): Promise<AsyncDisposable> {
  await clear(path);
  try {
    const server = Deno.serve(
      { path, onListen: () => {} },
      (request) => app(request, "unix", "unix"),
    );
    if (Deno.build.os !== "windows") await Deno.chmod(path, MODE);
    log.info("Listening on {path}", { path });
    return { [Symbol.asyncDispose]: () => shutdown(server) };
  } catch (cause) {
    throw cannot(path, whyNot(path, cause), cause);
  }
}

/** A socket that nobody listens on was left by a server that was killed. */
async function clear(path: string): Promise<void> {
  const found = await Deno.lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket) {
    throw cannot(
      path,
      "there is something of this name that is no socket: remove it, or choose another path",
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
    // Refused is what a socket without a server does; any other trouble may hide somebody who is there.
    return !(error instanceof Deno.errors.ConnectionRefused || error instanceof Deno.errors.NotFound);
  }
}

function whyNot(path: string, cause: unknown): string {
  if (cause instanceof Deno.errors.NotCapable) {
    return `Deno may not: run DockStat with --allow-read=${path} --allow-write=${path}`;
  }
  if (cause instanceof Deno.errors.NotFound) {
    return "its folder is not there: make it, or choose another path";
  }
  return reason(cause);
}

function cannot(path: string, why: string, cause?: unknown): AppError {
  return new AppError("failed", `Cannot listen on the socket "${path}": ${why}`, { cause });
}

async function shutdown(server: Deno.HttpServer): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => timer = setTimeout(resolve, GOODBYE_MS));
  await Promise.race([server.shutdown(), patience]);
  clearTimeout(timer);
}
