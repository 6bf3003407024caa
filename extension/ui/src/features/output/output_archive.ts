import type { Download } from "../../../../../server/protocol/downloads.ts";
import type { LineText } from "../../lib/lines/line.ts";
import type { TimeSpan } from "../../lib/lines/line_filter.ts";
import type { ArchiveFile, LogArchive } from "../../lib/lines/log_archive.ts";
import type { Transport } from "../../lib/transport/transport.ts";
import type { OutputPages } from "./output_pages.ts";
import type { ContainerKey, OutputTarget } from "./output_target.ts";
import { LONGEST_PATTERN, patternOf } from "../../components/lines/search/log_search.ts";
import { filterOptions } from "./search/search_options.ts";
import { MOST_CONTAINERS } from "./target_path.ts";

/** A time before the first line of any log, epoch ms. */
const BEGINNING = Date.UTC(1970, 0, 2);

/** Whole logs of some containers. */
export class OutputArchive implements LogArchive {
  constructor(
    readonly transport: Transport,
    readonly target: OutputTarget,
    readonly pages: OutputPages,
    readonly sources: () => Promise<readonly ContainerKey[]>,
  ) {}

  /** Reads pages from the start of the range on. */
  async *read({ from, to }: TimeSpan, signal: AbortSignal): AsyncGenerator<readonly LineText[]> {
    const sources = await this.sources();
    const start = new Date(Math.max(from, BEGINNING) - 1).toISOString().replace("Z", "999999Z");
    const reader = this.pages.reader(sources, `${start}_999999999`);
    for (;;) {
      const { lines, ended } = await reader(signal);
      const inside = lines.filter(({ timestamp }) => Date.parse(timestamp) < to);
      if (inside.length > 0) yield inside;
      if (ended.length === sources.length || inside.length < lines.length) return;
    }
  }

  /** Only a browser can open an address. */
  async addressOf(file: ArchiveFile): Promise<string | undefined> {
    const sources = await this.sources();
    const path = this.transport.kind === "browser" ? pathOf(file, this.target, sources) : undefined;
    if (path === undefined) return undefined;
    const { url } = await this.transport.ask<Download>("/downloads", { method: "POST", body: { path } });
    // The page may be served under a path that the server does not know.
    return new URL(`./downloads/${url.split("/").at(-1)}`, document.baseURI).href;
  }
}

/** Returns the path that has the lines of a file; `undefined` if no path selects them. */
function pathOf(
  { lines, times }: ArchiveFile,
  target: OutputTarget,
  sources: readonly ContainerKey[],
): string | undefined {
  const { query, filter: { muted } } = lines;
  const areAllMuted = sources.length > 0 && sources.every(({ containerId }) => muted.has(containerId));
  if (areAllMuted || patternOf(query).length > LONGEST_PATTERN) return undefined;
  const options = filterOptions(lines, target, sources);
  if (options.getAll("container").length > MOST_CONTAINERS) return undefined;
  if (times === "utc") options.set("timestamps", "UTC");
  if (times === "local") options.set("timestamps", Intl.DateTimeFormat().resolvedOptions().timeZone);
  return `/logs/ws?${options}`;
}
