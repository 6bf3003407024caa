import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import type { StackEvent } from "../../../../../../server/protocol/stack_events.ts";
import type { Client } from "../../../lib/client.ts";
import { LiveSocket } from "../../../lib/live.ts";
import { Observable } from "../../../lib/observable.ts";
import { Refresher } from "../../../lib/refresher.ts";
import { type Run, RunBoard, runKey } from "./runs.ts";
import { type Shelf, Since } from "./resume_point.ts";
import { NOTHING_KNOWN, reused, runKeyOf, type StackList } from "./stack_list.ts";
import { type StackCommand, StackRequests } from "./stack_requests.ts";
import { Toasts } from "./toasts.ts";

/** Spans of a feed, ms; tests shorten them. */
export interface FeedTimes {
  /** Between two questions for the list, at least. */
  readonly gapMs: number;
  /** Containers may change without an event: so often the list is asked for while somebody looks. */
  readonly lookMs: number;
  /** Events that come together are shown together. */
  readonly showMs: number;
}

const TIMES: FeedTimes = { gapMs: 500, lookMs: 3000, showMs: 100 };

/** The stacks of all hosts, and what is done to them. */
export class StackFeed {
  readonly requests: StackRequests;
  readonly list = new Observable<StackList>(NOTHING_KNOWN);
  /** The newest run of each stack and project, by `runKey()`. */
  readonly runs = new Observable<ReadonlyMap<string, Run>>(new Map());
  /** How often the server has greeted: what could not be asked before is worth another try after each. */
  readonly openings = new Observable(0);
  readonly socket: LiveSocket;
  readonly #board = new RunBoard();
  readonly #since: Since;
  readonly #asking: Refresher;
  readonly #toasts: Toasts;
  readonly #unshow: () => void;
  #asked = 0;
  #answered = 0;
  #lookers = 0;
  #looking: ReturnType<typeof setInterval> | undefined;
  #showing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly client: Client,
    readonly times: FeedTimes = TIMES,
    shelf: Shelf | undefined = browserShelf(),
  ) {
    this.requests = new StackRequests(client.transport);
    this.#since = new Since(shelf);
    this.#toasts = new Toasts(client.desktop);
    this.#asking = new Refresher(() => this.#ask(), times.gapMs);
    this.socket = new LiveSocket(client.transport, {
      path: () => `/stacks?since=${this.#since.last}`,
      onFrame: (text) => this.#take(text),
      onOpen: () => this.#opened(),
    });
    this.#unshow = client.show("Stacks", this.socket);
  }

  /** Asks for the list soon. */
  readonly refresh = (): void => this.#asking.ask();

  /** Asks for the list now; resolves once it is there, or is known not to come. */
  reload(): Promise<void> {
    return this.#ask();
  }

  /** Begins something; its end is told in Docker Desktop too. Throws as {@linkcode StackRequests} does. */
  act(stack: Stack, command: StackCommand): Promise<void> {
    return this.#begin(stack, () => this.requests.act(stack, command));
  }

  /** Accepts the files of a stack as they are now. */
  accept(stack: Stack): Promise<void> {
    return this.requests.accept(stack.stack_id!);
  }

  /** Begins to remove a stack, in the same way. */
  remove(stack: Stack, volumes: boolean): Promise<void> {
    return this.#begin(stack, () => this.requests.remove(stack.stack_id!, volumes));
  }

  /** Keeps the list true to what the containers do on their own, until the returned function is called. */
  readonly look = (): () => void => {
    this.refresh();
    if (this.#lookers++ === 0) this.#looking = setInterval(this.#lookAgain, this.times.lookMs);
    return () => {
      if (--this.#lookers === 0) clearInterval(this.#looking);
    };
  };

  [Symbol.dispose](): void {
    this.#unshow();
    this.socket[Symbol.dispose]();
    this.#asking[Symbol.dispose]();
    clearInterval(this.#looking);
    clearTimeout(this.#showing);
  }

  /** A tab that nobody sees asks for nothing. */
  readonly #lookAgain = (): void => {
    if (globalThis.document?.hidden !== true) this.refresh();
  };

  #opened(): void {
    this.refresh();
    this.openings.set(this.openings.value + 1);
  }

  async #begin(stack: Stack, request: () => Promise<void>): Promise<void> {
    const forget = this.#toasts.expect(runKeyOf(stack), stack.name);
    try {
      await request();
    } catch (error) {
      forget();
      throw error;
    }
  }

  #take(text: string): void {
    const frame = JSON.parse(text) as StackEvent | { readonly type?: undefined };
    if (frame.type === undefined || frame.seq === undefined) return;
    const key = runKey(frame.data);
    let run = this.#board.take(frame);
    const goesOn = run !== undefined && run.end === undefined;
    if (this.#since.note(frame.seq, key, goesOn)) {
      this.#board.clear();
      run = this.#board.take(frame);
    }
    this.#toasts.take(key, run);
    this.refresh();
    this.#showing ??= setTimeout(() => this.#show(), this.times.showMs);
  }

  #show(): void {
    this.#showing = undefined;
    this.runs.set(this.#board.snapshot());
    this.#since.keep();
  }

  async #ask(): Promise<void> {
    const turn = ++this.#asked;
    const told = (list: StackList) => {
      // An answer that is overtaken by a newer one is old.
      if (turn < this.#answered) return;
      this.#answered = turn;
      this.list.set(reused(this.list.value, list));
    };
    try {
      told(await this.requests.everything());
    } catch (cause) {
      told({ ...this.list.value, error: cause instanceof Error ? cause.message : String(cause) });
    }
  }
}

function browserShelf(): Shelf | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    // Forbidden: then each visit reads everything.
    return undefined;
  }
}
