import type {
  DetailedStatsMessage,
  HistoryMessage,
  HostNotice,
} from "../../../../../../server/protocol/stats.ts";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { Client } from "../../../lib/client.ts";
import { hiddenProjects } from "../../../lib/hidden.ts";
import { LiveSocket } from "../../../lib/live.ts";
import type { Channel } from "../../../lib/transport/transport.ts";
import { Observable } from "../../../lib/observable.ts";
import { Refresher } from "../../../lib/refresher.ts";
import { requestUnhealthySince } from "../attention/health_times.ts";
import { ContainerRow, keyOf } from "./container_row.ts";
import { ContainerTasks } from "./container_tasks.ts";
import { HostRow, type HostUsage, isHostUsage } from "./host_usage.ts";
import { LABELS } from "./labels.ts";
import { sum, type Totals } from "./totals.ts";

type Frame = readonly DetailedStatsMessage[] | HistoryMessage | HostNotice | HostUsage;

/** Snapshot for the views; a new object after each change. */
export interface StatsView {
  /** All containers; rows change in place and count their changes. */
  readonly rows: readonly ContainerRow[];
  /** Totals of each host by its id. */
  readonly totals: ReadonlyMap<string, Totals>;
  /** Usage of the hosts themselves; empty until the server reports it. */
  readonly usage: ReadonlyMap<string, HostRow>;
  /** Time of the snapshot, epoch ms. */
  readonly now: number;
}

/** Minimum time between two snapshots, ms, of few and of many hosts. */
const [COALESCE_MS, COALESCE_MANY_MS] = [120, 500];
/** Number of hosts that are few. */
const FEW_HOSTS = 8;
/** Time without containers after which a host is published on its own, ms. */
const QUIET_MS = 1500;
/** Time after a reconnect until unconfirmed containers are dropped, ms. */
const CONFIRM_MS = 5000;
/** Interval between requests for the hosts, ms. */
const HOSTS_MS = 10_000;
/** Shortest time between two requests for the times of bad health, ms. */
const TIMES_MS = 2000;
const PATH = "/docker/stats?detail=full&batch=1&hosts=1";
/** Path of the history; the long interval leaves only the first, immediate tick. */
const HISTORY_PATH = "/docker/stats?detail=full&batch=1&history=1m&interval=60s";

/** Live statistics of all containers. */
export class StatsFeed {
  /** Last snapshot. */
  readonly view = new Observable<StatsView>({ rows: [], totals: new Map(), usage: new Map(), now: 0 });
  /** Hosts by id; `undefined` until the server has answered. */
  readonly hosts = new Observable<ReadonlyMap<string, HostReport> | undefined>(undefined);
  /** Reason why a changed configuration was not applied; `null` without one. */
  readonly configurationError = new Observable<string | null>(null);
  /** Start of the bad health of containers by key, epoch ms; the server's timeline has it. */
  readonly unhealthySince = new Observable<ReadonlyMap<string, number>>(new Map());
  /** Projects all of whose containers are hidden, as `HOST/NAME`. */
  readonly hiddenProjects = new Observable<ReadonlySet<string>>(new Set());
  /** Operations that the views have started. */
  readonly tasks: ContainerTasks;
  /** Socket of the statistics. */
  readonly socket: LiveSocket;
  readonly #rows = new Map<string, ContainerRow>();
  readonly #usage = new Map<string, HostRow>();
  /** Keys of rows without a message since the last reconnect. */
  #unconfirmed = new Set<string>();
  #publishTimer: ReturnType<typeof setTimeout> | undefined;
  #publishedAt = -Infinity;
  #confirmTimer: ReturnType<typeof setTimeout> | undefined;
  #hostTimer: ReturnType<typeof setInterval>;
  /** True until the history is requested on this connection. */
  #needsHistory = false;
  #historyChannel: Channel | undefined;
  /** Reads when containers became unhealthy before the page showed them. */
  readonly #times = new Refresher(() => this.#readTimes(), TIMES_MS);

  constructor(readonly client: Client) {
    this.tasks = new ContainerTasks(client.transport);
    this.socket = new LiveSocket(client.transport, {
      path: () => PATH,
      onFrame: (text) => this.take(JSON.parse(text)),
      onOpen: () => this.#opened(),
    });
    client.show(LABELS.statisticsSocket, this.socket);
    this.#hostTimer = setInterval(() => this.refreshHosts(), HOSTS_MS);
  }

  [Symbol.dispose](): void {
    this.tasks[Symbol.dispose]();
    clearInterval(this.#hostTimer);
    clearTimeout(this.#confirmTimer);
    clearTimeout(this.#publishTimer);
    this.#times[Symbol.dispose]();
    this.#historyChannel?.close();
    this.socket[Symbol.dispose]();
  }

  /** Returns a container's row; `undefined` for an unknown container. */
  row(hostId: string, id: string): ContainerRow | undefined {
    return this.#rows.get(keyOf({ hostId, id }));
  }

  /** Handles one frame. */
  take(frame: Frame): void {
    if (Array.isArray(frame)) {
      for (const message of frame) this.#message(message);
      if (this.#needsHistory) this.#readPast();
    } else if ("error" in frame) {
      if (frame.hostId === null) this.configurationError.set(frame.error);
      else this.refreshHosts();
    } else if (isHostUsage(frame)) return this.#hostUsage(frame);
    this.#publishSoon();
  }

  /** Requests the hosts. */
  async refreshHosts(): Promise<void> {
    try {
      const reports = await this.client.transport.ask<readonly HostReport[]>("/docker/hosts");
      this.hosts.set(new Map(reports.map((report) => [report.hostId, report])));
    } catch {
      // The socket reports a lost server; until then the last hosts stay.
    }
  }

  #message(message: DetailedStatsMessage): void {
    const key = keyOf(message);
    this.#unconfirmed.delete(key);
    if (message.state === "removed") return void this.#rows.delete(key);
    const row = this.#rows.get(key);
    if (row !== undefined) return row.update(message);
    this.#rows.set(key, new ContainerRow(message));
    if (message.health === "unhealthy") this.#times.ask();
  }

  #hostUsage(usage: HostUsage): void {
    const row = this.#usage.get(usage.hostId);
    if (row === undefined) this.#usage.set(usage.hostId, new HostRow(usage));
    else row.update(usage);
    // The frames of containers, once a second, publish it too.
    if (performance.now() - this.#publishedAt > QUIET_MS) this.#publishSoon();
  }

  #opened(): void {
    this.client.refreshAbout();
    this.refreshHosts();
    // The server repeats it to new clients.
    this.configurationError.set(null);
    this.#unconfirmed = new Set(this.#rows.keys());
    clearTimeout(this.#confirmTimer);
    this.#confirmTimer = setTimeout(() => this.#dropUnconfirmed(), CONFIRM_MS);
    this.#needsHistory = true;
  }

  /** Drops containers that were removed during the disconnection. */
  #dropUnconfirmed(): void {
    if (this.socket.state.value.phase !== "open") return;
    for (const key of this.#unconfirmed) this.#rows.delete(key);
    this.#unconfirmed.clear();
    this.#publishSoon();
  }

  /** Reads the last minute on a separate connection, so that it does not delay the first rows. */
  #readPast(): void {
    this.#needsHistory = false;
    this.#historyChannel = this.client.transport.open(HISTORY_PATH, {
      opened: () => {},
      frame: (text) => {
        const frame: Frame = JSON.parse(text);
        if ("history" in frame) this.row(frame.hostId, frame.id)?.recall(frame.history);
        else if (Array.isArray(frame)) this.#historyChannel?.close();
      },
      // Without history, the sparklines start now.
      closed: () => this.#publishSoon(),
    });
    if ([...this.#rows.values()].some(({ newest }) => newest.health === "unhealthy")) this.#times.ask();
  }

  async #readTimes(): Promise<void> {
    this.unhealthySince.set(await requestUnhealthySince(this.client.transport));
  }

  /** Publishes the first change immediately, and coalesces those that follow. */
  #publishSoon(): void {
    const pause = pauseOf(this.view.value.totals.size);
    const wait = Math.max(this.#publishedAt + pause - performance.now(), 0);
    this.#publishTimer ??= setTimeout(() => {
      this.#publishTimer = undefined;
      this.#publishedAt = performance.now();
      this.#publish();
    }, wait);
  }

  #publish(): void {
    const rows = [...this.#rows.values()];
    const byHost = Map.groupBy(rows, ({ newest }) => newest.hostId);
    const totals = new Map([...byHost].map(([hostId, some]) => [hostId, sum(some)]));
    const hidden = hiddenProjects(rows);
    if (hidden.symmetricDifference(this.hiddenProjects.value).size > 0) this.hiddenProjects.set(hidden);
    this.view.set({ rows, totals, usage: new Map(this.#usage), now: Date.now() });
  }
}

/** Returns the pause between two snapshots, ms: the frames of many hosts are spread over each second. */
export function pauseOf(hosts: number): number {
  return hosts > FEW_HOSTS ? COALESCE_MANY_MS : COALESCE_MS;
}
