/** Configured hosts of the running server, and hosts added in DockStat. */
import type { HostConfig } from "../config/config.ts";
import type { Endpoint } from "../config/docker_context.ts";
import { Semaphore } from "../semaphore.ts";
import type { HostFacts } from "../stats/hosts/collector_options.ts";
import type { FeedHost, HostSet } from "../stats/hosts/host_set.ts";

/** Opens the engine and the reader of a host. */
export type OpenHost = (host: HostConfig) => FeedHost;

/** Keeps what is read, and where stacks run, in step with the configured hosts. */
export class LiveHosts {
  readonly #hosts: HostSet;
  readonly #open: OpenHost;
  readonly #turn = new Semaphore(1);
  #configured: readonly HostConfig[];
  #added: readonly HostConfig[];
  /** Nodes of swarms that were found. */
  #found: readonly HostConfig[] = [];
  /** Engines by host id, for stacks; a simulated host has none. */
  readonly endpoints: Map<string, Endpoint | undefined>;

  /**
   * @param configured Hosts of the configuration, which are read already.
   * @param added Hosts that were added in DockStat and are already read; configured hosts override them.
   */
  constructor(
    hosts: HostSet,
    open: OpenHost,
    configured: readonly HostConfig[],
    added: readonly HostConfig[] = [],
  ) {
    [this.#hosts, this.#open, this.#configured, this.#added] = [hosts, open, configured, added];
    this.endpoints = new Map(merged(configured, added).map((host) => [host.id, endpointOf(host)]));
  }

  /** Hosts that were added in DockStat, also those whose id the configuration takes. */
  get added(): readonly HostConfig[] {
    return this.#added;
  }

  /** Reports whether the configuration has a host of this id. */
  isConfigured(id: string): boolean {
    return this.#configured.some((host) => host.id === id);
  }

  /** Applies the hosts of a changed configuration; returns what has changed. */
  async configure(configured: readonly HostConfig[]): Promise<readonly string[]> {
    return await this.#change(() => this.#configured = configured);
  }

  /** Replaces the hosts that were added in DockStat; returns what has changed. */
  async setAdded(added: readonly HostConfig[]): Promise<readonly string[]> {
    return await this.#change(() => this.#added = added);
  }

  /** Replaces the nodes of swarms that were found; other hosts win. Returns what has changed. */
  async setFound(found: readonly HostConfig[]): Promise<readonly string[]> {
    return await this.#change(() => this.#found = found);
  }

  /** Ids of the hosts of the configuration. */
  get configuredIds(): readonly string[] {
    return this.#configured.map(({ id }) => id);
  }

  get #all(): readonly HostConfig[] {
    return merged(merged(this.#configured, this.#added), this.#found);
  }

  async #change(set: () => void): Promise<readonly string[]> {
    using _turn = await this.#turn.acquire(new AbortController().signal);
    const before = new Map(this.#all.map((host) => [host.id, host]));
    set();
    const after = this.#all;
    const ids = new Set(after.map(({ id }) => id));
    const gone = [...before.keys()].filter((id) => !ids.has(id));
    const changes = await Promise.all([
      ...after.map((host) => this.#put(before.get(host.id), host)),
      ...gone.map((id) => this.#remove(id)),
    ]);
    this.#hosts.arrange([...ids]);
    return changes.filter((change) => change !== undefined);
  }

  async #put(before: HostConfig | undefined, host: HostConfig): Promise<string | undefined> {
    if (before !== undefined && sameText(before, host)) return undefined;
    if (before !== undefined && sameText(endpointOf(before), endpointOf(host))) {
      this.#hosts.describe(host.id, factsOf(host));
      return `changed host ${host.id}`;
    }
    if (before !== undefined) await this.#hosts.remove(host.id, true);
    this.endpoints.set(host.id, endpointOf(host));
    this.#hosts.add(this.#open(host));
    return `${before === undefined ? "added" : "changed"} host ${host.id}`;
  }

  async #remove(id: string): Promise<string> {
    this.endpoints.delete(id);
    await this.#hosts.remove(id);
    return `removed host ${id}`;
  }
}

/** Returns the facts of a host beside its address. */
export function factsOf(host: HostConfig): HostFacts {
  if (host.kind !== "docker") return { labels: {}, publicName: null, managed: false };
  const { labels = {}, publicName = null, managed = false, node } = host;
  const swarm = node && { nodeId: node.id, viewOnly: node.viewOnly };
  return { labels, publicName, managed, ...swarm !== undefined && { swarm } };
}

/** Returns all hosts; configured hosts override added ones. */
export function merged(
  configured: readonly HostConfig[],
  added: readonly HostConfig[],
): readonly HostConfig[] {
  const taken = new Set(configured.map(({ id }) => id));
  return [...configured, ...added.filter(({ id }) => !taken.has(id))];
}

function endpointOf(host: HostConfig): Endpoint | undefined {
  if (host.kind !== "docker") return undefined;
  return host.node?.viewOnly ? { ...host.endpoint, viewOnly: true } : host.endpoint;
}

function sameText(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
