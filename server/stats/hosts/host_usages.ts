/** The numbers of all hosts, for viewers and for single requests. */
import { Hub, NewestPerKey, type Subscription } from "../../hub.ts";
import type { HostGauge, HostStatsUpdate } from "./host_gauge.ts";
import { Lasting } from "./lasting.ts";

/** Shortest interval between the numbers of a host, ms. */
const SHORTEST_INTERVAL_MS = 1000;

/** A host and its gauge. */
interface Gauged {
  readonly hostId: string;
  readonly gauge: HostGauge;
}

/** Options of a viewer. */
export interface HostsRequest {
  /** Host ids; all hosts if `undefined`. */
  readonly hosts?: ReadonlySet<string> | undefined;
  /** Interval between the numbers of a host, ms. */
  readonly intervalMs: number;
}

/** The numbers of all hosts. */
export class HostUsages {
  readonly #hub = new Hub<HostStatsUpdate>();
  readonly #requests = new Lasting<HostsRequest>();

  constructor(readonly hosts: () => readonly Gauged[]) {}

  /** Delivers an update to all viewers. */
  publish(update: HostStatsUpdate): void {
    this.#hub.publish([update]);
  }

  /** Subscribes until the signal aborts; {@linkcode newest} returns the state before it. */
  subscribe(request: HostsRequest, signal: AbortSignal): Subscription<HostStatsUpdate> {
    const intervalMs = Math.max(request.intervalMs, SHORTEST_INTERVAL_MS);
    for (const { gauge } of this.#requested(request)) gauge.demand.add(intervalMs, signal);
    this.#requests.add({ ...request, intervalMs }, signal);
    return this.#hub.subscribe(new NewestPerKey(({ hostId }) => hostId), signal);
  }

  /** Starts to measure a new host for the viewers that are there already. */
  added({ hostId, gauge }: Gauged): void {
    this.#requests.each(({ hosts, intervalMs }, signal) => {
      if (hosts?.has(hostId) ?? true) gauge.demand.add(intervalMs, signal);
    });
  }

  /** Returns the newest update of each host that has a recent one. */
  newest(request: HostsRequest): readonly HostStatsUpdate[] {
    return this.#requested(request).flatMap(({ gauge }) => gauge.update() ?? []);
  }

  /** Measures every host that can be read, for a single request. */
  async refresh(signal: AbortSignal): Promise<void> {
    await Promise.all(this.hosts().map(({ gauge }) => gauge.refresh(signal)));
  }

  #requested({ hosts }: HostsRequest): readonly Gauged[] {
    return this.hosts().filter(({ hostId }) => hosts === undefined || hosts.has(hostId));
  }
}

/** Paces the updates of one viewer. */
export class HostPace {
  readonly #sent = new Map<string, number>();

  /** @param request Hosts and interval of the viewer. */
  constructor(readonly request: HostsRequest) {}

  /**
   * Selects the updates that the viewer is sent.
   *
   * @param now Current time by `performance.now()`.
   */
  select(updates: readonly HostStatsUpdate[], now: number): readonly HostStatsUpdate[] {
    const { hosts, intervalMs } = this.request;
    // Half a second of tolerance, because the gauge's ticks are not the viewer's.
    const due = updates.filter(({ hostId }) =>
      (hosts === undefined || hosts.has(hostId)) &&
      now - (this.#sent.get(hostId) ?? -Infinity) >= intervalMs - 500
    );
    for (const { hostId } of due) this.#sent.set(hostId, now);
    return due;
  }
}
