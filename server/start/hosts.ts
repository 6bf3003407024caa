/** Opens the engines of the hosts, their statistics, and the reload of the configuration. */
import type { DatabaseSync } from "node:sqlite";
import type { Config, HostConfig } from "../config/config.ts";
import { openEngine } from "../docker/docker_engine.ts";
import type { Engine } from "../docker/engine.ts";
import { openSimulatedEngine } from "../docker/simulated/simulated.ts";
import type { RecordedHistory } from "../history/recorded_history.ts";
import { factsOf, LiveHosts } from "../hosts/live_hosts.ts";
import { Reloader } from "../hosts/reloader.ts";
import { openKernelReader } from "../kernel/open_reader.ts";
import { OutboundClient } from "../outbound/client.ts";
import { loginsOf } from "../registry/logins.ts";
import { applyHistory, type PastOptions } from "../stats/past/collecting.ts";
import { Feed, type FeedHost } from "../stats/feed.ts";
import { ImageChecks } from "../store/images/image_checks.ts";
import { type DataPlace, openStoredHistory } from "./stored_data.ts";
import { ImageUpdates } from "../updates/image_updates.ts";
import { OwnContainer, ownFacts } from "../terminal/own_container.ts";
import { Terminals, type TerminalServices } from "../terminal/terminals.ts";
import type { ReloadSource, ServeOptions } from "./options.ts";

/** Opens the engines and the history, and starts to read. */
export function openFeed(
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

/** Applies changes of the configuration until it is disposed. */
export function openReloader(
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

/** Opens the checks for newer images. */
export function openUpdates(
  { outbound, updates: { daily, loginFolder } }: Config,
  feed: Feed,
  database: DatabaseSync,
): ImageUpdates {
  const checks = new ImageChecks(database);
  const parts = { outbound: new OutboundClient(outbound), findLogin: loginsOf(loginFolder) };
  return new ImageUpdates({ feed, checks, daily, ...parts });
}

function openConfiguredEngine(host: HostConfig): Engine {
  return host.kind === "simulated" ? openSimulatedEngine(host) : openEngine(host.endpoint);
}

/** Opens the terminals in containers. */
export function openTerminals(
  { exec, hostname }: Config,
  parts: Pick<TerminalServices, "containers" | "runner" | "audit">,
  { terminalBounds }: ServeOptions,
): Terminals {
  const own = new OwnContainer(() => ownFacts(hostname));
  return new Terminals({ ...parts, allowed: exec, own }, terminalBounds);
}
