/** Measures the machine of one host: two readings make the use of its CPU. */
import type { EngineInfo, MachineAndDisk, MachineReading } from "../../docker/engine.ts";
import { pause } from "../../duration.ts";
import type { HostUsage } from "../../protocol/hosts.ts";
import { engineUsage, machineUsage } from "./usage.ts";

/** Minimum time between two readings, ms: the CPU clock ticks every 10 ms, so closer readings are inexact. */
const SHORTEST_SPAN_MS = 300;

/** Options for {@linkcode HostMeter}. */
export interface HostMeterOptions {
  /** Facts that the engine knows; `undefined` before its first answer. */
  readonly info: () => EngineInfo | undefined;
  /** Reads the machine; `undefined` where only the engine describes it. */
  readonly read: () => Promise<MachineAndDisk | undefined>;
  /** Delay before the second reading when there is no earlier one, ms. */
  readonly warmUpMs: number;
}

/** A measurement, and its time by `performance.now()`. */
export interface Measured {
  readonly usage: HostUsage;
  readonly at: number;
}

/** The meter of one host. All callers at one moment share a measurement. */
export class HostMeter {
  readonly #options: HostMeterOptions;
  #before: { readonly machine: MachineReading; readonly at: number } | undefined;
  #newest: Measured | undefined;
  #pending: Promise<Measured | undefined> | undefined;

  constructor(options: HostMeterOptions) {
    this.#options = options;
  }

  /** Newest measurement of this connection. */
  get newest(): Measured | undefined {
    return this.#newest;
  }

  /** Forgets all readings, because the connection was lost. */
  reset(): void {
    this.#before = undefined;
    this.#newest = undefined;
  }

  /**
   * Measures the machine; `undefined` when the engine has not answered or the signal aborts.
   *
   * @param longestSpanMs Maximum age of the earlier reading; without one, there are two readings now.
   */
  measure(longestSpanMs: number, signal: AbortSignal): Promise<Measured | undefined> {
    return this.#pending ??= this.#measure(longestSpanMs, signal).finally(() => this.#pending = undefined);
  }

  async #measure(longestSpanMs: number, signal: AbortSignal): Promise<Measured | undefined> {
    const { info, read, warmUpMs } = this.#options;
    // What the engine describes costs nothing, and the machine may be known by now.
    if (this.#before !== undefined && age(this.#before) < SHORTEST_SPAN_MS && this.#newest !== undefined) {
      return this.#newest;
    }
    let found = await read();
    if (found !== undefined && (this.#before === undefined || age(this.#before) > longestSpanMs)) {
      this.#before = { machine: found.machine, at: performance.now() };
      await pause(warmUpMs, signal);
      found = await read();
    }
    const facts = info();
    if (facts === undefined || signal.aborted) return undefined;
    return this.#newest = { usage: this.#usage(found, facts), at: performance.now() };
  }

  #usage(found: MachineAndDisk | undefined, facts: EngineInfo): HostUsage {
    if (found === undefined) return engineUsage(facts, Date.now() + facts.clockOffsetMs);
    const { machine, disk } = found;
    const usage = machineUsage(this.#before?.machine ?? machine, machine, disk, facts);
    this.#before = { machine, at: performance.now() };
    return usage;
  }
}

function age({ at }: { readonly at: number }): number {
  return performance.now() - at;
}
