/** A fake engine with the interface of the real one, controlled by a test. */
import type { Container } from "../../server/docker/container.ts";
import type { OutputLine } from "../../server/docker/demux.ts";
import type {
  ContainerEvent,
  Engine,
  EngineCall,
  EngineInfo,
  EngineStream,
  EventSpan,
  MachineAndDisk,
  OutputRequest,
} from "../../server/docker/engine.ts";
import type { RawStats } from "../../server/docker/sample.ts";
import { untilAborted } from "../../server/duration.ts";
import { AppError } from "../../server/errors.ts";
import { idOf, steadyReading } from "./container.ts";
import { isSince, readOnce } from "./engine_log.ts";

export { fakeContainer, idOf, steadyReading } from "./container.ts";

/** Number of calls per method. */
export type Calls = Record<
  "connect" | "ping" | "list" | "inspect" | "events" | "stats" | "streams" | "outputs" | "followed",
  number
>;

/** An engine whose containers and faults are set by a test. */
export class FakeEngine implements Engine {
  readonly url = "fake://";
  readonly containers = new Map<string, Container>();
  readonly calls: Calls = {
    connect: 0,
    ping: 0,
    list: 0,
    inspect: 0,
    events: 0,
    stats: 0,
    streams: 0,
    outputs: 0,
    followed: 0,
  };
  /** Number of streams that are being read. */
  openStreams = 0;
  /** Earlier events that it remembers. */
  readonly remembered: ContainerEvent[] = [];
  /** Set to make every call fail with this message. */
  failure: string | undefined;
  bursts = true;
  /** The engine's clock minus that of the test, ms. */
  clockOffsetMs = 0;
  /** Returns the n-th reading of a container. */
  reading: (id: string, n: number) => RawStats | Promise<RawStats> = (_id, n) => steadyReading(n);
  /** Reads the machine; unset, only the engine describes it. */
  machine?: () => MachineAndDisk;
  /** Called before a list is returned. */
  onList: () => Promise<void> = () => Promise.resolve();
  /** Called before an inspection is returned. */
  onInspect: (id: string) => Promise<void> = () => Promise.resolve();
  /** Answers a ping, with the engine's clock minus ours, ms. */
  onPing: () => Promise<number | undefined> = () => Promise.resolve(undefined);
  /** Set to lose every event, as a dead connection does, until the events are subscribed to again. */
  deaf = false;
  /** Output of the containers, in the order of the engine's log; a test appends to it. */
  readonly written: OutputLine[] = [];
  /** Requests outside of statistics and output, in order. */
  readonly sent: EngineCall[] = [];
  /** Answers a request of {@linkcode sent}; an empty list by default. */
  onCall: (call: EngineCall, signal: AbortSignal) => unknown = () => [];
  /** Answers a request of {@linkcode attach}; no container has a terminal by default. */
  onAttach: (call: EngineCall, signal: AbortSignal) => EngineStream | Promise<EngineStream> = () => {
    throw new AppError("engine-refused", "no exec");
  };
  /** Set to make every request for output fail with this message. */
  outputRefusal: string | undefined;
  readonly #readings = new Map<string, number>();
  #connection = new AbortController();
  #queue: ContainerEvent[] = [];
  #wake = () => {};

  constructor(...containers: readonly Container[]) {
    for (const container of containers) this.containers.set(container.id, container);
  }

  /** Adds or changes a container and emits an event. */
  put(container: Container, action = "start"): void {
    this.containers.set(container.id, container);
    this.emit(container.id, action);
  }

  /** Removes a container and emits an event. */
  destroy(name: string): void {
    this.containers.delete(idOf(name));
    this.#readings.delete(idOf(name));
    this.emit(idOf(name), "destroy");
  }

  /** Emits an event. */
  emit(id: string, action: string): void {
    if (this.deaf) return;
    this.#queue.push({ id, action });
    this.#wake();
  }

  /** Breaks the connection and makes calls fail with this message until {@linkcode recover}. */
  goDown(failure: string): void {
    this.failure = failure;
    this.#connection.abort();
    this.#wake();
  }

  /** Makes calls succeed again. */
  recover(): void {
    this.failure = undefined;
  }

  connect(_signal: AbortSignal): Promise<EngineInfo> {
    this.#connection = new AbortController();
    return this.#answer("connect", {
      product: "Fake 1.0",
      apiVersion: "1.51",
      os: "linux",
      cpus: 2,
      memoryBytes: 1024,
      bursts: this.bursts,
      clockOffsetMs: this.clockOffsetMs,
      cpuClock: "system",
    });
  }

  async ping(_signal: AbortSignal): Promise<number | undefined> {
    await this.#answer("ping", undefined);
    return await this.onPing();
  }

  async list(signal: AbortSignal, ids?: readonly string[]): Promise<readonly Container[]> {
    const all = [...this.containers.values()];
    const listed = await this.#answer(
      "list",
      ids === undefined ? all : all.filter(({ id }) => ids.includes(id)),
    );
    await untilAborted(this.onList(), signal);
    return listed;
  }

  async inspect(container: Container, _signal: AbortSignal): Promise<Container | undefined> {
    const inspected = await this.#answer("inspect", this.containers.get(container.id));
    await this.onInspect(container.id);
    return inspected;
  }

  async events(
    signal: AbortSignal,
    _patience: AbortSignal,
    span?: EventSpan,
  ): Promise<AsyncIterable<ContainerEvent>> {
    if (span !== undefined) return ReadableStream.from(this.#remembered(span));
    this.#queue = [];
    this.deaf = false;
    return await this.#answer("events", this.#follow(AbortSignal.any([signal, this.#connection.signal])));
  }

  #remembered({ sinceMs, untilMs }: EventSpan): ContainerEvent[] {
    return this.remembered.filter(({ at = 0 }) => at >= sinceMs && at <= untilMs);
  }

  async *#follow(signal: AbortSignal): AsyncGenerator<ContainerEvent> {
    signal.addEventListener("abort", () => this.#wake());
    while (!signal.aborted) {
      const event = this.#queue.shift();
      if (event !== undefined) yield event;
      else await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  async stats(id: string, signal: AbortSignal): Promise<RawStats | undefined> {
    if (!this.containers.has(id)) return undefined;
    return await this.#answer("stats", await untilAborted(this.#next(id), signal));
  }

  async *statsStream(id: string, signal: AbortSignal): AsyncGenerator<RawStats> {
    await this.#answer("streams", undefined);
    this.openStreams++;
    try {
      while (!signal.aborted && this.containers.has(id) && this.failure === undefined) {
        yield await this.#next(id);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    } finally {
      this.openStreams--;
    }
  }

  async *output(
    id: string,
    request: OutputRequest,
    signal: AbortSignal,
  ): AsyncGenerator<readonly OutputLine[]> {
    this.calls.outputs++;
    if (this.outputRefusal !== undefined) throw new AppError("engine-refused", this.outputRefusal);
    if (!request.follow) return yield readOnce(this.written, request);
    this.calls.followed++;
    const stopped = AbortSignal.any([signal, this.#connection.signal]);
    for (
      let sent = request.tail === undefined ? 0 : Math.max(this.written.length - request.tail, 0);
      !stopped.aborted;
    ) {
      // The state is read first, so that lines written before the end are still sent.
      const running = this.containers.get(id)?.state === "running";
      const lines = this.written.slice(sent).filter(isSince(request));
      sent = this.written.length;
      if (lines.length > 0) yield lines;
      else if (!running) return;
      else await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async attach(call: EngineCall, signal: AbortSignal): Promise<EngineStream> {
    this.sent.push(call);
    return await this.onAttach(call, signal);
  }

  async call(call: EngineCall, signal: AbortSignal): Promise<unknown> {
    this.sent.push(call);
    return await this.onCall(call, signal);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  async #next(id: string): Promise<RawStats> {
    const n = this.#readings.get(id) ?? 0;
    this.#readings.set(id, n + 1);
    return await this.reading(id, n);
  }

  #answer<T>(call: keyof Calls, answer: T): Promise<T> {
    this.calls[call]++;
    if (this.failure === undefined) return Promise.resolve(answer);
    return Promise.reject(new AppError("engine-unreachable", this.failure));
  }
}
