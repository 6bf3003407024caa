import type {
  DetailedStatsMessage,
  HistoryMessage,
  HostNotice,
} from "../../../../../../server/protocol/stats.ts";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { Client } from "../../../lib/client.ts";
import { LiveSocket } from "../../../lib/live.ts";
import type { Channel } from "../../../lib/transport/transport.ts";
import { Observable } from "../../../lib/observable.ts";
import { ContainerRow, keyOf } from "./container_row.ts";
import { ContainerTasks } from "./container_tasks.ts";
import { LABELS } from "./labels.ts";
import { Past, sum, TOTAL_SECONDS, type Totals, TotalsHistory } from "./totals.ts";

type Frame = readonly DetailedStatsMessage[] | HistoryMessage | HostNotice;

/** Snapshot for the views; a new object after each change. */
export interface StatsView {
  /** All containers; rows change in place and count their changes. */
  readonly rows: readonly ContainerRow[];
  readonly totals: Totals;
  /** Newest second of the totals' sparklines, epoch s. */
  readonly second: number;
}

/** Minimum time between two snapshots, ms. */
const COALESCE_MS = 120;
/** Time after a reconnect until unconfirmed containers are dropped, ms. */
const CONFIRM_MS = 5000;
/** Interval between requests for the hosts, ms. */
const HOSTS_MS = 10_000;
const PATH = "/docker/stats?detail=full&batch=1";
/** Path of the history; the long interval leaves only the first, immediate tick. */
const HISTORY_PATH = `${PATH}&history=10m&interval=60s`;
const EMPTY: Totals = { containers: 0, running: 0, silent: 0, cpu: 0, memoryBytes: 0 };

/** Live statistics of all containers. */
export class StatsFeed {
  /** Last snapshot. */
  readonly view = new Observable<StatsView>({ rows: [], totals: EMPTY, second: 0 });
  /** Hosts by id; `undefined` until the server has answered. */
  readonly hosts = new Observable<ReadonlyMap<string, HostReport> | undefined>(undefined);
  /** Totals of the last ten minutes. */
  readonly history = new TotalsHistory();
  /** Operations that the views have started. */
  readonly tasks: ContainerTasks;
  /** Socket of the statistics. */
  readonly socket: LiveSocket;
  readonly #rows = new Map<string, ContainerRow>();
  /** Keys of rows without a message since the last reconnect. */
  #unconfirmed = new Set<string>();
  #publishTimer: ReturnType<typeof setTimeout> | undefined;
  #publishedAt = -Infinity;
  #confirmTimer: ReturnType<typeof setTimeout> | undefined;
  #hostTimer: ReturnType<typeof setInterval>;
  /** True until the history is requested on this connection. */
  #needsHistory = false;
  #historyChannel: Channel | undefined;

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
      if (this.#needsHistory) this.#readHistory();
    } else if ("error" in frame) this.refreshHosts();
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
    if (row === undefined) this.#rows.set(key, new ContainerRow(message));
    else row.update(message);
  }

  #opened(): void {
    this.client.refreshAbout();
    this.refreshHosts();
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

  /** Reads the last ten minutes on a separate connection, so that they do not delay the first rows. */
  #readHistory(): void {
    this.#needsHistory = false;
    const past = new Past(Math.floor(Date.now() / 1000) - TOTAL_SECONDS);
    this.#historyChannel = this.client.transport.open(HISTORY_PATH, {
      opened: () => {},
      frame: (text) => {
        const frame: Frame = JSON.parse(text);
        if ("history" in frame) return this.#recall(frame, past);
        if (!Array.isArray(frame)) return;
        this.#historyChannel?.close();
        this.history.recall(past);
        this.#publishSoon();
      },
      // Without history, the sparklines start now.
      closed: () => {},
    });
  }

  #recall({ hostId, id, history }: HistoryMessage, past: Past): void {
    const row = this.row(hostId, id);
    row?.recall(history);
    past.add(history, row?.newest.memoryLimitBytes ?? null);
  }

  /** Publishes the first change immediately, and coalesces those that follow. */
  #publishSoon(): void {
    const wait = Math.max(this.#publishedAt + COALESCE_MS - performance.now(), 0);
    this.#publishTimer ??= setTimeout(() => {
      this.#publishTimer = undefined;
      this.#publishedAt = performance.now();
      this.#publish();
    }, wait);
  }

  #publish(): void {
    const rows = [...this.#rows.values()];
    const totals = sum(rows.map(({ newest }) => newest));
    const second = Math.floor(Date.now() / 1000);
    if (this.socket.state.value.phase === "open") this.history.put(second, totals);
    this.view.set({ rows, totals, second });
  }
}
