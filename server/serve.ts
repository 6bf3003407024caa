/** The wiring, in one visible order; everything that is opened is closed in the opposite one. */
import { createApp } from "./app.ts";
import type { Config, HostConfig } from "./config.ts";
import { openEngine } from "./docker/docker_engine.ts";
import type { Engine } from "./docker/engine.ts";
import { openSimulatedEngine } from "./docker/simulated.ts";
import { AppError, reason } from "./errors.ts";
import { getLogger } from "./log.ts";
import { type SocketLimits, Sockets } from "./socket.ts";
import type { CollectorTimes } from "./stats/collector.ts";
import { Feed } from "./stats/feed.ts";

/** A running server. Disposing it closes its sockets with 1001 and ends everything that it began. */
export interface Server extends AsyncDisposable {
  /** Such as `http://127.0.0.1:9876`. */
  readonly url: string;
}

/** What tests set otherwise. */
export interface ServeOptions {
  readonly openEngine?: (host: HostConfig) => Engine;
  readonly times?: CollectorTimes;
  readonly socketLimits?: SocketLimits;
}

/** A client that does not take its close frame may not hold up the end longer than this, ms. */
const GOODBYE_MS = 1000;

const log = getLogger(["dockstat"]);

/**
 * Starts a server; it listens when the promise resolves.
 *
 * @throws {AppError} "failed" when it cannot listen: the port is busy, or not allowed.
 */
export async function serve(config: Config, options: ServeOptions = {}): Promise<Server> {
  await using stack = new AsyncDisposableStack();
  const open = options.openEngine ?? openConfiguredEngine;
  const hosts = config.hosts.map((host) => ({ id: host.id, engine: open(host) }));
  const feed = stack.use(
    new Feed(hosts, { keepMs: config.history.keepMs, ...(options.times ? { times: options.times } : {}) }),
  );
  const sockets = new Sockets(options.socketLimits);
  const app = createApp({ feed, sockets, access: { listenHost: config.listen.host } });
  const server = await listen(config, app);
  stack.defer(() => stop(server, sockets));
  const url = serverUrl(config.listen.host, server.addr.port);
  log.info("Listening on {url}", { url });
  hintWithoutEngine(feed);
  const ended = stack.move();
  return { url, [Symbol.asyncDispose]: () => ended.disposeAsync() };
}

async function hintWithoutEngine(feed: Feed): Promise<void> {
  await feed.settled();
  if (feed.reports().some(({ state }) => state !== "down")) return;
  log.warn(
    'No engine answers. Start Docker, install one with "deno task engine" (Debian, Ubuntu), or look around without ' +
      'one: "deno task demo". DockStat keeps trying',
  );
}

function openConfiguredEngine(host: HostConfig): Engine {
  return host.kind === "simulated" ? openSimulatedEngine(host) : openEngine(host.endpoint);
}

type HttpServer = Deno.HttpServer<Deno.NetAddr>;

async function listen(
  { listen: { host, port } }: Config,
  app: (r: Request) => Promise<Response>,
): Promise<HttpServer> {
  try {
    return Deno.serve({ hostname: host, port, onListen: () => {} }, app);
  } catch (cause) {
    throw new AppError("failed", await whyNotListening(host, port, cause), { cause });
  }
}

async function whyNotListening(host: string, port: number, cause: unknown): Promise<string> {
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
  return `${where}: ${reason(cause)}`;
}

async function isDockStat(host: string, port: number): Promise<boolean> {
  try {
    const answer = await fetch(`${serverUrl(host, port)}/healthz`, { signal: AbortSignal.timeout(500) });
    return JSON.stringify(await answer.json()) === '{"status":"ok"}';
  } catch {
    return false;
  }
}

function serverUrl(host: string, port: number): string {
  const shown = host === "0.0.0.0" ? "127.0.0.1" : host === "::" || host === "[::]" ? "[::1]" : host;
  return `http://${shown.includes(":") && !shown.startsWith("[") ? `[${shown}]` : shown}:${port}`;
}

async function stop(server: HttpServer, sockets: Sockets): Promise<void> {
  sockets.closeAll();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => timer = setTimeout(resolve, GOODBYE_MS));
  await Promise.race([server.shutdown(), patience]);
  clearTimeout(timer);
}
