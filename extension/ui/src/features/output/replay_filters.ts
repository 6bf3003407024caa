import type { OutputMessage } from "../../../../../server/protocol/output.ts";
import { ReplayFilter } from "./replay_filter.ts";

/** Recognizes lines that a reconnect sends again, for a log of several containers. */
export class ReplayFilters {
  readonly #filters = new Map<string, ReplayFilter>();
  /** True until the first line after a reconnect. */
  #isFirst = false;

  /** Time from which a reconnect requests lines, ISO 8601; `undefined` before the first line. */
  get since(): string | undefined {
    return [...this.#filters.values()].map(({ since }) => since).filter((since) => since !== undefined).sort()
      .at(-1);
  }

  /** Starts to skip lines that were already shown; called after a reconnect. */
  reopened(): void {
    this.#isFirst = true;
    for (const filter of this.#filters.values()) filter.reopened();
  }

  /**
   * Returns whether a line is new, and records it as shown. Only the first line after a reconnect can follow a
   * gap, since a container may have been silent before.
   */
  classify(message: OutputMessage): "shown" | "new" | "new after a gap" {
    const { containerId } = message;
    let filter = this.#filters.get(containerId);
    if (filter === undefined) this.#filters.set(containerId, filter = new ReplayFilter());
    const kind = filter.classify(message);
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    return kind === "new after a gap" && !isFirst ? "new" : kind;
  }
}
