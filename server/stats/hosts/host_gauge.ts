/** The numbers of one host's machine, measured while they have viewers, or once for a request. */
import { getLogger } from "../../log/log.ts";
import type { HostStatsMessage, HostUsage } from "../../protocol/hosts.ts";
import { Demand } from "../demand.ts";
import { HostMeter, type HostMeterOptions } from "./host_meter.ts";

/** Maximum age of the earlier of two readings while there are viewers, ms: twice the longest interval. */
const LONGEST_SPAN_MS = 120_000;
/** The same for a single request, ms. */
const REQUEST_SPAN_MS = 10_000;
/** Time for which a measurement is reported, ms. */
const FRESH_MS = 2000;
/** Time after a single request for which files and processes stay open, ms. */
const LINGER_MS = 10_000;

const log = getLogger(["dockstat", "host"]);

/** Options for {@linkcode HostGauge}. */
export interface HostGaugeOptions extends HostMeterOptions {
  readonly hostId: string;
  readonly publish: (update: HostStatsUpdate) => void;
  /** Called when no viewer is left, and some time after a single request. */
  readonly release: () => Promise<void>;
}

/** The numbers of a host at one moment, serialized once for all viewers. */
export class HostStatsUpdate {
  #text: string | undefined;

  constructor(readonly message: HostStatsMessage) {}

  /** Id of the host. */
  get hostId(): string {
    return this.message.hostId;
  }

  /** Returns the frame as it is sent. */
  json(): string {
    return this.#text ??= JSON.stringify(this.message);
  }
}

/** The gauge of one host. */
export class HostGauge {
  /** Viewers of the host's numbers. */
  readonly demand = new Demand(0);
  readonly #options: HostGaugeOptions;
  readonly #meter: HostMeter;
  #update: HostStatsUpdate | undefined;
  #connected = false;
  #linger: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HostGaugeOptions) {
    this.#options = options;
    this.#meter = new HostMeter(options);
  }

  /** Returns the newest numbers; `null` when they are older than two seconds. */
  usage(): HostUsage | null {
    const { newest } = this.#meter;
    return newest !== undefined && performance.now() - newest.at <= FRESH_MS ? newest.usage : null;
  }

  /** Returns the newest update of the viewers' measurements, unless it is older than two seconds. */
  update(): HostStatsUpdate | undefined {
    return this.usage() === null ? undefined : this.#update;
  }

  /** Measures once, unless viewers have just caused a measurement. */
  async refresh(signal: AbortSignal): Promise<void> {
    if (this.demand.active && this.usage() !== null) return;
    await this.#meter.measure(REQUEST_SPAN_MS, signal);
    if (!this.#connected || this.demand.active) return;
    // Requests that follow each other do not start a process each.
    clearTimeout(this.#linger);
    this.#linger = setTimeout(() => this.#release(), LINGER_MS);
  }

  /** Publishes measurements while there are viewers, for the lifetime of the connection. */
  async run(session: AbortSignal): Promise<void> {
    this.#connected = true;
    try {
      while (!session.aborted) {
        const wanted = await this.demand.begun(session);
        await this.#follow(AbortSignal.any([session, wanted]));
        await this.#options.release();
      }
    } finally {
      this.#connected = false;
      clearTimeout(this.#linger);
      this.#meter.reset();
    }
  }

  #release(): void {
    if (this.demand.active) return;
    this.#options.release().catch((error) =>
      log.error("Cannot close the kernel's files: {error}", { error })
    );
  }

  async #follow(signal: AbortSignal): Promise<void> {
    for (let last = performance.now(); !signal.aborted;) {
      const measured = await this.#meter.measure(LONGEST_SPAN_MS, signal);
      if (signal.aborted) return;
      if (measured !== undefined) {
        this.#update = new HostStatsUpdate({ hostId: this.#options.hostId, ...measured.usage });
        this.#options.publish(this.#update);
      }
      last = await this.demand.due(last, signal);
    }
  }
}
