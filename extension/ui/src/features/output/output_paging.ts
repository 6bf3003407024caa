import { linesOf, type LineText } from "../../lib/lines/line.ts";
import type { LineStore } from "../../lib/lines/line_store.ts";
import {
  type JumpTarget,
  type LogPaging,
  type PagingState,
  timeOfCursor,
} from "../../lib/lines/log_paging.ts";
import { Observable } from "../../lib/observable.ts";
import { reasonOf } from "../../lib/transport/transport.ts";
import type { LogPage, OutputPages } from "./output_pages.ts";
import type { ContainerKey } from "./output_target.ts";

const NOTHING: LogPage = { lines: [], ended: [], last: new Map() };
const INITIAL: PagingState = { busy: undefined, atStart: false, error: undefined, target: undefined };

/** Number of loaded entries that may also arrive as live lines, besides the number of those. */
const JOINED = 1000;

/** Loads other parts of the logs of some containers into a store, and joins them with the live lines. */
export class OutputPaging implements LogPaging, Disposable {
  readonly state = new Observable<PagingState>(INITIAL);
  /** Containers whose first line is loaded. */
  #started = new Set<string>();
  #abort = new AbortController();
  /** Live lines since the current request was sent, to be joined with its lines. */
  #live: LineText[] | undefined;

  readonly #unsubscribe: () => void;
  #dropped = 0;

  /** @param sources Returns the containers, which may become more. */
  constructor(
    readonly store: LineStore,
    readonly pages: OutputPages,
    readonly sources: () => Promise<readonly ContainerKey[]>,
  ) {
    this.#unsubscribe = store.view.subscribe(() => this.#changed());
  }

  /** Keeps a live line in case that a page is being joined with them. */
  received(line: LineText): void {
    this.#live?.push(line);
  }

  readonly older = async (): Promise<void> => {
    const { busy, atStart } = this.state.value;
    if (busy !== undefined || atStart) return;
    await this.#run("older", async (signal) => {
      this.store.flush();
      const sources = await this.sources();
      const left = sources.filter(({ containerId }) => !this.#started.has(containerId));
      const page = left.length === 0
        ? NOTHING
        : await this.pages.older(left, this.store.view.value.entries, signal);
      signal.throwIfAborted();
      this.store.prepend(page.lines);
      this.#startOf(page, sources);
    });
  };

  readonly newer = async (): Promise<void> => {
    if (this.state.value.busy !== undefined || this.store.view.value.atEnd) return;
    await this.#run("newer", async (signal) => {
      const sources = await this.sources();
      const page = await this.pages.newer(sources, this.store.view.value.entries, signal);
      signal.throwIfAborted();
      this.#append(page, sources);
    });
  };

  readonly jump = async (at: number): Promise<void> => {
    await this.#jump(new Date(at).toISOString().replace("Z", "000000Z"), { at });
  };

  readonly open = async (cursor: string, source?: string): Promise<void> => {
    const at = timeOfCursor(cursor);
    const target = { at: at ?? 0, cursor, ...source !== undefined && { source } };
    if (at !== undefined) await this.#jump(cursor, target);
  };

  readonly toEnd = async (): Promise<void> => {
    if (this.store.view.value.atEnd) return;
    await this.#run("jump", async (signal) => {
      const page = await this.pages.newest(await this.sources(), signal);
      signal.throwIfAborted();
      this.#started.clear();
      this.store.replace(page.lines, true);
      this.#join();
    });
  };

  [Symbol.dispose](): void {
    this.#unsubscribe();
    this.#abort.abort();
  }

  /** When the store drops its oldest lines, the start is no longer loaded. */
  #changed(): void {
    const { dropped } = this.store.view.value;
    const isMore = dropped > this.#dropped;
    this.#dropped = dropped;
    if (!isMore) return;
    this.#started.clear();
    if (this.state.value.atStart) this.state.set({ ...this.state.value, atStart: false });
  }

  async #jump(place: string, target: JumpTarget): Promise<void> {
    await this.#run("jump", async (signal) => {
      const sources = await this.sources();
      const { older, newer } = await this.pages.around(sources, place, signal);
      signal.throwIfAborted();
      this.#started.clear();
      this.store.hold(true);
      this.store.replace(older.lines, false);
      this.#startOf(older, sources);
      this.#append(newer, sources);
      this.state.set({ ...this.state.value, target });
    });
  }

  #startOf(page: LogPage, sources: readonly ContainerKey[]): void {
    for (const id of page.ended) this.#started.add(id);
    const atStart = sources.every(({ containerId }) => this.#started.has(containerId));
    this.state.set({ ...this.state.value, atStart });
  }

  /** Appends a page; when every container has ended there, the live lines follow. */
  #append(page: LogPage, sources: readonly ContainerKey[]): void {
    const atEnd = page.ended.length === sources.length;
    this.store.append(page.lines, atEnd);
    if (atEnd) this.#join();
  }

  /** Appends the live lines that are not loaded yet. */
  #join(): void {
    const live = this.#live ?? [];
    const loaded = this.store.view.value.entries.slice(-live.length - JOINED).flatMap(linesOf);
    const known = new Set(loaded.map(keyOf));
    const last = new Map(loaded.map(({ source = "", timestamp }) => [source, timestamp]));
    const further = live.filter((line) =>
      line.timestamp >= (last.get(line.source ?? "") ?? "") && !known.has(keyOf(line))
    );
    if (further.length > 0) this.store.append(further, true);
  }

  /** Runs a request. A jump cancels the request before it. */
  async #run(busy: "older" | "newer" | "jump", work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#abort.abort();
    const { signal } = this.#abort = new AbortController();
    this.#live = [];
    this.state.set({
      ...this.state.value,
      busy,
      error: undefined,
      atStart: busy === "jump" ? false : this.state.value.atStart,
    });
    let error: string | undefined;
    try {
      await work(signal);
    } catch (reason) {
      error = reasonOf(reason);
    }
    if (signal.aborted) return;
    this.#live = undefined;
    this.state.set({ ...this.state.value, busy: undefined, error });
  }
}

function keyOf({ source, stream, timestamp, text }: LineText): string {
  return `${source ?? ""} ${stream ?? ""} ${timestamp} ${text}`;
}
