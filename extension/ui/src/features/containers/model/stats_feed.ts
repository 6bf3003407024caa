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
import { Past, sum, TOTAL_SECONDS, type Totals, TotalsHistory } from "./totals.ts";

type Frame = readonly DetailedStatsMessage[] | HistoryMessage | HostNotice;

/** What the views see; a new object at each change. */
export interface StatsView {
  /** Every container; rows change in place, and their version with them. */
  readonly rows: readonly ContainerRow[];
  readonly totals: Totals;
  /** The newest second of the totals' curves, epoch s. */
  readonly second: number;
}

/** What comes within this span, ms, is shown in one paint. */
const COALESCE_MS = 120;
/** How long after a reconnect a container may take to be heard of again, ms. */
const CONFIRM_MS = 5000;
/** How often the hosts are asked for, ms. */
const HOSTS_MS = 10_000;
const PATH = "/docker/stats?detail=full&batch=1";
/** A look at the past: its one tick comes at once, the next would be long in coming. */
const PAST_PATH = `${PATH}&history=10m&interval=60s`;
const EMPTY: Totals = { containers: 0, running: 0, silent: 0, cpu: 0, memoryBytes: 0 };

/** The statistics of the page. */
export class StatsFeed {
  readonly view = new Observable<StatsView>({ rows: [], totals: EMPTY, second: 0 });
  /** The hosts by id; `undefined` until the server has told. */
  readonly hosts = new Observable<ReadonlyMap<string, HostReport> | undefined>(undefined);
  readonly history = new TotalsHistory();
  readonly socket: LiveSocket;
  readonly #rows = new Map<string, ContainerRow>();
  /** The rows that were not heard of since the connection stands anew. */
  #unconfirmed = new Set<string>();
  #painting: ReturnType<typeof setTimeout> | undefined;
  #paintedAt = -Infinity;
  #confirming: ReturnType<typeof setTimeout> | undefined;
  #asking: ReturnType<typeof setInterval>;
  /** Whether the past is still to be read, on this connection. */
  #pastWanted = false;
  #past: Channel | undefined;

  constructor(readonly client: Client) {
    this.socket = new LiveSocket(client.transport, {
      path: () => PATH,
      onFrame: (text) => this.take(JSON.parse(text)),
      onOpen: () => this.#opened(),
    });
    client.show("Statistics", this.socket);
    this.#asking = setInterval(() => this.refreshHosts(), HOSTS_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#asking);
    clearTimeout(this.#confirming);
    clearTimeout(this.#painting);
    this.#past?.close();
    this.socket[Symbol.dispose]();
  }

  /** A container's row; `undefined` when there is no such container. */
  row(hostId: string, id: string): ContainerRow | undefined {
    return this.#rows.get(keyOf({ hostId, id }));
  }

  /** Takes one frame. */
  take(frame: Frame): void {
    if (Array.isArray(frame)) {
      for (const message of frame) this.#message(message);
      if (this.#pastWanted) this.#lookBack();
    } else if ("error" in frame) this.refreshHosts();
    this.#paintSoon();
  }

  /** Asks for the hosts. */
  async refreshHosts(): Promise<void> {
    try {
      const reports = await this.client.transport.ask<readonly HostReport[]>("/docker/hosts");
      this.hosts.set(new Map(reports.map((report) => [report.hostId, report])));
    } catch {
      // The socket tells when the server is gone; what was known of the hosts stays until then.
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
    clearTimeout(this.#confirming);
    this.#confirming = setTimeout(() => this.#forgetUnconfirmed(), CONFIRM_MS);
    this.#pastWanted = true;
  }

  /** What the server no longer tells of went while we were away. */
  #forgetUnconfirmed(): void {
    if (this.socket.state.value.phase !== "open") return;
    for (const key of this.#unconfirmed) this.#rows.delete(key);
    this.#unconfirmed.clear();
    this.#paintSoon();
  }

  /** Reads the last ten minutes on a connection of its own, so that the first rows do not wait for them. */
  #lookBack(): void {
    this.#pastWanted = false;
    const past = new Past(Math.floor(Date.now() / 1000) - TOTAL_SECONDS);
    this.#past = this.client.transport.open(PAST_PATH, {
      opened: () => {},
      frame: (text) => {
        const frame: Frame = JSON.parse(text);
        if ("history" in frame) return this.#recall(frame, past);
        if (!Array.isArray(frame)) return;
        this.#past?.close();
        this.history.recall(past);
        this.#paintSoon();
      },
      // Without the past the curves begin now.
      closed: () => {},
    });
  }

  #recall({ hostId, id, history }: HistoryMessage, past: Past): void {
    const row = this.row(hostId, id);
    row?.recall(history);
    past.add(history, row?.newest.memoryLimitBytes ?? null);
  }

  /** After a silence at once: the first rows do not wait for those that may come with them. */
  #paintSoon(): void {
    const wait = Math.max(this.#paintedAt + COALESCE_MS - performance.now(), 0);
    this.#painting ??= setTimeout(() => {
      this.#painting = undefined;
      this.#paintedAt = performance.now();
      this.#paint();
    }, wait);
  }

  #paint(): void {
    const rows = [...this.#rows.values()];
    const totals = sum(rows.map(({ newest }) => newest));
    const second = Math.floor(Date.now() / 1000);
    if (this.socket.state.value.phase === "open") this.history.put(second, totals);
    this.view.set({ rows, totals, second });
  }
}
