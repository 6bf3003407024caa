import type { OutputFound, OutputNotice, OutputScan } from "../../../../../../server/protocol/output.ts";
import { literalMatcher } from "../../../lib/lines/line_search.ts";
import {
  type Hit,
  type LogSearch,
  type LogSearchState,
  LONGEST_PATTERN,
  NO_SEARCH,
  patternOf,
} from "../../../components/lines/search/log_search.ts";
import type { SearchRequest } from "../../../lib/lines/log_archive.ts";
import { Observable } from "../../../lib/observable.ts";
import { plainText } from "../../../lib/plain_text.ts";
import { refusalOf } from "../../../lib/live.ts";
import type { Channel, ChannelEnd, Transport } from "../../../lib/transport/transport.ts";
import { LABELS } from "../labels.ts";
import { filterOptions } from "./search_options.ts";
import { isMerged, type OutputTarget } from "../output_target.ts";
import type { ContainerKey } from "../output_target.ts";
import { histogramOfBars } from "./scan_histogram.ts";

/** Number of bars of the histogram. */
const BARS = 120;
/** Number of characters of a hit that are kept: a log may have lines of megabytes. */
const KEPT = 600;
/** Number of characters before a match that are kept. */
const BEFORE = 120;
/** Largest number of hits in the page; a search for more of them is not offered. */
const MOST_HITS = 20_000;

type Frame = readonly OutputFound[] | OutputScan | OutputNotice;

/** Searches whole logs on the server. */
export class OutputSearch implements LogSearch, Disposable {
  readonly state = new Observable<LogSearchState>(NO_SEARCH);
  #channel: Channel | undefined;
  /** Number of the current search, since the frames of one that was cancelled may still arrive. */
  #search = 0;
  /** Counts of the searches before, which this one continues. */
  #before = { scanned: 0, found: 0 };
  #next: string | null = null;

  /** @param sources Returns the known containers of the log. */
  constructor(
    readonly transport: Transport,
    readonly target: OutputTarget,
    readonly sources: () => readonly ContainerKey[],
  ) {}

  readonly start = (request: SearchRequest): void => {
    this.cancel();
    if (patternOf(request.query).length > LONGEST_PATTERN) {
      return this.state.set({ ...NO_SEARCH, phase: "failed", request, error: LABELS.patternTooLong });
    }
    this.#before = { scanned: 0, found: 0 };
    this.state.set({ ...NO_SEARCH, phase: "running", request });
    this.#open(request, null);
  };

  readonly more = (): void => {
    const { request, hasMore, scanned, found } = this.state.value;
    if (request === undefined || !hasMore || this.#next === null) return;
    this.#before = { scanned, found };
    this.state.set({ ...this.state.value, phase: "running", hasMore: false });
    this.#open(request, this.#next);
  };

  readonly cancel = (): void => {
    this.#search++;
    this.#channel?.close();
    this.#channel = undefined;
    if (this.state.value.phase === "running") this.state.set({ ...this.state.value, phase: "done" });
  };

  readonly clear = (): void => {
    this.cancel();
    this.state.set(NO_SEARCH);
  };

  [Symbol.dispose](): void {
    this.cancel();
  }

  #open(request: SearchRequest, after: string | null): void {
    const options = filterOptions(request, this.target, this.sources());
    options.set("scan", "1");
    if (after === null) options.set("histogram", String(BARS));
    else options.set("after", after);
    const search = ++this.#search;
    const isCurrent = () => search === this.#search;
    let opened = false;
    this.#channel = this.transport.open(`/logs/ws?${options}`, {
      opened: () => opened = true,
      frame: (text) => isCurrent() && this.#frame(JSON.parse(text)),
      closed: (end) => isCurrent() && void this.#closed(end, opened, isCurrent),
    });
  }

  #frame(frame: Frame): void {
    if (Array.isArray(frame)) return this.#found(frame);
    if ("scanned" in frame) return this.#progress(frame as OutputScan);
    if ("error" in frame && frame.error !== null) this.state.set({ ...this.state.value, error: frame.error });
  }

  #found(lines: readonly OutputFound[]): void {
    const { request, hits } = this.state.value;
    const merged = isMerged(this.target);
    const found = lines.map((line) => hitOf(line, request?.query.text ?? "", merged));
    this.state.set({ ...this.state.value, hits: [...hits, ...found] });
  }

  #progress({ scanned, found, at, done, next, bars }: OutputScan): void {
    const { hits, histogram } = this.state.value;
    this.#next = next;
    this.state.set({
      ...this.state.value,
      phase: done ? "done" : "running",
      scanned: this.#before.scanned + scanned,
      found: this.#before.found + found,
      at,
      hasMore: next !== null && hits.length < MOST_HITS,
      histogram: bars === undefined ? histogram : histogramOfBars(bars),
    });
  }

  /** A refused socket looks like a broken connection, so the reason is found by asking. */
  async #closed({ code, reason }: ChannelEnd, opened: boolean, isCurrent: () => boolean): Promise<void> {
    this.#channel = undefined;
    if (this.state.value.phase !== "running") return;
    const why = opened || reason !== "" ? reason : await refusalOf(this.transport);
    if (!isCurrent()) return;
    const error = why || (opened || code !== 1006 ? LABELS.searchLost : LABELS.searchRefused);
    this.state.set({ ...this.state.value, phase: "failed", error });
  }
}

function hitOf(
  { timestamp, message, cursor, containerId, context }: OutputFound,
  wanted: string,
  merged: boolean,
): Hit {
  const [, ordinal] = cursor.split("_");
  const text = plainText(message.slice(0, 1_000_000));
  return {
    cursor: `${timestamp}_${ordinal}`,
    timestamp,
    text: text.length <= KEPT ? text : aroundMatch(text, wanted),
    source: merged ? containerId : undefined,
    isContext: context === true,
  };
}

/** Keeps the part of a long line around its first match; a match of a pattern may be in the part left out. */
function aroundMatch(text: string, wanted: string): string {
  const [first] = wanted === "" ? [] : literalMatcher(wanted, false).ranges(text);
  const start = Math.max((first?.[0] ?? 0) - BEFORE, 0);
  return `${start > 0 ? "…" : ""}${text.slice(start, start + KEPT)}…`;
}
