/** Wires the server together; everything that is opened is closed in reverse order. */
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { isLoopback } from "./address.ts";
import { createApp } from "./app.ts";
import { type Compose, ComposeProgram } from "./compose/compose.ts";
import { PluginSocket } from "./compose/plugin_socket.ts";
import { RememberedVersions } from "./compose/remembered_versions.ts";
import type { Config, HostConfig, LoadedConfig } from "./config/config.ts";
import { Containers } from "./containers/containers.ts";
import type { Credential } from "./access/credentials.ts";
import { ProxyWarning } from "./access/proxy_warning.ts";
import { openEngine } from "./docker/docker_engine.ts";
import type { Engine } from "./docker/engine.ts";
import { openSimulatedEngine } from "./docker/simulated/simulated.ts";
import type { RecordedHistory } from "./history/recorded_history.ts";
import { factsOf, LiveHosts } from "./hosts/live_hosts.ts";
import { Reloader } from "./hosts/reloader.ts";
import type { Hub } from "./hub.ts";
import { type KernelChoice, openKernelReader } from "./kernel/open_reader.ts";
import { listen } from "./listen/listener.ts";
import { getLogger, logLines } from "./log/log.ts";
import { Outputs } from "./output/outputs.ts";
import { Audited } from "./routes/audited.ts";
import { OutboundClient } from "./outbound/client.ts";
import { Resources } from "./resources/resources.ts";
import { Sockets } from "./http/socket.ts";
import { loginsOf } from "./registry/logins.ts";
import { applyHistory, type PastOptions } from "./stats/past/collecting.ts";
import type { CollectorTimes } from "./stats/times.ts";
import { Feed, type FeedHost } from "./stats/feed.ts";
import { Tickets } from "./access/tickets.ts";
import { Sessions, SHARED_ORIGIN_TIMES } from "./access/sessions.ts";
import { AccessToken, loadToken, newToken, storeToken } from "./access/token.ts";
import { TokenWatch } from "./access/token_watch.ts";
import type { AuditStore } from "./store/past/audit_store.ts";
import { ImageChecks } from "./store/images/image_checks.ts";
import { SessionFallback } from "./store/session_fallback.ts";
import { SessionStore } from "./store/session_store.ts";
import { hintWithoutEngine, logStart } from "./start_log.ts";
import { type DataPlace, openPast, openStoredHistory, openStoredStacks, storesData } from "./stored_data.ts";
import { ImageUpdates } from "./updates/image_updates.ts";
import { listenUnix } from "./listen/unix_listener.ts";

/** A running server. Disposing it closes its sockets with 1001 and stops everything that it started. */
export interface Server extends AsyncDisposable {
  /** URL such as `http://127.0.0.1:9876`. */
  readonly url: string;
  /** Link that carries the token; the same as {@linkcode url} where none is needed. */
  readonly link: string;
}

/** Source of changes of the configuration while the server runs. */
export interface ReloadSource {
  readonly loaded: LoadedConfig;
  readonly read: () => Promise<LoadedConfig>;
  /** Requests to reload at once. */
  readonly requests: Hub<"reload">;
}

/** Options of a server; most of them are for tests. */
export interface ServeOptions {
  /** Without it the configuration is fixed. */
  readonly reload?: ReloadSource;
  readonly openEngine?: (host: HostConfig) => Engine;
  readonly openKernel?: (hostId: string) => KernelChoice | undefined;
  readonly times?: CollectorTimes;
  readonly compose?: Compose;
  /** Poll interval of the certificate's files, ms. */
  readonly certificateCheckMs?: number;
  /** Lifetime of a ticket, ms. */
  readonly ticketMs?: number;
}

const log = getLogger(["dockstat"]);

/**
 * Starts a server, which listens once the promise resolves.
 *
 * @throws {AppError} "failed" when it cannot listen (the port is busy, or not allowed) or cannot store its token.
 */
export async function serve(config: Config, options: ServeOptions = {}): Promise<Server> {
  await using stack = new AsyncDisposableStack();
  const token = await openToken(config);
  const { access: { origins, readOnly, viewToken }, limits, listen: { host: listenHost, socket } } = config;
  const runsStacks = config.hosts.some(({ kind }) => kind === "docker");
  const pluginSocket = runsStacks ? stack.use(await PluginSocket.open(resolve(config.data))) : undefined;
  const place = { stores: await storesData(config), shared: pluginSocket?.others ?? false };
  const { recorded, feed, past, hosts } = openFeed(stack, config, place, options);
  const compose = options.compose ?? new ComposeProgram(config.env, pluginSocket);
  const { database, store, ...operated } = stack.use(
    await openStoredStacks(config, feed, compose, hosts.endpoints, place),
  );
  stack.use(openPast(config, { recorded, events: operated.timeline.parts.events }));
  const versions = stack.use(new RememberedVersions(compose));
  const sockets = new Sockets(limits);
  const tickets = stack.use(new Tickets(options.ticketMs));
  const sessions = openSessions(stack, config, database, token, operated.audit);
  const app = createApp({
    feed,
    recorded,
    lines: logLines,
    outputs: new Outputs(),
    ...operated,
    composeVersions: () => versions.get(),
    containers: new Containers({ feed, store, runner: operated.runner }),
    updates: stack.use(openUpdates(config, feed, database)),
    resources: stack.use(new Resources({ feed, runner: operated.runner })),
    sockets,
    proxies: new ProxyWarning(),
    access: {
      ...{ listenHost, origins, readOnly, viewToken },
      validity: token && ((credential) => validityOf(credential, token, sessions)),
      findTicket: (presented) => tickets.find(presented),
    },
    signIn: { token, sessions },
    limits,
    tcpFor: socket === undefined ? "everything" : "sockets",
    basePath: config.listen.basePath ?? "",
    sessions: { tickets, feed, hostname: config.hostname, listensOn: () => listener.url },
    simulated: config.hosts.every(({ kind }) => kind === "simulated"),
  });
  const listener = stack.use(await listen(config, app, options.certificateCheckMs));
  if (socket !== undefined) stack.use(await listenUnix(socket, app));
  stack.defer(() => sockets.closeAll());
  if (options.reload !== undefined) stack.use(openReloader(options.reload, { hosts, feed, past }));
  logStart(config, listener.url);
  if (runsStacks) versions.report();
  pluginSocket?.warnOfOthers();
  hintWithoutEngine(feed).catch((error) => log.error("Cannot check the engines: {error}", { error }));
  const ended = stack.move();
  return { ...addressesOf(listener.url, token), [Symbol.asyncDispose]: () => ended.disposeAsync() };
}

function openFeed(
  stack: AsyncDisposableStack,
  config: Config,
  place: DataPlace,
  options: ServeOptions,
): Hosted & { readonly recorded: RecordedHistory } {
  const recorded = stack.use(openStoredHistory(config, place));
  const open = (host: HostConfig) => feedHost(host, config, options);
  const past = { recorded, always: config.history.always };
  const times = options.times && { times: options.times };
  const feed = stack.use(new Feed(config.hosts.map(open), { past, ...times }));
  return { recorded, past, feed, hosts: new LiveHosts(feed.hosts, open, config.hosts) };
}

/** The hosts that are read, and how their past is kept. */
interface Hosted {
  readonly feed: Feed;
  readonly hosts: LiveHosts;
  readonly past: PastOptions;
}

function openReloader(
  { loaded, read, requests }: ReloadSource,
  { hosts, feed, past }: Hosted,
): AsyncDisposable {
  return new Reloader({
    loaded,
    read,
    requests,
    // Sections that are applied without a restart.
    appliers: {
      hosts: ({ config }) => hosts.configure(config.hosts),
      history: ({ config }) => Promise.resolve(applyHistory(config.history, past)),
    },
    notify: (error) => feed.reportConfiguration(error),
  });
}

function feedHost(host: HostConfig, { reader }: Config, options: ServeOptions): FeedHost {
  const engine = (options.openEngine ?? openConfiguredEngine)(host);
  if (host.kind === "simulated") return { id: host.id, engine };
  const kernel = options.openKernel?.(host.id) ?? openKernelReader(reader, host.endpoint.url);
  return { id: host.id, engine, kernel, ...factsOf(host) };
}

function openUpdates(
  { outbound, updates: { daily, loginFolder } }: Config,
  feed: Feed,
  database: DatabaseSync,
): ImageUpdates {
  const checks = new ImageChecks(database);
  const parts = { outbound: new OutboundClient(outbound), findLogin: loginsOf(loginFolder) };
  return new ImageUpdates({ feed, checks, daily, ...parts });
}

/** Opens the sessions, which end when the token in the data folder is replaced. */
function openSessions(
  stack: AsyncDisposableStack,
  { data, hosts, listen: { basePath } }: Config,
  database: DatabaseSync,
  token: AccessToken | undefined,
  audit: AuditStore,
): Sessions {
  const store = stack.use(new SessionFallback(new SessionStore(database)));
  const sessions = stack.use(
    new Sessions(store, token?.text ?? "", basePath ? SHARED_ORIGIN_TIMES : undefined),
  );
  // A token that was given cannot change while the server runs, and a demo stores none.
  const isStored = token?.store !== undefined && hosts.some(({ kind }) => kind === "docker");
  const endAll = (text: string) => {
    new Audited(audit, { token, sessions }).rotated();
    sessions.endAll(text);
  };
  if (isStored) stack.use(new TokenWatch(data, token, { endAll }));
  return sessions;
}

/** Returns a signal that aborts when a credential ends; `undefined` if it is not valid. */
function validityOf(credential: Credential, token: AccessToken, sessions: Sessions): AbortSignal | undefined {
  if (credential.kind === "ticket") return undefined;
  if (token.matches(credential)) return token.signal;
  const session = sessions.find(credential.secret);
  return session && sessions.signalOf(session);
}

function addressesOf(url: string, token: AccessToken | undefined): Pick<Server, "url" | "link"> {
  return { url, link: token === undefined ? url : `${url}/#token=${encodeURIComponent(token.text)}` };
}

/** Returns the access token; `undefined` with `--no-auth`, which logs a warning. */
async function openToken(
  { access, data, hosts, listen: { host } }: Config,
): Promise<AccessToken | undefined> {
  if (!access.auth) {
    const who = isLoopback(host)
      ? "every program and user of this machine"
      : `everyone who can reach ${host}`;
    log.warn("Authentication is off (--no-auth): {who} has full access, and the Docker socket is root", {
      who,
    });
    return undefined;
  }
  if (access.token !== undefined) return new AccessToken(access.token, undefined);
  // A demo stores nothing.
  if (hosts.every(({ kind }) => kind === "simulated")) {
    return new AccessToken(newToken(), () => Promise.resolve());
  }
  return new AccessToken(await loadToken(data), (text) => storeToken(data, text));
}

function openConfiguredEngine(host: HostConfig): Engine {
  return host.kind === "simulated" ? openSimulatedEngine(host) : openEngine(host.endpoint);
}
