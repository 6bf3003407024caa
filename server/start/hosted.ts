/** Opens the hosts of a configuration, and keeps them in step with it. */
import { resolve } from "../runtime/path.ts";
import type { Alerts } from "../alerts/alerts.ts";
import { DockerProgram } from "../compose/docker_stack/docker_stack.ts";
import type { Config, HostConfig, LoadedConfig } from "../config/config.ts";
import { openEngine } from "../docker/docker_engine.ts";
import type { Engine } from "../docker/engine.ts";
import { openSimulatedEngine } from "../docker/simulated/simulated.ts";
import { endLeftTunnels } from "../docker/ssh/tunnel_folder.ts";
import type { RecordedHistory } from "../history/recorded_history.ts";
import { AddedHosts } from "../hosts/added_hosts.ts";
import { HostTests } from "../hosts/host_tests.ts";
import { type AddedHost, HostsFile } from "../hosts/hosts_file.ts";
import { factsOf, LiveHosts, merged } from "../hosts/live_hosts.ts";
import { Reloader } from "../hosts/reloader.ts";
import { openKernelReader } from "../kernel/open_reader.ts";
import { hasLogins } from "../registry/logins.ts";
import { getLogger } from "../log/log.ts";
import type { Discovery } from "../swarm/discovery.ts";
import { NodeEngine } from "../swarm/node_engine.ts";
import { openDiscovery } from "../swarm/open.ts";
import { SwarmStacks } from "../swarm/deploy/swarm_stacks.ts";
import { Managers } from "../swarm/managers.ts";
import { Swarms } from "../swarm/swarms.ts";
import type { OpenStacks } from "../stacks/open.ts";
import { Feed, type FeedHost } from "../stats/feed.ts";
import { applyHistory, type PastOptions } from "../stats/past/collecting.ts";
import type { ReloadSource, ServeOptions } from "./options.ts";
import { type DataPlace, openStoredHistory } from "./stored_data.ts";

/** The hosts that are read, and how their past is kept. */
export interface Hosted {
  readonly feed: Feed;
  readonly hosts: LiveHosts;
  readonly recorded: RecordedHistory;
  readonly past: PastOptions;
  /** Finds the nodes of swarms. */
  readonly discovery: Discovery;
  /** Hosts that were added in DockStat, and the file that stores them. */
  readonly added: { readonly file: HostsFile | undefined; readonly hosts: readonly AddedHost[] };
}

const log = getLogger(["dockstat", "hosts"]);

/** Starts to read the hosts of the configuration, and those that were added in DockStat. */
export async function openHosted(
  stack: AsyncDisposableStack,
  config: Config,
  place: DataPlace,
  options: ServeOptions,
): Promise<Hosted> {
  if (config.hosts.some(({ kind }) => kind === "docker")) await endLeftovers();
  const recorded = stack.use(openStoredHistory(config, place));
  const open = (host: HostConfig) => feedHost(host, config, options);
  const past = { recorded, always: config.history.always };
  const file = place.stores ? new HostsFile(resolve(config.data)) : undefined;
  const hosts = await file?.read() ?? [];
  const times = options.times && { times: options.times };
  const feed = stack.use(new Feed(merged(config.hosts, hosts).map(open), { past, ...times }));
  recorded.follow(() => feed.presence());
  const live = new LiveHosts(feed.hosts, open, config.hosts, hosts);
  const discovery = stack.use(openDiscovery(config.swarms ?? [], {
    configured: () => live.configuredIds.flatMap((id) => feed.engine(id) ?? []),
    apply: (found) => live.setFound(found),
    ...options.swarm,
  }));
  return { recorded, past, feed, hosts: live, discovery, added: { file, hosts } };
}

/** Applies changes of the configuration until it is disposed. */
export function openReloader(
  { loaded, read, requests }: ReloadSource,
  { hosts, feed, past, discovery }: Hosted,
  alerts: Alerts,
): AsyncDisposable {
  return new Reloader({
    loaded,
    read,
    requests,
    // Sections that are applied without a restart.
    appliers: {
      hosts: ({ config }) => {
        discovery.configure(config.swarms ?? []);
        return hosts.configure(config.hosts);
      },
      history: ({ config }) => Promise.resolve(applyHistory(config.history, past)),
      alerts: alertApplier(alerts, loaded.config),
      channels: () => Promise.resolve([]),
    },
    notify: (error) => feed.reportConfiguration(error),
  });
}

/** Returns the applier of rules and channels, which belong together: a rule names the channels of its alerts. */
function alertApplier(alerts: Alerts, { alerts: first }: Config) {
  let applied = JSON.stringify(first);
  return ({ config }: LoadedConfig): Promise<readonly string[]> => {
    const next = JSON.stringify(config.alerts);
    if (next === applied) return Promise.resolve([]);
    alerts.reload(config.alerts);
    applied = next;
    return Promise.resolve(["changed alerts and channels"]);
  };
}

/** Parts of the page of hosts and the page of swarms. */
export interface HostServices {
  readonly addedHosts: AddedHosts;
  readonly hostTests: HostTests;
  readonly swarms: Swarms;
  readonly swarmStacks: SwarmStacks;
}

/** Opens what adds, tests and removes hosts for the page, and the swarms of managers. */
export function openHostServices(
  { feed, hosts, added }: Hosted,
  { runner, store, swarmTexts }: Pick<OpenStacks, "runner" | "store" | "swarmTexts">,
  { env, updates: { loginFolder } }: Config,
  { swarm, dockerStack: docker = new DockerProgram(env) }: ServeOptions,
): HostServices {
  const managers = new Managers({ feed, runner }, swarm?.everyMs);
  const places = { managers, store, swarmTexts, hosts: hosts.endpoints };
  return {
    swarms: new Swarms(managers, swarmTexts),
    swarmStacks: new SwarmStacks({ ...places, docker, hasLogins: () => hasLogins(loginFolder) }),
    addedHosts: new AddedHosts(hosts, added.file, added.hosts, runner),
    hostTests: new HostTests(),
  };
}

/** Ends what a killed server has left on this machine; never rejects. */
async function endLeftovers(): Promise<void> {
  try {
    await endLeftTunnels();
  } catch (error) {
    log.warn("Cannot search for ssh tunnels of a killed DockStat: {error}", { error });
  }
}

function feedHost(host: HostConfig, { reader }: Config, options: ServeOptions): FeedHost {
  const engine = (options.openEngine ?? openConfiguredEngine)(host);
  if (host.kind === "simulated") return { id: host.id, engine };
  const kernel = options.openKernel?.(host.id) ?? openKernelReader(reader, host.endpoint.url);
  return { id: host.id, engine, kernel, ...factsOf(host) };
}

function openConfiguredEngine(host: HostConfig): Engine {
  if (host.kind === "simulated") return openSimulatedEngine(host);
  const engine = openEngine(host.endpoint);
  return host.node === undefined ? engine : new NodeEngine(engine, host.node);
}
