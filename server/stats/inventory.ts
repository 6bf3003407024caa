/** Keeps a board in step with its engine: the list, the events, and inspections of what is new or changed. */
import { type Container, statusText } from "../docker/container.ts";
import type { ContainerEvent, Engine } from "../docker/engine.ts";
import type { Board } from "./board.ts";

/** Maximum number of inspections in flight. */
const PARALLEL_INSPECTIONS = 16;
/** Tolerated age of the list's status text compared with ours, ms. */
const TEXT_TOLERANCE_MS = 2000;

/** The inventory of one host, for the lifetime of its connection. */
export class Inventory {
  /** Containers destroyed while a list was in flight; the list must not restore them. */
  readonly #gone = new Set<string>();
  #readings = 0;

  /** @param answerMs Timeout of an answer of the engine, ms. */
  constructor(readonly engine: Engine, readonly board: Board, readonly answerMs: number) {}

  /** Reads the whole list; a container that is missing from it was removed. */
  async readAll(signal: AbortSignal): Promise<void> {
    // A container that appeared after the list was requested is not missing.
    const before = this.board.containers();
    await this.#reading(async () => {
      const listed = await this.engine.list(this.#patience(signal));
      const present = new Set(listed.map(({ id }) => id));
      for (const { id } of before) if (!present.has(id)) this.board.remove(id);
      await this.#putAll(listed.filter((container) => this.#isNews(container)), signal);
    });
    this.board.flush();
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
      if (action === "destroy" || action === "remove") {
        changed.delete(id);
        if (this.#readings > 0) this.#gone.add(id);
        this.board.remove(id);
        this.board.flush();
      } else if (id !== "" && !/^(exec_|attach|top|resize|export|archive|copy|kill)/.test(action)) {
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
      await this.#reading(async () =>
        await this.#putAll(await this.engine.list(this.#patience(signal), ids), signal)
      );
      this.board.flush();
    }
  }

  /** Fails when an answer does not arrive in time. */
  #patience(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, AbortSignal.timeout(this.answerMs)]);
  }

  async #reading(read: () => Promise<void>): Promise<void> {
    this.#readings++;
    try {
      await read();
    } finally {
      if (--this.#readings === 0) this.#gone.clear();
    }
  }

  async #putAll(containers: readonly Container[], signal: AbortSignal): Promise<void> {
    const rest = [...containers];
    const worker = async () => {
      for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
        const inspected = await this.engine.inspect(next, this.#patience(signal));
        if (inspected !== undefined && !this.#gone.has(inspected.id)) this.board.put(inspected);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_INSPECTIONS }, worker));
  }

  /** Reports whether a listed container is new or differs from the board: events were lost, so inspect it. */
  #isNews(listed: Container): boolean {
    const known = this.board.container(listed.id);
    if (known === undefined || known.state !== listed.state) return true;
    if (known.name !== listed.name || known.image !== listed.image) return true;
    const now = Date.now() + this.board.clockOffsetMs;
    return [0, TEXT_TOLERANCE_MS / 2, TEXT_TOLERANCE_MS]
      .every((age) => statusText(known, now - age) !== listed.listedStatus);
  }
}
