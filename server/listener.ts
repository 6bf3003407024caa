/** The listening socket: plain or with a certificate, which is read anew when its files change. */
import type { App } from "./app.ts";
import type { Config } from "./config/config.ts";
import { AppError, reason } from "./errors.ts";
import { pause } from "./duration.ts";
import { getLogger } from "./log/log.ts";

/** What listens. Disposing it waits a moment for answers that are under way. */
export interface Listener extends AsyncDisposable {
  readonly url: string;
}

/** A client that does not take its close frame may not hold up the end longer than this, ms. */
const GOODBYE_MS = 1000;
/** How often the files of the certificate are looked at, ms. */
const CERTIFICATE_CHECK_MS = 5000;

/** How long who has the port may take to say who it is, ms; a busy machine is slow. */
const WHO_MS = 2000;

const log = getLogger(["dockstat", "http"]);

type HttpServer = Deno.HttpServer<Deno.NetAddr>;

/**
 * Listens as the configuration says.
 *
 * @throws {AppError} "failed" when it cannot: the port is busy or not allowed, the certificate cannot be read.
 */
export async function listen(config: Config, app: App, checkMs = CERTIFICATE_CHECK_MS): Promise<Listener> {
  const { host } = config.listen;
  let certificate = await readCertificate(config);
  if (certificate !== undefined) checkFirstPair(config, certificate);
  let server = await start(config, app, config.listen.port, certificate);
  const port = server.addr.port;
  const stop = new AbortController();
  const use = async (fresh: Certificate) => {
    checkPair(host, fresh);
    // One port has one listener: clients of the old certificate are sent away and come back to the new one.
    await shutdown(server);
    try {
      server = await start(config, app, port, fresh);
      certificate = fresh;
      log.info("The certificate has changed and is in use");
    } catch (error) {
      server = await start(config, app, port, certificate);
      throw error;
    }
  };
  const watching = config.tls && watch(config, stop.signal, checkMs, use, () => certificate);
  return {
    url: serverUrl(config.tls ? "https" : "http", host, port),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await watching;
      await shutdown(server);
    },
  };
}

interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Nobody is sent away for a pair that does not fit, such as one that is half written. */
function checkPair(hostname: string, pair: Certificate): void {
  Deno.listenTls({ hostname, port: 0, ...pair }).close();
}

/** At the start a pair that cannot be used is a wrong setting. */
function checkFirstPair({ listen: { host }, tls }: Config, pair: Certificate): void {
  try {
    checkPair(host, pair);
  } catch (cause) {
    // Whatever else is wrong is told when the port is listened on.
    if (!/key|certificate/i.test(reason(cause))) return;
    const which = `--tls-cert "${tls?.cert}" and --tls-key "${tls?.key}"`;
    const expected = "expected a certificate and its own key, both PEM";
    throw new AppError("usage", `${which}: found what cannot be used: ${reason(cause)}: ${expected}`, {
      cause,
    });
  }
}

async function readCertificate({ tls }: Config): Promise<Certificate | undefined> {
  if (tls === undefined) return undefined;
  try {
    return { cert: await Deno.readTextFile(tls.cert), key: await Deno.readTextFile(tls.key) };
  } catch (cause) {
    throw new AppError(
      "usage",
      `Cannot read the certificate "${tls.cert}" or its key "${tls.key}": ${reason(cause)}`,
      { cause },
    );
  }
}

/** Looks at the files until the signal aborts; a certificate that cannot be used leaves the old one in use. */
async function watch(
  config: Config,
  signal: AbortSignal,
  checkMs: number,
  use: (fresh: Certificate) => Promise<void>,
  current: () => Certificate | undefined,
): Promise<void> {
  let refused: Certificate | undefined;
  while (!signal.aborted) {
    await pause(checkMs, signal);
    if (signal.aborted) return;
    try {
      const fresh = await readCertificate(config);
      if (fresh === undefined || same(fresh, current()) || same(fresh, refused)) continue;
      refused = fresh;
      await use(fresh);
    } catch (error) {
      log.error("The new certificate cannot be used, the old one stays: {error}", { error: reason(error) });
    }
  }
}

function same(one: Certificate, other: Certificate | undefined): boolean {
  return one.cert === other?.cert && one.key === other.key;
}

async function start(
  { listen: { host, port: configured } }: Config,
  app: App,
  port: number,
  certificate: Certificate | undefined,
): Promise<HttpServer> {
  const handler = (request: Request, { remoteAddr }: Deno.ServeHandlerInfo<Deno.NetAddr>) =>
    app(request, remoteAddr.hostname);
  try {
    const options = { hostname: host, port, onListen: () => {} };
    return Deno.serve({ ...options, ...certificate }, handler);
  } catch (cause) {
    throw new AppError("failed", await whyNotListening(host, configured, cause), { cause });
  }
}

/** Why an address cannot be listened on, and what helps. */
export async function whyNotListening(host: string, port: number, cause: unknown): Promise<string> {
  const where = `Cannot listen on ${host}:${port}`;
  if (cause instanceof Deno.errors.AddrInUse) {
    const who = await isDockStat(host, port)
      ? "DockStat already runs there"
      : "another program uses the port";
    return `${where}: ${who}: stop it, or choose a port with --port (0 picks a free one)`;
  }
  if (cause instanceof Deno.errors.NotCapable) {
    return `${where}: Deno may not: run DockStat with --allow-net=${host}:${port}`;
  }
  if (cause instanceof Deno.errors.PermissionDenied) {
    return `${where}: the system does not allow it: ports below 1024 need more rights; choose one with --port`;
  }
  if (cause instanceof Deno.errors.AddrNotAvailable) {
    return `${where}: it is no address of this machine: choose one with --host`;
  }
  return `${where}: ${reason(cause)}`;
}

async function isDockStat(host: string, port: number): Promise<boolean> {
  try {
    const answer = await fetch(`${serverUrl("http", host, port)}/healthz`, {
      signal: AbortSignal.timeout(WHO_MS),
    });
    return JSON.stringify(await answer.json()) === '{"status":"ok"}';
  } catch {
    return false;
  }
}

/** Where a server is heard, for its log: beside the address to call, whether other machines reach it as well. */
export function placeOf(host: string, url: string): string {
  if (!/^(0\.0\.0\.0|::|\[::\])$/.test(host)) return url;
  const port = /\d+$/.exec(url)?.[0];
  return `every address of this machine, port ${port}: from here ${url}`;
}

/** The address to call, as a client on this machine would. */
export function serverUrl(scheme: "http" | "https", host: string, port: number): string {
  const shown = host === "0.0.0.0" ? "127.0.0.1" : host === "::" || host === "[::]" ? "[::1]" : host;
  return `${scheme}://${shown.includes(":") && !shown.startsWith("[") ? `[${shown}]` : shown}:${port}`;
}

async function shutdown(server: HttpServer): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => timer = setTimeout(resolve, GOODBYE_MS));
  await Promise.race([server.shutdown(), patience]);
  clearTimeout(timer);
}
