/** Pages of the logs of one or several containers. */
import type { OutputEntry } from "../../../../../server/protocol/output.ts";
import { type Entry, type Line, linesOf, type LineText } from "../../lib/lines/line.ts";
import type { Transport } from "../../lib/transport/transport.ts";
import { MOST_CONTAINERS } from "./target_path.ts";
import { type ContainerKey, targetOptions, toLine } from "./output_target.ts";

/** Lines of a page, oldest first. */
export interface LogPage {
  readonly lines: readonly LineText[];
  /** Containers that have no further lines in the direction of the page. */
  readonly ended: readonly string[];
  /** Cursor of the last line of each container. */
  readonly last: ReadonlyMap<string, string>;
}

/** Pages before a place and from it on. */
export interface PagesAround {
  readonly older: LogPage;
  readonly newer: LogPage;
}

/** Number of lines of a page. */
const PAGE = 500;
/** Number of lines of a page for a file. */
const LARGE_PAGE = 5000;
/** Smallest number of lines of each container in a page of several. */
const SMALLEST = 100;
/** Ordinal after all lines with a timestamp. */
const LAST_ORDINAL = 999_999_999;

/** Place at which a page of a container ends or begins. */
interface Place {
  readonly cursor: string;
  /** Number of lines next to the place that are loaded already. */
  readonly known: number;
}

/** Reads pages of the logs of some containers. */
export class OutputPages {
  constructor(readonly transport: Transport, readonly merged: boolean) {}

  /** Reads the lines before the loaded ones. */
  async older(
    sources: readonly ContainerKey[],
    entries: readonly Entry[],
    signal: AbortSignal,
  ): Promise<LogPage> {
    const first = firstTime(entries);
    return await this.#read(
      sources,
      "before",
      (id) => placeBefore(linesFrom(entries, this.#sourceOf(id)), first),
      signal,
    );
  }

  /** Reads the lines after the loaded ones. */
  async newer(
    sources: readonly ContainerKey[],
    entries: readonly Entry[],
    signal: AbortSignal,
  ): Promise<LogPage> {
    const last = entries.findLast(({ head }) => !head.note && head.timestamp !== "")?.head.timestamp ?? "";
    return await this.#read(
      sources,
      "after",
      (id) => placeAfter(linesFrom(entries, this.#sourceOf(id)), last),
      signal,
    );
  }

  /**
   * Reads the lines on both sides of a place, in one request for up to 100 containers.
   *
   * @param place A cursor, or a timestamp with nine decimals.
   */
  async around(sources: readonly ContainerKey[], place: string, signal: AbortSignal): Promise<PagesAround> {
    const groups = Array.from(
      { length: Math.ceil(sources.length / MOST_CONTAINERS) },
      (_, index) => sources.slice(index * MOST_CONTAINERS, (index + 1) * MOST_CONTAINERS),
    );
    const found = await Promise.all(groups.map((group) => this.#around(group, place, signal)));
    return {
      older: merge(found.map(({ older }) => older), "before", this.merged),
      newer: merge(found.map(({ newer }) => newer), "after", this.merged),
    };
  }

  /** Reads the newest lines. */
  async newest(sources: readonly ContainerKey[], signal: AbortSignal): Promise<LogPage> {
    return await this.#read(sources, "before", () => undefined, signal);
  }

  /** Returns a function that reads the next page after a cursor at each call. */
  reader(sources: readonly ContainerKey[], start: string): (signal: AbortSignal) => Promise<LogPage> {
    const cursors = new Map<string, string>();
    return async (signal) => {
      const placeOf = (id: string) => ({ cursor: cursors.get(id) ?? start, known: 0 });
      const page = await this.#read(sources, "after", placeOf, signal, LARGE_PAGE);
      for (const [id, cursor] of page.last) cursors.set(id, cursor);
      return page;
    };
  }

  async #around(
    sources: readonly ContainerKey[],
    place: string,
    signal: AbortSignal,
  ): Promise<{ readonly older: SourcePage; readonly newer: SourcePage }> {
    const options = new URLSearchParams(targetOptions({ containers: sources }));
    options.set("tail", String(PAGE));
    options.set("around", place);
    const found = await this.transport.ask<readonly OutputEntry[]>(`/logs/ws?${options}`, { signal });
    const [timestamp = "", ordinal = "0"] = place.split("_");
    const index = found.findIndex((line) =>
      line.timestamp > timestamp || line.timestamp === timestamp && ordinalOf(line.cursor) >= Number(ordinal)
    );
    const containerIds = sources.map(({ containerId }) => containerId);
    const pageOf = (lines: readonly OutputEntry[]) => ({ containerIds, isFull: lines.length >= PAGE, lines });
    const end = index < 0 ? found.length : index;
    return { older: pageOf(found.slice(0, end)), newer: pageOf(found.slice(end)) };
  }

  /** Lines of a single container have no source. */
  #sourceOf(containerId: string): string | undefined {
    return this.merged ? containerId : undefined;
  }

  async #read(
    sources: readonly ContainerKey[],
    direction: "before" | "after",
    placeOf: (containerId: string) => Place | undefined,
    signal: AbortSignal,
    lines = PAGE,
  ): Promise<LogPage> {
    const count = Math.max(Math.ceil(lines / sources.length), SMALLEST);
    const pages = await Promise.all(sources.map(async ({ hostId, containerId }) => {
      const place = placeOf(containerId);
      const options = new URLSearchParams({ container: containerId, host: hostId, tail: String(count) });
      if (place !== undefined) options.set(direction, place.cursor);
      const page = await this.transport.ask<readonly OutputEntry[]>(`/logs/ws?${options}`, { signal });
      return { containerIds: [containerId], isFull: page.length >= count, lines: withoutKnown(page, place) };
    }));
    return merge(pages, direction, this.merged);
  }
}

/** Lines of one or several containers. */
interface SourcePage {
  readonly containerIds: readonly string[];
  readonly isFull: boolean;
  readonly lines: readonly OutputEntry[];
}

/** Merges pages by time, up to where one may have further lines between those of the others. */
function merge(pages: readonly SourcePage[], direction: "before" | "after", merged: boolean): LogPage {
  const limits = pages.filter(({ isFull }) => isFull).map(({ lines }) =>
    lines.at(direction === "before" ? 0 : -1)?.timestamp
  ).filter((timestamp) => timestamp !== undefined).sort();
  const limit = direction === "before" ? limits.at(-1) : limits[0];
  const isKept = ({ timestamp }: OutputEntry) =>
    limit === undefined || (direction === "before" ? timestamp >= limit : timestamp <= limit);
  const ended = pages.filter(({ isFull, lines }) => !isFull && lines.every(isKept));
  const lines = pages.flatMap((page) => page.lines.filter(isKept));
  lines.sort((one, other) => one.timestamp < other.timestamp ? -1 : one.timestamp > other.timestamp ? 1 : 0);
  return {
    lines: lines.map((line) => toLine(line, merged, ordinalOf(line.cursor))),
    ended: ended.flatMap(({ containerIds }) => containerIds),
    last: new Map(lines.map(({ containerId, cursor }) => [containerId, cursor])),
  };
}

/** Returns the number in a cursor; a cursor of a list also has the name of a container. */
function ordinalOf(cursor: string): number {
  return Number(cursor.split("_")[1]);
}

/** Removes the lines that are loaded already, which share the timestamp of the place. */
function withoutKnown(page: readonly OutputEntry[], place: Place | undefined): readonly OutputEntry[] {
  if (place === undefined || place.known === 0) return page;
  const [timestamp] = place.cursor.split("_");
  const first = page.findIndex((line) => line.timestamp === timestamp);
  return first < 0 ? page : page.slice(0, Math.max(page.length - place.known, first));
}

function linesFrom(entries: readonly Entry[], source: string | undefined): readonly Line[] {
  return entries.filter(({ head }) => !head.note && (source === undefined || head.source === source)).flatMap(
    linesOf,
  );
}

function firstTime(entries: readonly Entry[]): string {
  return entries.find(({ head }) => !head.note && head.timestamp !== "")?.head.timestamp ?? "";
}

/** Live lines have no ordinal, so lines with the first timestamp are requested again. */
function placeBefore(lines: readonly Line[], fallback: string): Place | undefined {
  const [first] = lines;
  if (first === undefined) return fallback === "" ? undefined : { cursor: `${fallback}_0`, known: 0 };
  const { timestamp, ordinal } = first;
  if (ordinal !== undefined) return { cursor: `${timestamp}_${ordinal}`, known: 0 };
  const known = lines.filter((line) => line.timestamp === timestamp).length;
  return { cursor: `${timestamp}_${LAST_ORDINAL}`, known };
}

function placeAfter(lines: readonly Line[], fallback: string): Place | undefined {
  const last = lines.at(-1);
  if (last === undefined) {
    return fallback === "" ? undefined : { cursor: `${fallback}_${LAST_ORDINAL}`, known: 0 };
  }
  return { cursor: cursorOf(last, lines), known: 0 };
}

/** Returns the cursor of a line. A live line is counted among the loaded lines with its timestamp. */
export function cursorOf({ id, timestamp, ordinal }: Line, lines: readonly Line[]): string {
  const index = ordinal ??
    lines.filter((line) => line.timestamp === timestamp).findIndex((line) => line.id === id);
  return `${timestamp}_${Math.max(index, 0)}`;
}
