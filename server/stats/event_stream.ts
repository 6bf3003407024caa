/** The events of one engine: a subscription that can be replaced while it is read. */
import type { ContainerEvent, Engine } from "../docker/engine.ts";
import { within } from "./within.ts";

/** The subscription to the events of one engine, for the lifetime of its connection. */
export class EventStream {
  #end = new AbortController();
  #events: AsyncIterable<ContainerEvent> | undefined;

  /** @param answerMs Timeout of an answer of the engine, ms. */
  constructor(readonly engine: Engine, readonly answerMs: number) {}

  /**
   * Subscribes; an earlier subscription is replaced, and its reader continues with the new one.
   *
   * @throws {AppError} when the engine refuses or does not answer.
   */
  async open(signal: AbortSignal): Promise<void> {
    const end = new AbortController();
    const events = await within(
      this.answerMs,
      "the request for events",
      signal,
      (patience) => this.engine.events(AbortSignal.any([signal, end.signal]), patience),
    );
    const before = this.#end;
    this.#end = end;
    this.#events = events;
    before.abort();
  }

  /** Yields events until the newest subscription ends. */
  async *read(): AsyncGenerator<ContainerEvent> {
    for (let events = this.#events; events !== undefined;) {
      yield* events;
      if (events === this.#events) return;
      events = this.#events;
    }
  }
}
