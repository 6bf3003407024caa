/** The hosts that are read. Hosts are added and removed while the others are read without a gap. */
import type { Engine } from "../../docker/engine.ts";
import type { KernelChoice } from "../../kernel/open_reader.ts";
import { getLogger } from "../../log/log.ts";
import type { Board } from "../board.ts";
import { Collector } from "../collector.ts";
import type { Observed } from "../observer.ts";
import { HostUpdate, type Update } from "../update.ts";
import type { CollectorOptions, HostFacts } from "./collector_options.ts";

/** A host and its engine. */
export interface FeedHost extends Partial<HostFacts> {
  readonly id: string;
  readonly engine: Engine;
  /** The kernel's files as a reader; `undefined` for a simulated host. */
  readonly kernel?: KernelChoice | undefined;
}

/** Options that all collectors share. */
export type SharedOptions =
  & Pick<
    CollectorOptions,
    "keepMs" | "past" | "times" | "publish" | "publishUsage" | "publishFast" | "observed"
  >
  & {
    /** Called when something other than numbers changes on a host. */
    readonly changed: (hostId: string) => void;
    /** Called with each new host. */
    readonly added: (collector: Collector) => void;
  };

interface RunningHost {
  readonly collector: Collector;
  readonly stop: AbortController;
  readonly run: Promise<void>;
}

/** Span over which the first turns of several hosts are spread, ms. */
const SPREAD_MS = 600;
/** Multiples of this spread evenly, however many hosts there are. */
const GOLDEN_RATIO = 0.618;
/** Reason that viewers of a removed host receive. */
const REMOVED = "the host was removed from the configuration";

const log = getLogger(["dockstat", "stats"]);

/** The hosts that are read. Disposing it ends every connection and closes the engines. */
export class HostSet implements AsyncDisposable {
  readonly #running = new Map<string, RunningHost>();
  #collectors: readonly Collector[] = [];
  #added = 0;

  constructor(readonly options: SharedOptions) {}

  /** Collectors of all hosts. */
  get collectors(): readonly Collector[] {
    return this.#collectors;
  }

  /** Finds the collector of a host. */
  find(hostId: string): Collector | undefined {
    return this.#running.get(hostId)?.collector;
  }

  /** Starts to read a host with a new id, also for the viewers that are there already. */
  add({ id, engine, kernel, labels = {}, publicName = null, managed = false, swarm }: FeedHost): void {
    const { changed, added, observed, ...shared } = this.options;
    const stop = new AbortController();
    const collector = new Collector({
      ...shared,
      hostId: id,
      engine,
      facts: { labels, publicName, managed, ...swarm && { swarm } },
      kernel,
      phaseMs: SPREAD_MS * (this.#added++ * GOLDEN_RATIO % 1),
      changed: () => changed(id),
      observed: until(stop.signal, observed),
    });
    const run = collector.run(stop.signal).catch((error) =>
      log.error("Host {hostId} is no longer read: {error}", { hostId: id, error })
    );
    this.#running.set(id, { collector, stop, run });
    this.#list();
    added(collector);
  }

  /** Changes the facts of a host; it is read without a gap. */
  describe(hostId: string, facts: HostFacts): void {
    const collector = this.find(hostId);
    if (collector === undefined) return;
    collector.facts = facts;
    this.options.changed(hostId);
  }

  /**
   * Stops reading a host; viewers receive its containers as removed.
   *
   * @param replaced True when another host takes the same id at once; viewers then need no reason.
   */
  async remove(hostId: string, replaced = false): Promise<void> {
    const host = this.#running.get(hostId);
    if (host === undefined) return;
    this.#running.delete(hostId);
    this.#list();
    const wasSilent = host.collector.error !== null;
    await end(host);
    clear(host.collector.board);
    if (!replaced) { for (const observer of this.options.observed) observer.removed(hostId); }
    const notice: Update[] = replaced
      ? wasSilent ? [new HostUpdate(hostId, null)] : []
      : [new HostUpdate(hostId, REMOVED)];
    if (notice.length > 0) this.options.publish(notice);
    this.options.changed(hostId);
  }

  /** Sorts the hosts by the order of their ids. */
  arrange(ids: readonly string[]): void {
    for (const id of ids) {
      const host = this.#running.get(id);
      if (host === undefined) continue;
      this.#running.delete(id);
      this.#running.set(id, host);
    }
    this.#list();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running.values()].map(end));
  }

  #list(): void {
    this.#collectors = [...this.#running.values()].map(({ collector }) => collector);
  }
}

/** Returns the observers until the host is removed: nothing happens to its containers then. */
function until(removed: AbortSignal, observed: Observed): Observed {
  return { [Symbol.iterator]: () => (removed.aborted ? [] : observed)[Symbol.iterator]() };
}

function clear(board: Board): void {
  for (const { id } of board.containers()) board.remove(id);
  board.flush();
}

async function end({ collector: { demand, gauge, fast, engine }, stop, run }: RunningHost): Promise<void> {
  stop.abort();
  for (const each of [demand, gauge.demand, fast]) each.end();
  await run;
  await engine[Symbol.asyncDispose]();
}
