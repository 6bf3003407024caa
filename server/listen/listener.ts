/** The TCP listener, plain or with a certificate that is reloaded when its files change. */
import { serverUrl } from "../address.ts";
import type { App } from "../app.ts";
import type { Config } from "../config/config.ts";
import { AppError, reason } from "../errors.ts";
import { pause } from "../duration.ts";
import { askUnchecked } from "../http/pinned_tls.ts";
import { ResilientServer } from "../http/resilient_server.ts";
import { getLogger } from "../log/log.ts";

/** A listener. Disposing it waits a moment for answers in progress. */
export interface Listener extends AsyncDisposable {
  readonly url: string;
}

/** Poll interval of the certificate's files, ms. */
const CERTIFICATE_CHECK_MS = 5000;

/** Status of an answer that opens a WebSocket. */
const SWITCHING_PROTOCOLS = 101;
/** Timeout for identifying the program that holds the port, ms; a busy machine is slow. */
const IDENTIFY_MS = 2000;

const log = getLogger(["dockstat", "http"]);

type HttpServer = ResilientServer<Deno.NetAddr>;

/**
 * Listens as configured.
 *
 * @throws {AppError} "failed" when the port is busy or not allowed, "usage" when the certificate cannot be used.
 */
export async function listen(config: Config, app: App, checkMs = CERTIFICATE_CHECK_MS): Promise<Listener> {
  const { host, basePath } = config.listen;
  let certificate = await readCertificate(config);
  if (certificate !== undefined) checkFirstPair(config, certificate);
  let server = await start(config, app, config.listen.port, certificate);
  const port = server.addr.port;
  const stop = new AbortController();
  const use = async (fresh: Certificate) => {
    checkPair(host, fresh);
    // A port has one listener: clients of the old certificate are disconnected and connect again.
    await server[Symbol.asyncDispose]();
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
    url: serverUrl(config.tls ? "https" : "http", host, port, basePath),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await watching;
      await server[Symbol.asyncDispose]();
    },
  };
}

interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Checks a pair before clients are disconnected for it; it may be half written. */
function checkPair(hostname: string, pair: Certificate): void {
  Deno.listenTls({ hostname, port: 0, ...pair }).close();
}

/** Reports an unusable pair at start as a wrong setting. */
function checkFirstPair({ listen: { host }, tls }: Config, pair: Certificate): void {
  try {
    checkPair(host, pair);
  } catch (cause) {
    // Any other error will be reported when the port is opened.
    if (!/key|certificate/i.test(reason(cause))) return;
    const which = `--tls-cert "${tls?.cert}" with --tls-key "${tls?.key}"`;
    const expected = "Expected a PEM certificate and its key";
    throw new AppError("usage", `Cannot use ${which}: ${reason(cause)}. ${expected}`, { cause });
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

/** Watches the files until the signal aborts; an unusable certificate leaves the old one in use. */
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
      log.error("Cannot use the new certificate, the old one stays in use: {error}", {
        error: reason(error),
      });
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
  try {
    let bound = port;
    return new ResilientServer((onSocket) => {
      const options = { hostname: host, port: bound, onListen: () => {}, ...certificate };
      const server = Deno.serve(options, async (request, { remoteAddr }) => {
        const response = await app(request, remoteAddr.hostname);
        if (response.status === SWITCHING_PROTOCOLS) onSocket();
        return response;
      });
      bound = server.addr.port;
      return server;
    });
  } catch (cause) {
    throw new AppError("failed", await whyNotListening(host, configured, cause), { cause });
  }
}

/** Reports whether an address is in use by a DockStat. */
export async function isTakenByDockStat(host: string, port: number, cause: unknown): Promise<boolean> {
  return cause instanceof Deno.errors.AddrInUse && await isDockStat(host, port);
}

/** Returns the reason why an address cannot be opened, and the fix. */
export async function whyNotListening(host: string, port: number, cause: unknown): Promise<string> {
  const where = `Cannot listen on ${host}:${port}`;
  if (cause instanceof Deno.errors.AddrInUse) {
    const who = await isTakenByDockStat(host, port, cause)
      ? "DockStat already runs there"
      : `another program uses the port, or a DockStat that did not answer within ${IDENTIFY_MS / 1000} s`;
    return `${where}: ${who}: stop it, or choose a port with --port (0 picks a free one)`;
  }
  if (cause instanceof Deno.errors.NotCapable) {
    return `${where}: Deno lacks the permission: run DockStat with --allow-net=${host}:${port}`;
  }
  if (cause instanceof Deno.errors.PermissionDenied) {
    return `${where}: the system does not allow it: ports below 1024 need more rights; choose one with --port`;
  }
  if (cause instanceof Deno.errors.AddrNotAvailable) {
    return `${where}: this machine has no such address: choose one with --host`;
  }
  return `${where}: ${reason(cause)}`;
}

/** Asks over both schemes, since the other server has its own settings. */
async function isDockStat(host: string, port: number): Promise<boolean> {
  const signal = AbortSignal.timeout(IDENTIFY_MS);
  const { hostname } = new URL(serverUrl("http", host, port));
  const answers = await Promise.allSettled([
    fetch(`${serverUrl("http", host, port)}/healthz`, { signal }).then((answer) => answer.text()),
    askUnchecked({ hostname, port }, "/healthz", signal),
  ]);
  return answers.some((answer) => answer.status === "fulfilled" && answer.value.includes('{"status":"ok"}'));
}
