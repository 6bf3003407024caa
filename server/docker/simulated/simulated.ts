/**
 * A simulated engine for `--demo` and for load tests. Every number is a function of the seed and the time, so two runs
 * with one seed show the same curves. Its product name says that it is simulated.
 */
import { pause } from "../../duration.ts";
import { formatMoment } from "../../moment.ts";
import type { Container } from "../container.ts";
import type { OutputLine } from "../demux.ts";
import { AppError } from "../../errors.ts";
import type {
  ContainerEvent,
  Engine,
  EngineCall,
  EngineInfo,
  EventSpan,
  MachineAndDisk,
  OutputRequest,
} from "../engine.ts";
import type { RawStats } from "../sample.ts";
import {
  shortLivedContainer,
  shortLivedStage,
  type SimulatedContainer,
  simulatedContainer,
} from "./simulated_containers.ts";
import { simulatedAnswer } from "./simulated_resources.ts";
import { type MachineSize, machineSize, simulatedMachine } from "./simulated_machine.ts";

/** Options for {@linkcode openSimulatedEngine}. */
export interface SimulationOptions {
  readonly containers: number;
  readonly seed: number;
  /** Clock in epoch ms; injected by tests. */
  readonly now?: () => number;
}

/** Nanoseconds of a second. */
const NS = 1_000_000_000n;
/** Length of a container's simulated log, one line per second. */
const MOST_SECONDS = 3600;
/** Initial value of the host's counters: one day of uptime. */
const UPTIME_MS = 86_400_000;

/** Opens an engine with simulated containers. */
export function openSimulatedEngine({ containers, seed, now = Date.now }: SimulationOptions): Engine {
  return new SimulatedEngine(containers, seed, now);
}

async function* noEvents(): AsyncGenerator<ContainerEvent> {}

class SimulatedEngine implements Engine {
  readonly url = "simulated://";
  readonly #bootMs: number;
  readonly #cast: readonly SimulatedContainer[];
  readonly #byId: ReadonlyMap<string, SimulatedContainer>;
  readonly #size: MachineSize;

  constructor(count: number, readonly seed: number, readonly now: () => number) {
    this.#bootMs = now() - UPTIME_MS;
    // The short-lived container counts, so the total is the requested number.
    this.#cast = Array.from(
      { length: Math.max(count - 1, 1) },
      (_, index) => simulatedContainer(seed, index, now()),
    );
    this.#byId = new Map(this.#cast.map((member) => [member.container.id, member]));
    this.#size = machineSize(this.#cast);
  }

  connect(_signal: AbortSignal): Promise<EngineInfo> {
    return Promise.resolve({
      product: "Simulated engine",
      apiVersion: "simulated",
      os: "linux",
      ...this.#size,
      bursts: true,
      clockOffsetMs: 0,
      cpuClock: "system",
    });
  }

  ping(_signal: AbortSignal): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  list(_signal: AbortSignal, ids?: readonly string[]): Promise<readonly Container[]> {
    const guest = this.#visitor();
    const all = [...this.#cast, ...(guest ? [guest] : [])].map(({ container }) => container);
    return Promise.resolve(ids === undefined ? all : all.filter(({ id }) => ids.includes(id)));
  }

  inspect(container: Container, _signal: AbortSignal): Promise<Container | undefined> {
    return Promise.resolve(container);
  }

  events(
    signal: AbortSignal,
    _patience: AbortSignal,
    span?: EventSpan,
  ): Promise<AsyncIterable<ContainerEvent>> {
    return Promise.resolve(span === undefined ? this.#visits(signal) : noEvents());
  }

  stats(id: string, _signal: AbortSignal): Promise<RawStats | undefined> {
    const guest = this.#byId.get(id) ?? this.#visitor();
    return Promise.resolve(guest?.container.id === id ? this.#reading(guest) : undefined);
  }

  async *statsStream(id: string, signal: AbortSignal): AsyncGenerator<RawStats> {
    while (!signal.aborted) {
      const raw = await this.stats(id, signal);
      if (raw === undefined) return;
      yield raw;
      await pause(1000, signal);
    }
  }

  async *output(
    id: string,
    request: OutputRequest,
    signal: AbortSignal,
  ): AsyncGenerator<readonly OutputLine[]> {
    let second = Math.floor(this.now() / 1000);
    const until = request.untilNs === undefined ? second : Math.min(Number(request.untilNs / NS), second);
    const since = request.sinceNs === undefined ? 0 : Math.ceil(Number(request.sinceNs) / Number(NS));
    const kept = request.sinceNs === undefined ? request.tail ?? 10 : request.tail ?? Infinity;
    const first = Math.max(since, second - MOST_SECONDS, second - kept + 1);
    for (let at = first; at <= until; at++) yield [this.#line(id, at)];
    while (request.follow && !signal.aborted) {
      await pause(++second * 1000 - this.now(), signal);
      if (!signal.aborted) yield [this.#line(id, second)];
    }
  }

  #line(id: string, second: number): OutputLine {
    return {
      timestamp: formatMoment(BigInt(second) * NS),
      message: `simulated request ${second % 1000} of ${id.slice(0, 12)} answered in ${second % 90} ms`,
      stream: second % 10 === 0 ? "stderr" : "stdout",
    };
  }

  async call({ method, path }: EngineCall, signal: AbortSignal): Promise<unknown> {
    const answer = method === "GET" ? simulatedAnswer(path, await this.list(signal), this.now()) : undefined;
    if (answer !== undefined) return answer;
    throw new AppError("engine-refused", "this engine is simulated: it only reports statistics");
  }

  attach(call: EngineCall, signal: AbortSignal): Promise<never> {
    return this.call(call, signal) as Promise<never>;
  }

  machine(): MachineAndDisk {
    const now = this.now();
    return simulatedMachine(this.#cast, this.#size, (now - this.#bootMs) / 1000, now);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  #visitor(): SimulatedContainer | undefined {
    return shortLivedContainer(this.seed, this.now());
  }

  /** Wakes at every stage of the short-lived container and emits its events. */
  async *#visits(signal: AbortSignal): AsyncGenerator<ContainerEvent> {
    let before = this.#visitor();
    while (!signal.aborted) {
      await pause(shortLivedStage(this.now()).endsInMs, signal);
      const after = this.#visitor();
      if (before !== undefined && before.container.id !== after?.container.id) {
        yield { id: before.container.id, action: "destroy" };
      }
      if (after !== undefined) yield { id: after.container.id, action: "change" };
      before = after;
    }
  }

  #reading({ container, cpu, memory, network, block }: SimulatedContainer): RawStats {
    const now = this.now();
    const { cpus } = this.#size;
    const uptime = (now - this.#bootMs) / 1000;
    // Counters of a paused container do not change.
    const seconds = container.state === "running" ? uptime : 1;
    return {
      read: new Date(now).toISOString(),
      cpu_stats: {
        cpu_usage: { total_usage: Math.round(cpu.total(seconds) * 1e9) },
        system_cpu_usage: Math.round(uptime * cpus * 1e9),
        online_cpus: cpus,
      },
      memory_stats: {
        usage: Math.round(memory.at(seconds)),
        limit: memory.limit,
        stats: { inactive_file: 0 },
      },
      networks: {
        eth0: {
          rx_bytes: Math.round(network.total(seconds)),
          tx_bytes: Math.round(network.total(seconds) / 3),
        },
      },
      blkio_stats: {
        io_service_bytes_recursive: [
          { op: "read", value: Math.round(block.total(seconds)) },
          { op: "write", value: Math.round(block.total(seconds) / 2) },
        ],
      },
      pids_stats: { current: 8 },
    };
  }
}
