/** The history of containers and hosts: samples of every second, and downsampled ones of the last weeks. */
import type { Container } from "../docker/container.ts";
import type { Sample } from "../docker/sample.ts";
import { untilRound } from "../duration.ts";
import { getLogger } from "../log/log.ts";
import { Bins } from "../store/history/bins.ts";
import { Checkpoint } from "../store/history/checkpoint.ts";
import { HistoryStore, type Series, type TimedValues } from "../store/history/history_store.ts";
import { HISTORY_BOUNDS, type HistoryBounds, pruneHistory } from "../store/history/prune.ts";
import { RetentionClock } from "../store/history/retention_clock.ts";
import { beginOf, type HistoryRequest, resolutionOf } from "../store/history/tiers.ts";
import { waitForClose } from "./close.ts";
import { type Curve, HISTORY_TIMES, type HistoryOptions, type HistoryTimes } from "./options.ts";
import { type HostPresence, Presence } from "./presence.ts";
import { Gaps } from "./gaps.ts";
import { type Claimant, SeriesIndex } from "./series_index.ts";
import { HostColumns, type HostReading, sampleValues } from "./values.ts";
import { Windows } from "./windows.ts";

const log = getLogger(["dockstat", "history"]);

/** The history of a server. Disposing it stores the samples that wait. */
export class RecordedHistory implements AsyncDisposable {
  readonly #index: SeriesIndex;
  readonly #windows: Windows;
  readonly #times: HistoryTimes;
  readonly #clock: RetentionClock;
  readonly #checkpoint: Checkpoint | undefined;
  readonly #hosts = new HostColumns();
  readonly #presence: Presence;
  readonly #ofContainers = new WeakMap<Container, Series>();
  #bounds: HistoryBounds;
  readonly #now: () => number;
  readonly #steady: () => number;
  #present: () => readonly HostPresence[] = () => [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #caredAt = -Infinity;
  #writes = 0;
  #failing = false;
  #ended = false;
  #copying: Promise<void> = Promise.resolve();

  constructor(readonly store: HistoryStore, options: HistoryOptions) {
    const { keepMs, times, bounds, now = Date.now, steady = () => performance.now() } = options;
    [this.#now, this.#steady] = [now, steady];
    this.#times = { ...HISTORY_TIMES, ...times };
    this.#bounds = { ...HISTORY_BOUNDS, keepMs, ...bounds };
    this.#index = new SeriesIndex(store.series());
    this.#presence = new Presence(store.spans);
    const done = store.done();
    this.#windows = new Windows(Math.max(0, ...done.values()), this.#times.waitingBytes);
    this.#windows.restore(store.journal(), done);
    this.#clock = new RetentionClock(store.clock(), now(), steady());
    this.#checkpoint = store.path === ":memory:" ? undefined : new Checkpoint(store.database, store.path);
    this.#schedule(this.#times.storeMs);
  }

  /** Sets the age up to which samples are kept, ms; returns whether it has changed. */
  keep(keepMs: number): boolean {
    const changed = this.#bounds.keepMs !== keepMs;
    this.#bounds = { ...this.#bounds, keepMs };
    return changed;
  }

  /** Age up to which samples are kept, ms. */
  get keepMs(): number {
    return this.#bounds.keepMs;
  }

  /** Sets the source of the hosts' states, which explain gaps. */
  follow(present: () => readonly HostPresence[]): void {
    this.#present = present;
  }

  /** Returns the reasons for gaps, as far as they are stored. */
  gaps(): Gaps {
    return new Gaps(this.store.spans.all());
  }

  /** Returns all series. */
  series(): Iterable<Series> {
    return this.#index.all();
  }

  /** Returns the series whose line a container continues; `undefined` for a new line. */
  find(hostId: string, container: Claimant, exists: (id: string) => boolean): Series | undefined {
    return this.#index.find(hostId, container, exists);
  }

  /**
   * Adds a sample of a container, at the time of this call.
   *
   * @param exists Reports whether a container of the host exists.
   */
  addSample(hostId: string, container: Container, sample: Sample, exists: (id: string) => boolean): void {
    let series = this.#ofContainers.get(container);
    if (series === undefined || this.#index.get(series.key) !== series) {
      series = this.#index.claim(hostId, container, exists);
      this.#ofContainers.set(container, series);
    }
    this.#windows.add(series.id, this.#now(), sampleValues(sample));
  }

  /**
   * Adds earlier samples of a container to some resolutions.
   *
   * @param samples Oldest first.
   */
  addPast(
    hostId: string,
    container: Container,
    tiers: readonly number[],
    samples: Iterable<TimedValues>,
  ): void {
    this.store.fill(this.#index.claim(hostId, container, () => false).id, tiers, samples);
  }

  /** Adds a reading of a host, at the time of this call. */
  addHost(hostId: string, reading: HostReading): void {
    const values = this.#hosts.values(hostId, reading, this.#steady());
    this.#windows.add(this.#index.host(hostId).id, this.#now(), values);
  }

  /** Returns the bins of a series in the finest resolution that is kept and has no more points than wanted. */
  read({ id }: Series, request: HistoryRequest): Curve {
    const { stepMs, tier } = resolutionOf(request, this.#now());
    const bins = new Bins(stepMs);
    // A bin is complete, also the one around the begin.
    const span = { sinceMs: beginOf(request.sinceMs, stepMs), untilMs: request.untilMs };
    this.store.read(id, tier, span, bins);
    this.#windows.fill(id, bins, span);
    return { resolutionMs: stepMs, bins };
  }

  /** True while samples of windows that are over are not in blocks. */
  get isBehind(): boolean {
    return this.#windows.finished(this.#now()) !== undefined;
  }

  /** True while the disk does not accept samples, which then wait in memory. */
  get isFailing(): boolean {
    return this.#failing;
  }

  /** Stores the samples that wait; those that cannot be stored wait further. */
  flush(): void {
    try {
      const at = this.#clock.tick(this.#now(), this.#steady());
      this.store.putSeries(this.#index.changed(), at);
      this.#index.markStored();
      this.#presence.note(this.#present(), this.#now());
      for (const [window, data] of this.#windows.unstored()) {
        this.store.append({ window: window.id, startMs: window.startMs, data });
        window.markStored();
      }
      this.#writes++;
      if (this.#failing) log.info("History is stored again");
      this.#failing = false;
    } catch (error) {
      this.#failed(error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.flush();
    // After a copy, closing the database has nothing to write.
    const closing = this.#copying.then(() => this.#copy()).then(() => {
      this.#checkpoint?.[Symbol.dispose]();
      this.store[Symbol.dispose]();
    });
    await waitForClose(closing, this.#times.closeMs, this.store.path);
  }

  #schedule(ms: number): void {
    if (!this.#ended) this.#timer = setTimeout(() => this.#turn(), untilRound(ms));
  }

  #turn(): void {
    this.flush();
    this.#work();
  }

  /** Moves samples of windows that are over into blocks, in slices, and then cleans up. */
  #work(): void {
    const { sliceMs, pauseMs, storeMs } = this.#times;
    let more = false;
    try {
      more = !this.#failing && (this.#complete(sliceMs) || this.#care());
    } catch (error) {
      this.#failed(error);
    }
    if (!more) return this.#schedule(storeMs);
    if (!this.#ended) this.#timer = setTimeout(() => this.#work(), pauseMs);
  }

  /** @returns whether more windows or series are left. */
  #complete(sliceMs: number): boolean {
    const window = this.#windows.finished(this.#now());
    if (window === undefined) return false;
    if (window.unstored() !== undefined) this.flush();
    if (this.#failing) return false;
    const end = performance.now() + sliceMs;
    for (const [series, points] of window.series) {
      this.store.complete(series, window, points);
      window.series.delete(series);
      this.#writes++;
      if (performance.now() >= end) return true;
    }
    this.store.dropJournal(window.id);
    this.#windows.remove(window);
    return true;
  }

  /** Removes what is too old and copies the log, once per interval. */
  #care(): boolean {
    if (this.#steady() - this.#caredAt < this.#times.careMs) return false;
    const isUsed = (id: number) => this.#windows.has(id);
    const surplus = [...this.store.empty(), ...this.#index.surplus(this.#times.series, isUsed)];
    for (const id of surplus.filter((id) => !isUsed(id))) {
      this.store.remove(id);
      this.#index.remove(id);
    }
    this.#writes++;
    const clock = this.#clock.tick(this.#now(), this.#steady());
    this.store.spans.removeBefore(clock - this.#bounds.keepMs);
    if (pruneHistory(this.store.database, this.#bounds, clock)) return true;
    this.#caredAt = this.#steady();
    if (!this.#ended) this.#copying = this.#copying.then(() => this.#copy());
    return false;
  }

  async #copy(): Promise<void> {
    try {
      await this.#checkpoint?.run(() => this.#writes);
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    if (!this.#failing) log.error("Cannot store history, retrying: {error}", { error });
    this.#failing = true;
    const minutes = 10 * this.#windows.shrink();
    if (minutes > 0) {
      log.error("History of {minutes} minutes is lost: the disk did not accept it", { minutes });
    }
  }
}
