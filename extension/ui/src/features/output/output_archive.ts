import type { Download } from "../../../../../server/protocol/downloads.ts";
import type { LineText } from "../../lib/lines/line.ts";
import type { TimeSpan } from "../../lib/lines/line_filter.ts";
import type { LogArchive } from "../../lib/lines/log_archive.ts";
import type { Transport } from "../../lib/transport/transport.ts";
import type { OutputPages } from "./output_pages.ts";
import type { ContainerKey } from "./output_target.ts";

/** A time before the first line of any log, epoch ms. */
const BEGINNING = Date.UTC(1970, 0, 2);

/** Whole logs of some containers. */
export class OutputArchive implements LogArchive {
  constructor(
    readonly transport: Transport,
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

  /** Only a browser can open an address, and only one container has its lines as text. */
  async addressOf({ from, to }: TimeSpan): Promise<string | undefined> {
    const sources = await this.sources();
    const [only] = sources;
    if (this.transport.kind !== "browser" || sources.length !== 1 || only === undefined) return undefined;
    const options = new URLSearchParams({ container: only.containerId, host: only.hostId });
    if (Number.isFinite(from)) options.set("since", new Date(from).toISOString());
    if (Number.isFinite(to)) options.set("until", new Date(to).toISOString());
    const body = { path: `/logs/ws?${options}` };
    const { url } = await this.transport.ask<Download>("/downloads", { method: "POST", body });
    // The page may be served under a path that the server does not know.
    return new URL(`./downloads/${url.split("/").at(-1)}`, document.baseURI).href;
  }
}
