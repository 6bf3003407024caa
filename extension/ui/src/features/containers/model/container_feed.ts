import type {
  DetailedStatsMessage,
  HistoryMessage,
  HistoryPoint,
  HostNotice,
} from "../../../../../../server/protocol/stats.ts";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { Client } from "../../../lib/client.ts";
import { LiveSocket, refusalOf } from "../../../lib/live.ts";
import { Observable } from "../../../lib/observable.ts";
import type { Transport } from "../../../lib/transport/transport.ts";
import { pointOf } from "./history_point.ts";
import { LABELS, unknownHost } from "./labels.ts";

type Frame = DetailedStatsMessage | HistoryMessage | HostNotice;

/** Time span of the charts, ms. */
export const SPAN_MS = 3_600_000;
/** Maximum number of points, one per second. */
const MAX_POINTS = SPAN_MS / 1000;

/** Snapshot for the page; a new object after each change. */
export interface ContainerView {
  /** Oldest first. */
  readonly points: readonly HistoryPoint[];
  /** `undefined` before the first message. */
  readonly newest: DetailedStatsMessage | undefined;
}

/** Live statistics of one container; disposing the feed closes its socket. */
export class ContainerFeed implements Disposable {
  /** Last snapshot. */
  readonly view = new Observable<ContainerView>({ points: [], newest: undefined });
  readonly socket: LiveSocket;
  readonly #hide: () => void;

  constructor(client: Client, readonly hostId: string, readonly containerId: string) {
    const options = new URLSearchParams({ detail: "full", host: hostId, container: containerId });
    // More than ten minutes need the token.
    const history = () => client.about.value?.access === "full" ? "1h" : "10m";
    this.socket = new LiveSocket(client.transport, {
      path: () => `/docker/stats?${options}&history=${history()}`,
      onFrame: (text) => this.take(JSON.parse(text)),
      refusal: async (transport) => await refusalOf(transport) ?? await hostRefusal(transport, hostId),
    });
    this.#hide = client.show(LABELS.chartSocket, this.socket);
  }

  /** Handles one frame. */
  take(frame: Frame): void {
    const { points, newest } = this.view.value;
    if ("history" in frame) return this.view.set({ points: merge(frame.history, points), newest });
    if ("error" in frame) return;
    const point = newest && pointOf(newest, frame);
    const all = point === undefined ? points : [...points, point].slice(-MAX_POINTS);
    this.view.set({ points: all, newest: frame });
  }

  [Symbol.dispose](): void {
    this.#hide();
    this.socket[Symbol.dispose]();
  }
}

/** Returns a reason when the host is not configured, since retries cannot succeed then. */
async function hostRefusal(transport: Transport, hostId: string): Promise<string | undefined> {
  try {
    const hosts = await transport.ask<readonly HostReport[]>("/docker/hosts");
    return hosts.some((host) => host.hostId === hostId) ? undefined : unknownHost(hostId);
  } catch {
    // A missing answer is not a refusal; the socket retries.
    return undefined;
  }
}

/** Replaces known points with the server's history, which a reconnect sends again. */
function merge(received: readonly HistoryPoint[], known: readonly HistoryPoint[]): readonly HistoryPoint[] {
  const [first, last] = [received[0]?.[0], received.at(-1)?.[0]];
  // A restarted server has no history.
  if (first === undefined || last === undefined) return known;
  return [...known.filter(([at]) => at < first), ...received, ...known.filter(([at]) => at > last)]
    .slice(-MAX_POINTS);
}
