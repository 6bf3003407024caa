/** Wires the server together; everything that is opened is closed in reverse order. */
import { resolve } from "./runtime/path.ts";
import { createApp } from "./app.ts";
import { openAlerts } from "./alerts/open.ts";
import { ComposeProgram } from "./compose/compose.ts";
import { PluginSocket } from "./compose/plugin_socket.ts";
import { RememberedVersions } from "./compose/remembered_versions.ts";
import type { Config } from "./config/config.ts";
import { Containers } from "./containers/containers.ts";
import { ProxyWarning } from "./access/proxy_warning.ts";
import { listen } from "./listen/listener.ts";
import { logLines } from "./log/log.ts";
import { Outputs } from "./output/outputs.ts";
import { Resources } from "./resources/resources.ts";
import { Sockets } from "./http/socket.ts";
import { Tickets } from "./access/tickets.ts";
import { accessRules, linkOf, openSessions, openToken } from "./start/access.ts";
import { openHosted, openHostServices, openReloader } from "./start/hosted.ts";
import { alertOptions, openGit, openOtlp, openTerminals, openUpdates } from "./start/services.ts";
import type { ServeOptions } from "./start/options.ts";
import { reportStart } from "./start/start_log.ts";
import { openPast, openStoredStacks, storesData } from "./start/stored_data.ts";
import { listenUnix } from "./listen/unix_listener.ts";

export type { ServeOptions };

/** A running server. Disposing it closes its sockets with 1001 and stops everything that it started. */
export interface Server extends AsyncDisposable {
  /** URL such as `http://127.0.0.1:9876`. */
  readonly url: string;
  /** Link that carries the token; the same as {@linkcode url} where none is needed. */
  readonly link: string;
}

/**
 * Starts a server, which listens once the promise resolves.
 *
 * @throws {AppError} "failed" when it cannot listen (the port is busy, or not allowed) or cannot store its token.
 */
export async function serve(config: Config, options: ServeOptions = {}): Promise<Server> {
  await using stack = new AsyncDisposableStack();
  const token = await openToken(config);
  const { limits, listen: { socket } } = config;
  const runsStacks = config.hosts.some(({ kind }) => kind === "docker");
  const pluginSocket = runsStacks ? stack.use(await PluginSocket.open(resolve(config.data))) : undefined;
  const place = { stores: await storesData(config), shared: pluginSocket?.others ?? false };
  const hosted = await openHosted(stack, config, place, options);
  const { recorded, feed, hosts } = hosted;
  const compose = options.compose ?? new ComposeProgram(config.env, pluginSocket);
  const { database, store, ...operated } = stack.use(
    await openStoredStacks(config, feed, compose, hosts.endpoints, place),
  );
  stack.use(openPast(config, { recorded, events: operated.timeline.parts.events }));
  const versions = stack.use(new RememberedVersions(compose));
  const [sockets, outputs] = [new Sockets(limits), new Outputs()];
  const tickets = stack.use(new Tickets(options.ticketMs));
  const sessions = openSessions(stack, config, database, token, operated.audit);
  const containers = new Containers({ feed, store, runner: operated.runner });
  const images = openUpdates(stack, config, feed, { database, store, ...operated, ...place });
  const services = { database, feed, outputs, containers, runner: operated.runner, ...place, ...images };
  const { alerts, start } = stack.use(
    await openAlerts({ ...services, ...alertOptions(config, () => listener.url) }),
  );
  const resources = stack.use(new Resources({ feed, runner: operated.runner }));
  const read = { feed, lines: logLines, outputs, resources };
  const app = createApp({
    ...{ ...read, recorded, containers, alerts, ...images },
    ...{ ...operated, composeVersions: () => versions.get() },
    git: await openGit(stack, config, { ...operated, database }, place, options),
    terminals: openTerminals(config, { ...operated, containers }, options),
    ...openHostServices(hosted, { ...operated, store }, config, options),
    ...{ sockets, proxies: new ProxyWarning(), access: accessRules(config, { token, sessions, tickets }) },
    ...{ signIn: { token, sessions }, limits },
    tcpFor: socket === undefined ? "everything" : "sockets",
    basePath: config.listen.basePath ?? "",
    sessions: { tickets, feed, hostname: config.hostname, listensOn: () => listener.url },
    simulated: config.hosts.every(({ kind }) => kind === "simulated"),
  });
  const listener = stack.use(await listen(config, app, options.certificateCheckMs));
  if (socket !== undefined) stack.use(await listenUnix(socket, app));
  await openOtlp(stack, config, { ...read, sockets, ...images, ...operated });
  start();
  stack.defer(() => sockets.closeAll());
  if (options.reload !== undefined) stack.use(openReloader(options.reload, hosted, alerts));
  const { url } = listener;
  reportStart(config, { url, feed, versions, pluginSocket });
  const ended = stack.move();
  return { url, link: linkOf(url, token), [Symbol.asyncDispose]: () => ended.disposeAsync() };
}
