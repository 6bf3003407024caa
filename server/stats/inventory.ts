/** Keeps a board in step with its engine: the list, the events, and inspections of what is new or changed. */
import { type Container, statusText } from "../docker/container.ts";
import type { ContainerEvent, Engine } from "../docker/engine.ts";
import type { Board } from "./board.ts";
import { Inspections } from "./inspections.ts";
import { within } from "./within.ts";

/** Tolerated age of the list's status text compared with ours, ms. */
const TEXT_TOLERANCE_MS = 2000;
/** Longest time for which the inspections of one batch of events delay the next batch, ms. */
const STRAGGLER_MS = 250;

/** The end of a container that an event shows: a stop is reported after the end that it causes. */
const ENDS = { start: null, die: "itself", stop: "stop" } as const;

/** Timeouts of an inventory. */
export interface InventoryTimes {
  /** Timeout of the list, ms. */
  readonly answerMs: number;
  /** Timeout of one inspection, ms. */
  readonly inspectMs: number;
}

/** The inventory of one host, for the lifetime of its connection. */
export class Inventory {
  /** Containers destroyed while a list was in flight; the list must not restore them. */
  readonly #gone = new Set<string>();
  readonly #inspections: Inspections;
  /** Containers with an event since the last list was requested, and between the two lists before. */
  #heard = new Set<string>();
  #heardBefore = new Set<string>();
  #readings = 0;

  constructor(readonly engine: Engine, readonly board: Board, readonly times: InventoryTimes) {
    this.#inspections = new Inspections(engine, board, times.inspectMs);
  }

  /**
   * Reads the whole list; a container that is missing from it was removed.
   *
   * @returns the containers that appeared, disappeared, or have another state or name: events must report them too.
   */
  async readAll(signal: AbortSignal): Promise<readonly string[]> {
    this.#heardBefore = this.#heard;
    this.#heard = new Set();
    // A container that appeared after the list was requested is not missing.
    const before = this.board.containers();
    const listed = await this.#list(signal);
    const present = new Set(listed.map(({ id }) => id));
    const missing = before.filter(({ id }) => !present.has(id) && this.board.container(id) !== undefined);
    const moved = listed.filter((container) => this.#hasMoved(container));
    for (const { id } of missing) this.#remove(id);
    await this.#inspections.run(listed.filter((container) => this.#isNews(container)), signal);
    this.board.flush();
    return [...missing, ...moved].map(({ id }) => id);
  }

  /** Reports whether an event of a container has arrived around the time of the last list. */
  hasHeard(id: string): boolean {
    return this.#heard.has(id) || this.#heardBefore.has(id);
  }

  /** Follows the events until they end, with the connection or with an error. */
  async follow(events: AsyncIterable<ContainerEvent>, signal: AbortSignal): Promise<void> {
    const failed = Promise.withResolvers<never>();
    await Promise.race([this.#note(events, signal, failed.reject), failed.promise]);
  }

  async #note(
    events: AsyncIterable<ContainerEvent>,
    signal: AbortSignal,
    fail: (error: unknown) => void,
  ): Promise<void> {
    const changed = new Set<string>();
    let reading: Promise<void> | undefined;
    for await (const { id, action } of events) {
      this.#heard.add(id);
      if (action === "destroy" || action === "remove") {
        changed.delete(id);
        if (this.#readings > 0) this.#gone.add(id);
        this.#remove(id);
        this.board.flush();
      } else if (id !== "" && !/^(exec_|attach|top|resize|export|archive|copy|kill)/.test(action)) {
        if (action === "start" || action === "die" || action === "stop") this.board.noteEnd(id, ENDS[action]);
        changed.add(id);
        reading ??= this.#readChanged(changed, signal).catch(fail).finally(() => reading = undefined);
      }
    }
    await reading;
  }

  async #readChanged(changed: Set<string>, signal: AbortSignal): Promise<void> {
    while (changed.size > 0) {
      const ids = [...changed];
      changed.clear();
      await this.#inspections.run(await this.#list(signal, ids), signal, STRAGGLER_MS);
      this.board.flush();
    }
  }

  /** Lists the containers, without those that were destroyed meanwhile. */
  async #list(signal: AbortSignal, ids?: readonly string[]): Promise<readonly Container[]> {
    this.#readings++;
    try {
      const listed = await within(
        this.times.answerMs,
        "the request for the containers",
        signal,
        (patience) => this.engine.list(patience, ids),
      );
      return listed.filter(({ id }) => !this.#gone.has(id));
    } finally {
      if (--this.#readings === 0) this.#gone.clear();
    }
  }

  #remove(id: string): void {
    this.#inspections.forget(id);
    this.board.remove(id);
  }

  #hasMoved(listed: Container): boolean {
    const known = this.board.container(listed.id);
    return known === undefined || known.state !== listed.state || known.name !== listed.name;
  }

  /** Reports whether a listed container is new or differs from the board: events were lost, so inspect it. */
  #isNews(listed: Container): boolean {
    const known = this.board.container(listed.id);
    if (known === undefined || this.#hasMoved(listed) || !known.inspected) return true;
    if (known.image !== listed.image) return true;
    const now = Date.now() + this.board.clockOffsetMs;
    return [0, TEXT_TOLERANCE_MS / 2, TEXT_TOLERANCE_MS]
      .every((age) => statusText(known, now - age) !== listed.listedStatus);
  }
}
