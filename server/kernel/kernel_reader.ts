/** The interface of the readers of the kernel's files. */
import type { MachineReading } from "../docker/engine.ts";
import type { RawStats } from "../docker/sample.ts";

/** A container and its first process, as the engine reports them. */
export interface KernelTarget {
  /** Full 64-hex id. */
  readonly id: string;
  readonly pid: number;
}

/** A request for the numbers of containers. */
export interface KernelRequest {
  readonly targets: readonly KernelTarget[];
  /** Memory of the machine, which is the limit of a container without a limit. */
  readonly memoryBytes: number;
  /** Reads further files for the counters that only a scrape needs. */
  readonly detailed?: boolean | undefined;
  /** Also reads the tables of connections, which takes milliseconds per container. */
  readonly connections?: boolean | undefined;
}

/** Numbers of one container. */
export interface KernelSample {
  readonly raw: RawStats;
  /** Time of the reading by a clock that is never set, ms; only differences have a meaning. */
  readonly atMs: number;
}

/** Numbers of one container, or the reason why the engine has to be asked for them. */
export type KernelReading = KernelSample | { readonly reason: string };

/** A reader of the kernel's files. Disposing it closes all files. */
export interface KernelReader extends AsyncDisposable {
  /** Reads containers; the result has one reading per target, in their order. Never rejects. */
  read(request: KernelRequest): Promise<readonly KernelReading[]>;
  /** Reads the machine itself; `undefined` if it cannot be read. Never rejects. */
  machine(): Promise<MachineReading | undefined>;
  /** Closes the files of containers that have stopped or restarted. */
  forget(ids: readonly string[]): void;
  /** Closes everything until the next request. */
  release(): Promise<void>;
}
