/** Reads a few containers of one host from the kernel, several times a second. */
import { type Container, statusText } from "../../docker/container.ts";
import { type Counters, type EngineTraits, toCounters, toSample } from "../../docker/sample.ts";
import { aborted, onAbort } from "../../duration.ts";
import type { KernelSample } from "../../kernel/kernel_reader.ts";
import type { KernelSource, ReaderReport } from "../../kernel/kernel_source.ts";
import type { Board } from "../board.ts";
import { Demand } from "../demand.ts";
import { ContainerUpdate } from "../update.ts";
import type { FastViewer } from "./fast_viewer.ts";

/** Largest number of containers that are read more than once a second on one host. */
const MOST_CONTAINERS = 50;
/** Longest time between two readings that make a sample, ms. */
const LONGEST_SPAN_MS = 5000;

/** Options for {@linkcode FastSampler}. */
export interface FastSamplerOptions {
  readonly hostId: string;
  readonly board: Board;
  readonly report: () => ReaderReport;
  readonly publish: (updates: readonly ContainerUpdate[]) => void;
}

/** The sampler of one host. However many viewers a container has, it is read once per interval. */
export class FastSampler {
  /** Intervals of the viewers. */
  readonly demand = new Demand(0);
  readonly #options: FastSamplerOptions;
  /** Viewers, and the listeners for their leaving. */
  readonly #viewers = new Map<FastViewer, Disposable>();
  readonly #baselines = new Map<string, Counters>();
  #kernel: KernelSource | undefined;

  constructor(options: FastSamplerOptions) {
    this.#options = options;
  }

  /**
   * Returns the reason why a container cannot be read several times a second; `undefined` if it can.
   *
   * @param viewer Viewer that receives it already.
   */
  refusal({ id }: Container, viewer?: FastViewer): string | undefined {
    const { hostId, report } = this.#options;
    if (this.#kernel?.isHere !== true) {
      return `host "${hostId}" is not read from the kernel: ${report().readerReason}`;
    }
    const others = this.#ids(viewer);
    if (others.size >= MOST_CONTAINERS && !others.has(id)) {
      return `${MOST_CONTAINERS} containers of host "${hostId}" are read so often already`;
    }
    return this.#kernel.refusal(id);
  }

  /** Adds a viewer until its signal aborts. */
  add(viewer: FastViewer): void {
    if (viewer.signal.aborted) return;
    this.#viewers.set(viewer, onAbort(viewer.signal, () => this.#viewers.delete(viewer)));
    this.demand.add(viewer.intervalMs, viewer.signal);
    for (const container of this.#options.board.containers()) this.#note(viewer, container);
  }

  /** Ends the reading for good, because its host is no longer read, although its viewers may stay. */
  end(): void {
    this.demand.end();
    for (const leaving of this.#viewers.values()) leaving[Symbol.dispose]();
  }

  /** Takes note of a container that is new or has changed. */
  changed(container: Container): void {
    this.#baselines.delete(container.id);
    for (const viewer of this.#viewers.keys()) this.#note(viewer, container);
  }

  /** Publishes samples while there are viewers, for the lifetime of a connection. */
  async run(kernel: KernelSource | undefined, traits: EngineTraits, session: AbortSignal): Promise<void> {
    if (kernel === undefined) return await aborted(session);
    this.#kernel = kernel;
    try {
      while (!session.aborted) {
        const wanted = await this.demand.begun(session);
        await this.#follow(kernel, traits, AbortSignal.any([session, wanted]));
        this.#baselines.clear();
      }
    } finally {
      this.#kernel = undefined;
      for (const viewer of [...this.#viewers.keys()]) {
        this.#fallBack(viewer, "the connection to the engine was lost");
      }
    }
  }

  async #follow(kernel: KernelSource, traits: EngineTraits, signal: AbortSignal): Promise<void> {
    for (let last = performance.now(); !signal.aborted;) {
      this.#endRefused(kernel);
      const samples = await kernel.read([...this.#ids()]);
      if (signal.aborted) return;
      this.#options.publish([...samples].flatMap(([id, sample]) => this.#update(id, sample, traits) ?? []));
      last = await this.demand.due(last, signal);
    }
  }

  /** Returns the ids of the containers that are read, without those for one viewer alone. */
  #ids(without?: FastViewer): ReadonlySet<string> {
    const viewers = [...this.#viewers.keys()].filter((viewer) => viewer !== without);
    return new Set(viewers.flatMap((viewer) => viewer.idsOn(this.#options.hostId)));
  }

  #note(viewer: FastViewer, container: Container): void {
    const { hostId } = this.#options;
    viewer.note(hostId, container);
    const isWanted = viewer.idsOn(hostId).includes(container.id);
    const refusal = isWanted && this.#viewers.has(viewer) ? this.refusal(container, viewer) : undefined;
    if (refusal !== undefined) viewer.fallBack(hostId, refusal);
  }

  #fallBack(viewer: FastViewer, reason: string): void {
    const { hostId } = this.#options;
    if (viewer.idsOn(hostId).length > 0) viewer.fallBack(hostId, reason);
  }

  #endRefused(kernel: KernelSource): void {
    const { hostId } = this.#options;
    for (const viewer of [...this.#viewers.keys()]) {
      const reasons = viewer.idsOn(hostId).flatMap((id) => kernel.refusal(id) ?? []);
      if (reasons[0] !== undefined) viewer.fallBack(hostId, reasons[0]);
    }
  }

  /** Compares with the previous reading by the monotonic clock; the ticks of the machine's CPU time are too coarse. */
  #update(id: string, { raw, atMs }: KernelSample, traits: EngineTraits): ContainerUpdate | undefined {
    const counted = toCounters(raw, traits);
    if (counted === undefined) return undefined;
    const counters: Counters = { ...counted, readMs: atMs, systemTotal: null };
    const before = this.#baselines.get(id);
    this.#baselines.set(id, counters);
    if (before === undefined || atMs - before.readMs > LONGEST_SPAN_MS) return undefined;
    const { hostId, board } = this.#options;
    const container = board.container(id);
    const sample = toSample(before, counters);
    if (container?.state !== "running" || sample === undefined) return undefined;
    const status = statusText(container, Date.now() + board.clockOffsetMs);
    return new ContainerUpdate({ hostId, container, status, sample, stale: false, changed: false });
  }
}
