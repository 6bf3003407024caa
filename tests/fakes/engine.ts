/** An engine that does what a test says: behind the same interface as the real one. */
import type { Container } from "../../server/docker/container.ts";
import type { OutputLine } from "../../server/docker/demux.ts";
import type { ContainerEvent, Engine, EngineInfo, OutputRequest } from "../../server/docker/engine.ts";
import type { RawStats } from "../../server/docker/sample.ts";
import { untilAborted } from "../../server/duration.ts";
import { AppError } from "../../server/errors.ts";

/** How often each call was made. */
export type Calls = Record<
  "connect" | "ping" | "list" | "inspect" | "events" | "stats" | "streams" | "outputs",
  number
>;

/** A container with everything set, and what the test wants otherwise. */
export function fakeContainer(name: string, changes: Partial<Container> = {}): Container {
  return {
    id: idOf(name),
    name,
    image: "busybox:1",
    state: "running",
    startedAt: Date.now() - 7_200_000,
    finishedAt: null,
    exitCode: 0,
    health: null,
    project: null,
    service: null,
    composeFolder: null,
    composeFiles: null,
    oneOff: false,
    publishedPorts: "",
    portPairs: "",
    restarts: false,
    outOfMemory: false,
    listedStatus: "Up 2 hours",
    inspected: true,
    ...changes,
  };
}

/** The id of a name: 64 hex digits that begin with its letters' codes. */
export function idOf(name: string): string {
  return [...name].map((letter) => letter.charCodeAt(0).toString(16)).join("").padEnd(64, "0").slice(0, 64);
}

/** Half a core of two, and a quarter of the memory: one reading a second by the engine's clock. */
export function steadyReading(second: number): RawStats {
  return {
    read: new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString(),
    cpu_stats: {
      cpu_usage: { total_usage: 1e9 + second * 0.5e9 },
      system_cpu_usage: 100e9 + second * 2e9,
      online_cpus: 2,
    },
    memory_stats: { usage: 256, limit: 1024 },
    networks: { eth0: { rx_bytes: second * 1000, tx_bytes: second * 10 } },
    blkio_stats: { io_service_bytes_recursive: [{ op: "read", value: second * 100 }] },
    pids_stats: { current: 3 },
  };
}

/** Its containers and its faults are set from outside. */
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
  };
  /** Set to make every call fail with these words. */
  failure: string | undefined;
  bursts = true;
  /** What a container's n-th reading is. */
  reading: (id: string, n: number) => RawStats | Promise<RawStats> = (_id, n) => steadyReading(n);
  /** Called before a list is answered. */
  onList: () => Promise<void> = () => Promise.resolve();
  /** Called before an inspection is answered. */
  onInspect: () => Promise<void> = () => Promise.resolve();
  /** What containers have written, in the order of the engine's log; a test appends what comes next. */
  readonly written: OutputLine[] = [];
  /** Set to refuse to read any output. */
  outputRefusal: string | undefined;
  readonly #readings = new Map<string, number>();
  #connection = new AbortController();
  #queue: ContainerEvent[] = [];
  #wake = () => {};

  constructor(...containers: readonly Container[]) {
    for (const container of containers) this.containers.set(container.id, container);
  }

  /** Adds or changes a container and tells of it. */
  put(container: Container, action = "start"): void {
    this.containers.set(container.id, container);
    this.tell(container.id, action);
  }

  /** Removes a container and tells of it. */
  destroy(name: string): void {
    this.containers.delete(idOf(name));
    this.tell(idOf(name), "destroy");
  }

  /** Tells of an event. */
  tell(id: string, action: string): void {
    this.#queue.push({ id, action });
    this.#wake();
  }

  /** Breaks the connection; calls fail with these words until {@linkcode comeBack}. */
  goDown(failure: string): void {
    this.failure = failure;
    this.#connection.abort();
    this.#wake();
  }

  /** Answers again. */
  comeBack(): void {
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
      clockOffsetMs: 0,
      cpuClock: "system",
    });
  }

  ping(_signal: AbortSignal): Promise<void> {
    return this.#answer("ping", undefined);
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
    await this.onInspect();
    return inspected;
  }

  async events(signal: AbortSignal, _patience: AbortSignal): Promise<AsyncIterable<ContainerEvent>> {
    this.#queue = [];
    return await this.#answer("events", this.#follow(AbortSignal.any([signal, this.#connection.signal])));
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
    while (!signal.aborted && this.containers.has(id) && this.failure === undefined) {
      yield await this.#next(id);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async *output(id: string, wish: OutputRequest, signal: AbortSignal): AsyncGenerator<readonly OutputLine[]> {
    this.calls.outputs++;
    if (this.outputRefusal !== undefined) throw new AppError("engine-refused", this.outputRefusal);
    const wanted = ({ timestamp }: OutputLine) => Date.parse(timestamp) >= (wish.sinceMs ?? 0);
    if (!wish.follow) {
      const lines = this.written.filter(wanted);
      return yield lines.slice(wish.tail === undefined ? 0 : -wish.tail);
    }
    const ended = AbortSignal.any([signal, this.#connection.signal]);
    for (
      let told = wish.tail === undefined ? 0 : Math.max(this.written.length - wish.tail, 0);
      !ended.aborted;
    ) {
      // Looked at first: what was written before the end is read to the end.
      const running = this.containers.get(id)?.state === "running";
      const lines = this.written.slice(told).filter(wanted);
      told = this.written.length;
      if (lines.length > 0) yield lines;
      else if (!running) return;
      else await new Promise((resolve) => setTimeout(resolve, 1));
    }
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
