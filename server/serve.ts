/** The wiring, in one visible order; everything that is opened is closed in the opposite one. */
import { resolve } from "node:path";
import { isLoopback } from "./access/access.ts";
import { createApp } from "./app.ts";
import { type Compose, ComposeProgram } from "./compose/compose.ts";
import { PluginSocket } from "./compose/plugin_socket.ts";
import type { Config, HostConfig } from "./config/config.ts";
import { encodeBase64Url } from "./access/credentials.ts";
import { openEngine } from "./docker/docker_engine.ts";
import type { Engine } from "./docker/engine.ts";
import { openSimulatedEngine } from "./docker/simulated.ts";
import { AppError, reason } from "./errors.ts";
import { listen, placeOf } from "./listener.ts";
import { getLogger, logLines } from "./log/log.ts";
import { Outputs } from "./output/outputs.ts";
import { Sockets } from "./http/socket.ts";
import type { CollectorTimes } from "./stats/collector.ts";
import { Feed } from "./stats/feed.ts";
import { type OpenStacks, openStacks } from "./stacks/open.ts";
import { Tickets } from "./access/tickets.ts";
import { loadToken, type Token, toToken } from "./access/token.ts";
import { listenUnix } from "./unix_listener.ts";

/** A running server. Disposing it closes its sockets with 1001 and ends everything that it began. */
export interface Server extends AsyncDisposable {
  /** Such as `http://127.0.0.1:9876`. */
  readonly url: string;
  /** The address that carries the token; the same as {@linkcode url} where none is needed. */
  readonly link: string;
}

/** What tests set otherwise. */
export interface ServeOptions {
  readonly openEngine?: (host: HostConfig) => Engine;
  readonly times?: CollectorTimes;
  readonly compose?: Compose;
  /** How often the files of the certificate are looked at, ms. */
  readonly certificateCheckMs?: number;
  /** How long a ticket lives, ms. */
  readonly ticketMs?: number;
}

const log = getLogger(["dockstat"]);

/**
 * Starts a server; it listens when the promise resolves.
 *
 * @throws {AppError} "failed" when it cannot listen (the port is busy, or not allowed) or cannot keep its token.
 */
export async function serve(config: Config, options: ServeOptions = {}): Promise<Server> {
  await using stack = new AsyncDisposableStack();
  const open = options.openEngine ?? openConfiguredEngine;
  const token = await openDoors(config);
  const hosts = config.hosts.map((host) => ({ id: host.id, engine: open(host) }));
  const feed = stack.use(
    new Feed(hosts, { keepMs: config.history.keepMs, ...(options.times ? { times: options.times } : {}) }),
  );
  const runsStacks = config.hosts.some(({ kind }) => kind === "docker");
  const leash = runsStacks ? stack.use(await PluginSocket.open(resolve(config.data))) : undefined;
  const compose = options.compose ?? new ComposeProgram(config.env, leash);
  const { stacks, editor } = stack.use(
    await openConfiguredStacks(config, feed, compose, leash?.others ?? false),
  );
  const sockets = new Sockets(config.limits);
  const { origins, readOnly } = config.access;
  const tickets = stack.use(new Tickets(options.ticketMs));
  const { socket } = config.listen;
  const app = createApp({
    feed,
    lines: logLines,
    outputs: new Outputs(),
    stacks,
    editor,
    sockets,
    access: {
      listenHost: config.listen.host,
      origins,
      readOnly,
      isToken: token?.matches,
      findTicket: (presented) => tickets.find(presented),
    },
    cookie: { value: token?.cookie, isToken: (credential) => token?.matches(credential) ?? true },
    limits: config.limits,
    tcpFor: socket === undefined ? "everything" : "sockets",
    sessions: { tickets, feed, hostname: config.hostname, listensOn: () => listener.url },
    simulated: config.hosts.every(({ kind }) => kind === "simulated"),
  });
  const listener = stack.use(await listen(config, app, options.certificateCheckMs));
  if (socket !== undefined) stack.use(await listenUnix(socket, app));
  stack.defer(() => sockets.closeAll());
  log.info("Listening on {place}", { place: placeOf(config.listen.host, listener.url) });
  leash?.warnOfOthers();
  hintWithoutEngine(feed).catch((error) => log.error("Cannot check the engines: {error}", { error }));
  const ended = stack.move();
  return { ...addressesOf(listener.url, token), [Symbol.asyncDispose]: () => ended.disposeAsync() };
}

function addressesOf(url: string, token: Token | undefined): Pick<Server, "url" | "link"> {
  return { url, link: token === undefined ? url : `${url}/?token=${encodeURIComponent(token.text)}` };
}

/** A demo keeps nothing, and runs no stacks. */
async function openConfiguredStacks(
  { hosts, data, stacks: { parallel } }: Config,
  feed: Feed,
  compose: Compose,
  shared: boolean,
): Promise<OpenStacks> {
  try {
    return await openStacks({
      // Compose works in another folder than we do: its paths must not be relative.
      data: hosts.every(({ kind }) => kind === "simulated") ? undefined : resolve(data),
      compose,
      hosts: new Map(hosts.map((host) => [host.id, host.kind === "docker" ? host.endpoint : undefined])),
      feed,
      parallel,
      shared,
    });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const how = "choose a folder with --data";
    throw new AppError("failed", `Cannot keep stacks in "${data}": ${reason(cause)}: ${how}`, { cause });
  }
}

/** The token that opens the doors; `undefined` when they stand open, which is worth a warning. */
async function openDoors({ access, data, hosts, listen: { host } }: Config): Promise<Token | undefined> {
  if (!access.auth) {
    const who = isLoopback(host) ? "every program and user of this machine" : `everybody who reaches ${host}`;
    log.warn("The doors stand open (--no-auth): {who} may do everything, and the Docker socket is root", {
      who,
    });
    return undefined;
  }
  if (access.token !== undefined) return await toToken(access.token);
  // A demo has nothing to protect, and leaves nothing behind.
  if (hosts.every(({ kind }) => kind === "simulated")) {
    return await toToken(encodeBase64Url(crypto.getRandomValues(new Uint8Array(32))));
  }
  return await toToken(await loadToken(data));
}

async function hintWithoutEngine(feed: Feed): Promise<void> {
  await feed.settled();
  // An engine that this user may not use is there: its error says what helps.
  if (feed.reports().some(({ state, error }) => state !== "down" || error?.includes("EACCES"))) return;
  log.warn(
    'No engine answers. Start Docker, install one with "deno task engine" (Debian, Ubuntu), or look around without ' +
      'one: "deno task demo". DockStat keeps trying',
  );
}

function openConfiguredEngine(host: HostConfig): Engine {
  return host.kind === "simulated" ? openSimulatedEngine(host) : openEngine(host.endpoint);
}
