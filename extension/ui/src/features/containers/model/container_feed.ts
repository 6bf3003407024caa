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
import { pointOf } from "./chart_data.ts";

type Frame = DetailedStatsMessage | HistoryMessage | HostNotice;

/** How far back the charts reach, ms. */
export const SPAN_MS = 3_600_000;
/** So many points are kept, one a second. */
const MOST_POINTS = SPAN_MS / 1000;

/** What the page shows; a new object at each change. */
export interface ContainerView {
  /** Oldest first. */
  readonly points: readonly HistoryPoint[];
  /** `undefined` until the first has come. */
  readonly newest: DetailedStatsMessage | undefined;
}

/** The socket of one container. Disposing it closes it. */
export class ContainerFeed implements Disposable {
  readonly view = new Observable<ContainerView>({ points: [], newest: undefined });
  readonly socket: LiveSocket;
  readonly #hide: () => void;

  constructor(client: Client, hostId: string, containerId: string) {
    const options = new URLSearchParams({
      detail: "full",
      history: "1h",
      host: hostId,
      container: containerId,
    });
    this.socket = new LiveSocket(client.transport, {
      path: () => `/docker/stats?${options}`,
      onFrame: (text) => this.take(JSON.parse(text)),
      refusal: async (transport) => await refusalOf(transport) ?? await unknownHost(transport, hostId),
    });
    this.#hide = client.show("Charts", this.socket);
  }

  /** Takes one frame. */
  take(frame: Frame): void {
    const { points, newest } = this.view.value;
    if ("history" in frame) return this.view.set({ points: merge(frame.history, points), newest });
    if ("error" in frame) return;
    const point = newest && pointOf(newest, frame);
    const all = point === undefined ? points : [...points, point].slice(-MOST_POINTS);
    this.view.set({ points: all, newest: frame });
  }

  [Symbol.dispose](): void {
    this.#hide();
    this.socket[Symbol.dispose]();
  }
}

/** An address may name a host that is not, or no longer, configured: trying again would not help. */
async function unknownHost(transport: Transport, hostId: string): Promise<string | undefined> {
  try {
    const hosts = await transport.ask<readonly HostReport[]>("/docker/hosts");
    return hosts.some((host) => host.hostId === hostId) ? undefined : `there is no host “${hostId}”`;
  } catch {
    // Whoever does not answer now has not refused: it is tried again.
    return undefined;
  }
}

/** After a reconnect the server tells again what was known, and what was missed. */
function merge(told: readonly HistoryPoint[], known: readonly HistoryPoint[]): readonly HistoryPoint[] {
  const first = told[0]?.[0] ?? Infinity;
  const last = told.at(-1)?.[0] ?? -Infinity;
  return [...known.filter(([at]) => at < first), ...told, ...known.filter(([at]) => at > last)].slice(
    -MOST_POINTS,
  );
}
