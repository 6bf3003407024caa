/** Reads a host's containers from the kernel, each one once its numbers have agreed with the engine's. */
import type { Container } from "../docker/container.ts";
import type { MachineReading } from "../docker/engine.ts";
import type { EngineTraits, RawStats } from "../docker/sample.ts";
import type { KernelReader, KernelRequest, KernelSample, KernelTarget } from "./kernel_reader.ts";
import type { HostReport } from "../protocol/hosts.ts";
import { compareReadings, hasOtherInterfaces, type Interfaces, withCounted } from "./agreement.ts";

/** Disagreements in a row after which a container is left to the engine until the next comparison. */
const MOST_ATTEMPTS = 3;

/** Intervals of a source. */
export interface KernelTimes {
  /** Time after which a container is compared with the engine again, ms. */
  readonly compareMs: number;
  /** Time before a container that the kernel did not show is searched for again, ms. */
  readonly searchMs: number;
}

/** Options for {@linkcode KernelSource}. */
export interface KernelSourceOptions {
  readonly reader: KernelReader;
  /** The way of reading, for the report, such as "all permissions". */
  readonly way: string;
  readonly traits: EngineTraits & { readonly memoryBytes: number };
  readonly times: KernelTimes;
  /** Returns the newest facts of a container. */
  readonly container: (id: string) => Container | undefined;
  /** Called when the answer of {@linkcode KernelSource.report} has another reader. */
  readonly changed?: () => void;
}

/** The part of a host's report that a source decides. */
export type ReaderReport = Pick<HostReport, "reader" | "readerReason">;

/** State of one container. */
type State =
  | { readonly agrees: true; readonly pid: number; readonly interfaces: Interfaces; readonly dueMs: number }
  | { readonly agrees: false; readonly reason: string; readonly attempts: number; readonly dueMs: number };

/** Further numbers that a scrape reads. */
export type ScrapeRequest = Pick<KernelRequest, "detailed" | "connections">;

/** The kernel as a source of one host's numbers. */
export class KernelSource {
  readonly #options: KernelSourceOptions;
  readonly #states = new Map<string, State>();
  #reported: ReaderReport["reader"] | undefined;
  #isHere = false;

  constructor(options: KernelSourceOptions) {
    this.#options = options;
  }

  /** Reads those of the containers whose numbers have agreed; the engine has to be asked for the others. */
  async read(ids: readonly string[], scrape: ScrapeRequest = {}): Promise<ReadonlyMap<string, KernelSample>> {
    const targets = ids.flatMap((id) => this.#agreedTarget(id) ?? []);
    const found = new Map<string, KernelSample>();
    if (targets.length === 0) return found;
    const readings = await this.#read(targets, scrape);
    for (const [index, { id, pid }] of targets.entries()) {
      const reading = readings[index];
      const state = this.#states.get(id);
      if (reading === undefined || state?.agrees !== true || state.pid !== pid) continue;
      // A network was connected, or the container has gone: compare again.
      if ("reason" in reading || hasOtherInterfaces(reading.raw, state.interfaces)) {
        this.#states.delete(id);
      } else found.set(id, { ...reading, raw: withCounted(reading.raw, state.interfaces.counted) });
    }
    return found;
  }

  /** Asks the engine for a container's numbers, and compares them with the kernel's where that is due. */
  async compare<T extends RawStats | undefined>(id: string, ask: () => Promise<T>): Promise<T> {
    const target = this.#newTarget(id);
    if (target === undefined) return await ask();
    const [before] = await this.#read([target]);
    if (before === undefined || "reason" in before) {
      this.#refuse(id, before?.reason ?? "unknown", 0, this.#options.times.searchMs);
      return await ask();
    }
    const engine = await ask();
    const [after] = await this.#read([target]);
    // A container that has stopped meanwhile has no numbers to compare.
    if (engine === undefined || after === undefined || "reason" in after) return engine;
    if (this.#options.container(id)?.pid !== target.pid) return engine;
    this.#judge(target, before.raw, engine, after.raw);
    return engine;
  }

  /** Reads the machine itself; `undefined` unless a container has shown that the engine runs on it. */
  async machine(): Promise<MachineReading | undefined> {
    return this.#isHere ? await this.#options.reader.machine() : undefined;
  }

  /** Drops the state of a container that has started or stopped. */
  forget(id: string): void {
    this.#states.delete(id);
    this.#options.reader.forget([id]);
  }

  /** Closes all files; the results of the comparisons stay. */
  async release(): Promise<void> {
    await this.#options.reader.release();
  }

  /** True once a container has agreed, so the engine is on this machine. */
  get isHere(): boolean {
    return this.#isHere;
  }

  /** Returns the reason why a container is left to the engine; `undefined` if it is not, or not compared yet. */
  refusal(id: string): string | undefined {
    const state = this.#states.get(id);
    return state?.agrees === false ? `container "${this.#nameOf(id)}": ${state.reason}` : undefined;
  }

  /** True until the first comparison. */
  get undecided(): boolean {
    return this.#states.size === 0;
  }

  /** Returns the reader in use and the reason for it. */
  report(): ReaderReport {
    const states = [...this.#states].map(([id, state]) => ({ id, state }));
    const agreed = states.filter(({ state }) => state.agrees).length;
    if (agreed > 0) {
      const of = agreed === states.length ? "" : ` of ${states.length}`;
      const containers = `${agreed}${of} ${states.length === 1 ? "container" : "containers"}`;
      return {
        reader: "kernel",
        readerReason:
          `the kernel agrees with the engine for ${containers}, read through ${this.#options.way}`,
      };
    }
    const refusal = states.map(({ id }) => this.refusal(id)).find((reason) => reason !== undefined);
    return { reader: "engine", readerReason: refusal ?? "no running container was compared yet" };
  }

  /** Returns a container that agrees and is not due for a comparison. */
  #agreedTarget(id: string): KernelTarget | undefined {
    const state = this.#states.get(id);
    if (state?.agrees !== true || performance.now() >= state.dueMs) return undefined;
    return this.#options.container(id)?.pid === state.pid ? { id, pid: state.pid } : undefined;
  }

  /** Returns a container that is due for a comparison. */
  #newTarget(id: string): KernelTarget | undefined {
    const state = this.#states.get(id);
    const pid = this.#options.container(id)?.pid ?? null;
    if (pid === null) return undefined;
    const isOther = state?.agrees === true && state.pid !== pid;
    return state === undefined || isOther || performance.now() >= state.dueMs ? { id, pid } : undefined;
  }

  #nameOf(id: string): string {
    return this.#options.container(id)?.name ?? id;
  }

  #read(targets: readonly KernelTarget[], scrape: ScrapeRequest = {}) {
    const { reader, traits: { memoryBytes } } = this.#options;
    return reader.read({ targets, memoryBytes, ...scrape });
  }

  #judge({ id, pid }: KernelTarget, before: RawStats, engine: RawStats, after: RawStats): void {
    const { traits, times: { compareMs } } = this.#options;
    const result = compareReadings(before, engine, after, traits);
    if ("interfaces" in result) {
      this.#isHere = true;
      this.#set(id, { agrees: true, pid, interfaces: result.interfaces, dueMs: spread(compareMs) });
      return;
    }
    const state = this.#states.get(id);
    const attempts = (state?.agrees === false ? state.attempts : 0) + 1;
    const waitMs = attempts < MOST_ATTEMPTS ? 0 : compareMs;
    this.#refuse(
      id,
      `the kernel and the engine differ in ${result.differs}`,
      attempts % MOST_ATTEMPTS,
      waitMs,
    );
  }

  #refuse(id: string, reason: string, attempts: number, waitMs: number): void {
    this.#set(id, { agrees: false, reason, attempts, dueMs: performance.now() + waitMs });
    this.#options.reader.forget([id]);
  }

  #set(id: string, state: State): void {
    this.#states.set(id, state);
    const { reader } = this.report();
    if (reader === this.#reported) return;
    this.#reported = reader;
    this.#options.changed?.();
  }
}

/** Spreads the comparisons of many containers over time. */
function spread(ms: number): number {
  return performance.now() + ms * (0.75 + Math.random() / 2);
}
