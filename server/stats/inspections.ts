/** Inspects a host's containers, a bounded number at a time. One that hangs or fails keeps the facts of the list. */
import { type Container, withoutInspection } from "../docker/container.ts";
import type { Engine } from "../docker/engine.ts";
import { pause } from "../duration.ts";
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { Board } from "./board.ts";
import { quotedNames } from "./names.ts";
import { within } from "./within.ts";

/** Maximum number of inspections in flight per run. */
const PARALLEL_INSPECTIONS = 16;

const log = getLogger(["dockstat", "host"]);

interface Failure {
  readonly name: string;
  readonly error: unknown;
}

/** The inspections of one host, for the lifetime of its connection. */
export class Inspections {
  /** Newest inspection in flight of each container; results of older ones are dropped. */
  readonly #newest = new Map<string, symbol>();
  /** Containers whose failure was logged. */
  readonly #failing = new Set<string>();

  /** @param inspectMs Timeout of one inspection, ms. */
  constructor(readonly engine: Engine, readonly board: Board, readonly inspectMs: number) {}

  /** Drops the inspection in flight of a removed container. */
  forget(id: string): void {
    this.#newest.delete(id);
    this.#failing.delete(id);
  }

  /**
   * Inspects listed containers and puts them on the board.
   *
   * @param longestMs Resolves after this time at the latest; slower answers are put on the board later.
   */
  async run(listed: readonly Container[], signal: AbortSignal, longestMs = Infinity): Promise<void> {
    const rest = listed.map((container) => ({ container, own: Symbol() }));
    for (const { container, own } of rest) this.#newest.set(container.id, own);
    const failures: Failure[] = [];
    const worker = async () => {
      for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
        const { id, name } = next.container;
        const error = await this.#inspect(next.container, next.own, signal);
        if (error === undefined) continue;
        if (!this.#failing.has(id)) failures.push({ name, error });
        this.#failing.add(id);
      }
    };
    const all = Promise.all(Array.from({ length: PARALLEL_INSPECTIONS }, worker))
      .then(() => this.#report(failures));
    if (longestMs === Infinity) return await all;
    const done = new AbortController();
    all.then(() => done.abort());
    await pause(longestMs, AbortSignal.any([signal, done.signal]));
    // Stragglers are published once all of them have answered.
    if (!done.signal.aborted) all.then(() => this.board.flush());
  }

  /** @returns the error, if the inspection failed. */
  async #inspect(listed: Container, own: symbol, signal: AbortSignal): Promise<unknown> {
    const { id, name } = listed;
    const isNewest = () => this.#newest.get(id) === own;
    if (!isNewest()) return undefined;
    try {
      const inspected = await within(
        this.inspectMs,
        `the inspection of container "${name}"`,
        signal,
        (patience) => this.engine.inspect(listed, patience),
      );
      this.#failing.delete(id);
      if (inspected !== undefined && isNewest()) this.board.put(inspected);
      return undefined;
    } catch (error) {
      // The connection ended; nothing is known of the container.
      if (signal.aborted) return undefined;
      if (isNewest()) this.board.put(withoutInspection(listed, this.board.container(id)));
      return error;
    } finally {
      if (isNewest()) this.#newest.delete(id);
    }
  }

  #report(failures: readonly Failure[]): void {
    const [first] = failures;
    if (first === undefined) return;
    const names = quotedNames(failures.map(({ name }) => name));
    log.warn(
      "Host {hostId}: cannot inspect container {names}: {error}. Using the facts of the engine's list instead",
      { hostId: this.board.hostId, names, error: reason(first.error) },
    );
  }
}
