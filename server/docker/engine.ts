/** What DockStat asks of a container engine: as few calls as are used, so that a simulated one can stand in. */
import type { Container } from "./container.ts";
import type { OutputLine } from "./demux.ts";
import type { EngineTraits, RawStats } from "./sample.ts";

/** What an engine says about itself when it is connected. */
export interface EngineInfo extends EngineTraits {
  /** Product and version, such as "Docker 28.5.2". */
  readonly product: string;
  readonly apiVersion: string;
  readonly memoryBytes: number;
  /** True when a one-shot sample comes at once (Docker 25 and newer): bursts then cost half of what streams cost. */
  readonly bursts: boolean;
  /** The engine's clock minus ours, ms. */
  readonly clockOffsetMs: number;
}

/** Something happened to a container. */
export interface ContainerEvent {
  readonly id: string;
  /** The engine's word, such as "start", "die" or "health_status: healthy". */
  readonly action: string;
}

/** Which part of a container's output. */
export interface OutputRequest {
  /** Goes on until the container ends. */
  readonly follow: boolean;
  /** Only so many of the newest lines; all when undefined. */
  readonly tail?: number | undefined;
  /** Only what came at or after this moment, epoch ms by the engine's clock. */
  readonly sinceMs?: number | undefined;
}

/**
 * One container engine. Every call ends with an error when its signal aborts; errors of the connection and of the
 * engine are `AppError`s with the engine's own words.
 */
export interface Engine extends AsyncDisposable {
  /** Where it is reached, without credentials. */
  readonly url: string;
  /** Negotiates the API version and asks for the facts; called again after every loss of the connection. */
  connect(signal: AbortSignal): Promise<EngineInfo>;
  /** Answers when the engine does. */
  ping(signal: AbortSignal): Promise<void>;
  /** The containers, running or not; with ids only those. Each is listed but not inspected. */
  list(signal: AbortSignal, ids?: readonly string[]): Promise<readonly Container[]>;
  /** The same container with the times and the health that the list does not tell; `undefined` if it is gone. */
  inspect(container: Container, signal: AbortSignal): Promise<Container | undefined>;
  /**
   * Subscribed when the promise resolves: whatever happens after that is in it. It ends when the connection does.
   *
   * @param patience Gives up waiting for the engine's first word.
   */
  events(signal: AbortSignal, patience: AbortSignal): Promise<AsyncIterable<ContainerEvent>>;
  /** One reading, at once; `undefined` if the container is gone. */
  stats(id: string, signal: AbortSignal): Promise<RawStats | undefined>;
  /** About one reading a second, until the container is removed or the connection ends. */
  statsStream(id: string, signal: AbortSignal): AsyncIterable<RawStats>;
  /** What a container writes, in batches of lines as they come; `AppError` "not-found" if it is gone. */
  output(id: string, wish: OutputRequest, signal: AbortSignal): AsyncIterable<readonly OutputLine[]>;
}
