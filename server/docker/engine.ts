/** The calls that DockStat makes to a container engine; kept few so that a simulated engine can replace it. */
import type { Container } from "./container.ts";
import type { OutputLine } from "./demux.ts";
import type { EngineTraits, RawStats } from "./sample.ts";

/** Facts that an engine reports when it is connected. */
export interface EngineInfo extends EngineTraits {
  /** Product and version, such as "Docker 28.5.2". */
  readonly product: string;
  readonly apiVersion: string;
  readonly memoryBytes: number;
  /** True when a one-shot sample is answered at once (Docker 25 and later, Podman); bursts then cost half as much as streams. */
  readonly bursts: boolean;
  /** The engine's clock minus ours, ms. */
  readonly clockOffsetMs: number;
  /** Folder with the engine's data on its machine. */
  readonly dataFolder?: string | undefined;
}

/** CPU time of a machine since its start, in any unit. */
export interface CpuTime {
  /** Time in use, all CPUs together. */
  readonly busy: number;
  /** Time in use and idle. */
  readonly total: number;
  /** Number of online CPUs. */
  readonly cpus: number;
}

/** Numbers of a machine at one moment; `null` where they are unknown. */
export interface MachineReading {
  /** Time of the reading, epoch ms. */
  readonly atMs: number;
  readonly cpu: CpuTime | null;
  /** Total minus available memory, bytes. */
  readonly memoryBytes: number | null;
  readonly memoryTotalBytes: number | null;
  /** Averages over 1, 5 and 15 minutes. */
  readonly load: readonly [number, number, number] | null;
  /** Bytes since the start of the machine. */
  readonly networkRxBytes: number | null;
  readonly networkTxBytes: number | null;
}

/** Space of the disk with the engine's data, bytes. */
export interface DiskSpace {
  readonly usedBytes: number;
  readonly totalBytes: number;
  /** Number of files that the disk can have, and of those that it can still take; missing where it has no limit. */
  readonly inodes?: number;
  readonly inodesFree?: number;
}

/** A machine at one moment, and its disk where it is known. */
export interface MachineAndDisk {
  readonly machine: MachineReading;
  readonly disk: DiskSpace | undefined;
}

/** An event of a container. */
export interface ContainerEvent {
  readonly id: string;
  /** The engine's event name, such as "start", "die" or "health_status: healthy". */
  readonly action: string;
  /** Epoch ms by the engine's clock, with a fraction. */
  readonly at?: number | undefined;
  /** Exit code of a container that has ended. */
  readonly exitCode?: number | undefined;
  readonly name?: string | undefined;
  readonly project?: string | undefined;
  readonly service?: string | undefined;
}

/** Options for {@linkcode Engine.output}. */
export interface OutputRequest {
  /** Follow until the container ends. */
  readonly follow: boolean;
  /** Number of newest lines to start with, all if `undefined`. The engine counts them before it applies `untilNs`. */
  readonly tail?: number | undefined;
  /** Earliest timestamp, epoch ns by the engine's clock. */
  readonly sinceNs?: bigint | undefined;
  /** Latest timestamp, epoch ns by the engine's clock. */
  readonly untilNs?: bigint | undefined;
  /** Reads smaller pieces, which take less memory, for many outputs at a time. */
  readonly narrow?: boolean | undefined;
}

/** A request to an engine outside of its statistics and output. */
export interface EngineCall {
  readonly method: "GET" | "POST" | "DELETE";
  /** Path without the version, such as "/networks?filters=%7B%7D". */
  readonly path: string;
  /** Value that is sent as JSON. */
  readonly body?: unknown;
}

/** The bytes of both directions between DockStat and a process. Disposing it closes the connection. */
export interface EngineStream extends Disposable {
  /** Bytes from the process as they arrive, in chunks that the next read may overwrite; they end with the process. */
  readonly output: AsyncIterable<Uint8Array>;
  /** Resolves when the engine has accepted the bytes. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the input of the process. */
  endInput(): Promise<void>;
}

/** Time span of events, epoch ms by the engine's clock. */
export interface EventSpan {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/**
 * One container engine. Every call rejects when its signal aborts. Connection and engine errors are `AppError`s with
 * the engine's message.
 */
export interface Engine extends AsyncDisposable {
  /** Address of the engine, without credentials. */
  readonly url: string;
  /** Negotiates the API version and reads the engine's facts; called again after each lost connection. */
  connect(signal: AbortSignal): Promise<EngineInfo>;
  /** Resolves when the engine answers, with its clock minus ours, ms; `undefined` if the answer states no time. */
  ping(signal: AbortSignal): Promise<number | undefined>;
  /** Lists the containers, running or not, or only those with the given ids; they are not inspected. */
  list(signal: AbortSignal, ids?: readonly string[]): Promise<readonly Container[]>;
  /** Adds what only an inspection knows; `undefined` if the container is gone. */
  inspect(container: Container, signal: AbortSignal): Promise<Container | undefined>;
  /**
   * Follows events. The subscription is active once the promise resolves, and it ends with the connection.
   *
   * @param patience Aborts the wait for the engine's first answer.
   * @param span Reads the events of an earlier time span that the engine remembers, and ends after them.
   */
  events(
    signal: AbortSignal,
    patience: AbortSignal,
    span?: EventSpan,
  ): Promise<AsyncIterable<ContainerEvent>>;
  /** Reads one sample; `undefined` if the container is gone. */
  stats(id: string, signal: AbortSignal): Promise<RawStats | undefined>;
  /** Reads about one sample per second until the container is removed or the connection ends. */
  statsStream(id: string, signal: AbortSignal): AsyncIterable<RawStats>;
  /** Reads a container's output in batches of lines; throws `AppError` "not-found" if the container is gone. */
  output(id: string, request: OutputRequest, signal: AbortSignal): AsyncIterable<readonly OutputLine[]>;
  /**
   * Sends a request and returns the JSON of the answer, `undefined` for an empty one.
   *
   * @throws {AppError} "not-found", "engine-refused" with the engine's message, "engine-unreachable".
   */
  call(request: EngineCall, signal: AbortSignal): Promise<unknown>;
  /**
   * Sends a request whose connection then carries the bytes of a process, until the signal aborts.
   *
   * @throws {AppError} as {@linkcode Engine.call}.
   */
  attach(request: EngineCall, signal: AbortSignal): Promise<EngineStream>;
  /** Reads the machine itself; only a simulated engine can. */
  machine?(): MachineAndDisk;
}
