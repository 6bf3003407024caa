/** Finds the nodes of swarms behind names, and keeps them as hosts. */
import type { HostConfig, SwarmSource } from "../config/hosts.ts";
import type { Endpoint } from "../config/docker_context.ts";
import { pause } from "../duration.ts";
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import { forbiddenKind } from "../outbound/addresses.ts";
import { Semaphore } from "../semaphore.ts";
import { type KnownNode, toHost } from "./known_node.ts";

/** Members of the swarms whose managers are configured hosts. */
export interface Membership {
  /** Names of the machines by node id. */
  readonly nodes: ReadonlyMap<string, string>;
  /** Node ids of configured hosts, which are read already. */
  readonly configured: ReadonlySet<string>;
  /** False while a configured host does not answer, whose nodes may then be missing. */
  readonly complete: boolean;
}

/** Options for {@linkcode Discovery}. */
export interface DiscoveryOptions {
  /** Reads the members; `undefined` while no manager answers, as nothing can be checked then. */
  readonly membership: (signal: AbortSignal) => Promise<Membership | undefined>;
  /** Returns every address of a name; it rejects for a name that does not resolve. */
  readonly resolve: (name: string) => Promise<readonly string[]>;
  /** Returns the node id that the engine at an address reports; `undefined` if it is in no swarm. */
  readonly identify: (endpoint: Endpoint, signal: AbortSignal) => Promise<string | undefined>;
  /** Receives the hosts whenever they have changed. */
  readonly apply: (hosts: readonly HostConfig[]) => Promise<unknown>;
  /** Clock that is never set, ms. */
  readonly now?: () => number;
  readonly times?: DiscoveryTimes;
}

/** Times of a discovery, ms. */
export interface DiscoveryTimes {
  /** Interval of the rounds. */
  readonly everyMs: number;
  /** Interval while no manager answers, such as at the start. */
  readonly retryMs: number;
  /** Absence after which a host is removed. */
  readonly goneMs: number;
  /** Longest wait for one engine. */
  readonly patienceMs: number;
}

const TIMES: DiscoveryTimes = { everyMs: 10_000, retryMs: 2000, goneMs: 300_000, patienceMs: 5000 };
/** Largest number of addresses that are asked in a round, and of hosts. */
const MOST_HOSTS = 256;
/** Engines that are asked at a time. */
const PARALLEL = 16;

const log = getLogger(["dockstat", "swarm"]);

/** An address behind a name, and the node that answers there. */
interface Answer {
  readonly source: SwarmSource;
  readonly address: string;
  /** `undefined` while the engine does not answer or is in no swarm. */
  readonly nodeId: string | undefined;
}

/** Looks for nodes every 10 s from its start until it is disposed. */
export class Discovery implements AsyncDisposable {
  readonly #stop = new AbortController();
  readonly #times: DiscoveryTimes;
  readonly #now: () => number;
  readonly #known = new Map<string, KnownNode>();
  /** Reasons that were logged, each once while it lasts. */
  #reported: ReadonlySet<string> = new Set();
  #sources: readonly SwarmSource[];
  #applied = "[]";
  #running = Promise.resolve();

  constructor(sources: readonly SwarmSource[], readonly options: DiscoveryOptions) {
    this.#sources = sources;
    this.#times = options.times ?? TIMES;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Starts the rounds. */
  start(): this {
    this.#running = this.#run();
    return this;
  }

  /** Replaces the names; hosts of a name that is gone are removed with the next round. */
  configure(sources: readonly SwarmSource[]): void {
    this.#sources = sources;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      let checked = false;
      try {
        checked = await this.round(signal);
      } catch (error) {
        if (!signal.aborted) log.warn("Cannot find the nodes of a swarm: {why}", { why: reason(error) });
      }
      await pause(checked ? this.#times.everyMs : this.#times.retryMs, signal);
    }
  }

  /** Searches once; returns false when no manager answered, so that nothing could be checked. */
  async round(signal: AbortSignal): Promise<boolean> {
    const sources = this.#sources;
    if (sources.length === 0 && this.#known.size === 0) return true;
    const members = await this.options.membership(signal);
    const reports = new Set<string>();
    const answers = await this.#answers(sources, reports, signal);
    signal.throwIfAborted();
    this.#forget(sources);
    if (members !== undefined) this.#take(answers, members, reports);
    this.#age(answers, members);
    this.#log(reports);
    await this.#apply();
    return members !== undefined;
  }

  async #answers(
    sources: readonly SwarmSource[],
    reports: Set<string>,
    signal: AbortSignal,
  ): Promise<Answer[]> {
    const found = (await Promise.all(sources.map((source) => this.#addresses(source, reports)))).flat();
    if (found.length > MOST_HOSTS) {
      reports.add(`${found.length} addresses were found: only the first ${MOST_HOSTS} become hosts`);
    }
    // Anyone on the network of a name can add addresses to it, but must not displace the nodes.
    const known = new Set([...this.#known.values()].map(({ address }) => address));
    const [nodes, others] = [true, false].map((is) =>
      found.filter(({ address }) => known.has(address) === is)
    );
    const slots = new Semaphore(PARALLEL);
    return await Promise.all(
      [...nodes!, ...others!].slice(0, MOST_HOSTS).map(async ({ source, address }) => {
        using _slot = await slots.acquire(signal);
        return { source, address, nodeId: await this.#identify(source, address, reports, signal) };
      }),
    );
  }

  async #addresses(source: SwarmSource, reports: Set<string>): Promise<Omit<Answer, "nodeId">[]> {
    let all: readonly string[];
    try {
      all = await this.options.resolve(source.name);
    } catch (error) {
      reports.add(`the name ${source.name} does not resolve: ${reason(error)}`);
      return [];
    }
    return [...new Set(all)].sort().filter((address) => {
      const kind = forbiddenKind(address);
      if (kind !== undefined) {
        reports.add(`the address ${address} of ${source.name} is refused: it is ${kind}`);
      }
      return kind === undefined;
    }).map((address) => ({ source, address }));
  }

  async #identify(
    source: SwarmSource,
    address: string,
    reports: Set<string>,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    try {
      const patience = AbortSignal.any([signal, AbortSignal.timeout(this.#times.patienceMs)]);
      return await this.options.identify(source.endpointAt(address), patience);
    } catch (error) {
      reports.add(`no engine of a swarm answers at ${address}: ${reason(error)}`);
      return undefined;
    }
  }

  /** Takes the engines that are members; a node keeps its address while it answers there. */
  #take(answers: readonly Answer[], { nodes, configured }: Membership, reports: Set<string>): void {
    for (const { source, address, nodeId } of answers) {
      if (nodeId === undefined || configured.has(nodeId)) continue;
      const machine = nodes.get(nodeId);
      if (machine === undefined) {
        reports.add(`the engine at ${address} is not a node of the swarm of a configured manager`);
        continue;
      }
      const known = this.#known.get(nodeId);
      if (known === undefined && this.#known.size >= MOST_HOSTS) continue;
      const keeps = known !== undefined &&
        answers.some((other) => other.nodeId === nodeId && other.address === known.address);
      this.#known.set(nodeId, {
        ...{ nodeId, source, seenMs: this.#now() },
        machine: known?.machine ?? machine,
        address: keeps ? known.address : address,
      });
    }
  }

  /** Keeps a silent node while the name has its address, and removes an absent one after a while. */
  #age(answers: readonly Answer[], members: Membership | undefined): void {
    const now = this.#now();
    for (const [nodeId, known] of this.#known) {
      const silent = answers.some((answer) =>
        answer.nodeId === undefined && answer.address === known.address
      );
      const isMember = !members?.complete || members.nodes.has(nodeId);
      if (silent && isMember) this.#known.set(nodeId, { ...known, seenMs: now });
      else if (members?.configured.has(nodeId) || now - known.seenMs >= this.#times.goneMs) {
        this.#known.delete(nodeId);
      }
    }
  }

  /** Removes the nodes of names that are no longer configured, and takes over changed settings of a name. */
  #forget(sources: readonly SwarmSource[]): void {
    for (const [nodeId, known] of this.#known) {
      const source = sources.find(({ name, port }) =>
        name === known.source.name && port === known.source.port
      );
      if (source === undefined) this.#known.delete(nodeId);
      else this.#known.set(nodeId, { ...known, source });
    }
  }

  async #apply(): Promise<void> {
    const hosts = [...this.#known.values()].map(toHost).sort((one, other) => one.id < other.id ? -1 : 1);
    const text = JSON.stringify(hosts);
    if (text === this.#applied) return;
    await this.options.apply(hosts);
    this.#applied = text;
  }

  #log(reports: ReadonlySet<string>): void {
    for (const report of reports) {
      if (!this.#reported.has(report)) log.warn("Nodes of a swarm: {report}", { report });
    }
    this.#reported = reports;
  }
}
