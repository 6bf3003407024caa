import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import type { DetailedStackEvent } from "../../../../../../server/protocol/stack_events.ts";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Client } from "../../../lib/client.ts";
import { LiveSocket } from "../../../lib/live.ts";
import { Observable } from "../../../lib/observable.ts";
import { Refresher } from "../../../lib/refresher.ts";
import { ContentRequests } from "./content_requests.ts";
import { newlyFinished, withFinished } from "./finished.ts";
import { NO_READINGS, type Readings } from "./readings.ts";
import { type Run, RunBoard, runKey } from "./runs.ts";
import { type Shelf, Since } from "./resume_point.ts";
import { NOTHING_KNOWN, reused, runKeyOf, type StackList } from "./stack_list.ts";
import {
  type AdoptionResult,
  type DeployOptions,
  type ServiceCommand,
  type StackCommand,
  StackRequests,
} from "./stack_requests.ts";
import { Toasts } from "./toasts.ts";

/** Intervals of a feed, ms; tests shorten them. */
export interface FeedTimes {
  /** Shortest distance between two requests for the list. */
  readonly gapMs: number;
  /** Interval of requests for the list while it is shown: containers change without an event. */
  readonly pollMs: number;
  /** Delay before events are shown, so that a burst is rendered once. */
  readonly showMs: number;
  /** Interval of requests for the output of a running build while it is shown. */
  readonly outputMs: number;
}

const TIMES: FeedTimes = { gapMs: 500, pollMs: 3000, showMs: 100, outputMs: 1500 };

/** The stacks of all hosts and their operations. */
export class StackFeed {
  /** Requests about stacks. */
  readonly requests: StackRequests;
  /** Requests about their files and versions. */
  readonly contents: ContentRequests;
  /** The newest list of stacks. */
  readonly list = new Observable<StackList>(NOTHING_KNOWN);
  /** The newest run of each stack and project, by `runKey()`. */
  readonly runs = new Observable<ReadonlyMap<string, Run>>(new Map());
  /** Changes that the first deployment of each stack adopted here would make, by its id. */
  readonly adoptions = new Observable<ReadonlyMap<number, AdoptionResult["warnings"]>>(new Map());
  /** Operations that have ended since the page was opened, and were not dismissed; oldest first. */
  readonly finished = new Observable<readonly Operation[]>([]);
  /** Number of connections so far: failed requests are retried after each. */
  readonly openings = new Observable(0);
  /** The socket of events. */
  readonly socket: LiveSocket;
  readonly #board = new RunBoard();
  readonly #since: Since;
  readonly #asking: Refresher;
  readonly #toasts: Toasts;
  readonly #unshow: () => void;
  #asked = 0;
  #answered = 0;
  #viewers = 0;
  /** Projects all of whose containers are hidden, as `HOST/NAME`; the page sets it. */
  readonly hidden = new Observable<ReadonlySet<string>>(new Set());
  #polling: ReturnType<typeof setInterval> | undefined;
  #render: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly client: Client,
    readonly times: FeedTimes = TIMES,
    shelf: Shelf | undefined = browserShelf(),
    /** Statistics of the containers. */
    readonly readings: Readings = NO_READINGS,
  ) {
    this.requests = new StackRequests(client.transport);
    this.contents = new ContentRequests(client.transport);
    this.#since = new Since(shelf);
    this.#toasts = new Toasts(client.desktop);
    this.#asking = new Refresher(() => this.#ask(), times.gapMs);
    this.socket = new LiveSocket(client.transport, {
      path: () => `/stacks?detail=full&since=${this.#since.last}`,
      onFrame: (text) => this.#take(text),
      onOpen: () => this.#opened(),
    });
    this.#unshow = client.show("Stacks", this.socket);
  }

  /** Requests the list soon. */
  readonly refresh = (): void => this.#asking.ask();

  /** Requests the list now; resolves when it has arrived or failed. */
  reload(): Promise<void> {
    return this.#ask();
  }

  /** Starts an operation. Docker Desktop shows its end. Throws as {@linkcode StackRequests} does. */
  act(stack: Stack, command: StackCommand, options: DeployOptions = {}): Promise<void> {
    return this.#start(stack, () => this.requests.act(stack, command, options));
  }

  /** Starts an operation on one service of a stack, in the same way. */
  actOnService(stack: Stack, service: string, command: ServiceCommand): Promise<void> {
    return this.#start(stack, () => this.requests.actOnService(stack, service, command));
  }

  /** Adopts a project, and keeps what its first deployment would change; returns the id of its stack. */
  async adopt(stack: Stack): Promise<number> {
    const { stackId, warnings } = await this.requests.adopt(stack);
    this.#setAdoption(stackId, warnings);
    return stackId;
  }

  /** Drops what the first deployment of an adopted stack would change. */
  readonly dismissAdoption = (stackId: number): void => this.#setAdoption(stackId, []);

  /** Accepts the files of a stack as they are now. */
  accept(stack: Stack): Promise<void> {
    return this.requests.accept(stack.stack_id!);
  }

  /** Starts to remove a stack or project, in the same way. */
  remove(stack: Stack, volumes: boolean): Promise<void> {
    return this.#start(stack, () => this.requests.remove(stack, volumes));
  }

  /** Requests the list regularly until the returned function is called. */
  readonly look = (): () => void => {
    this.refresh();
    if (this.#viewers++ === 0) this.#polling = setInterval(this.#poll, this.times.pollMs);
    return () => {
      if (--this.#viewers === 0) clearInterval(this.#polling);
    };
  };

  /** Drops the note about the end of an operation. */
  readonly dismiss = (operationId: number): void => {
    this.finished.set(this.finished.value.filter(({ operation_id }) => operation_id !== operationId));
  };

  [Symbol.dispose](): void {
    this.#unshow();
    this.socket[Symbol.dispose]();
    this.#asking[Symbol.dispose]();
    clearInterval(this.#polling);
    clearTimeout(this.#render);
  }

  /** A hidden tab requests nothing. */
  readonly #poll = (): void => {
    if (globalThis.document?.hidden !== true) this.refresh();
  };

  #setAdoption(stackId: number, warnings: AdoptionResult["warnings"]): void {
    const adoptions = new Map(this.adoptions.value);
    if (warnings.length === 0) adoptions.delete(stackId);
    else adoptions.set(stackId, warnings);
    this.adoptions.set(adoptions);
  }

  #opened(): void {
    this.refresh();
    this.openings.set(this.openings.value + 1);
  }

  async #start(stack: Stack, request: () => Promise<void>): Promise<void> {
    const cancel = this.#toasts.expect(runKeyOf(stack), stack.name);
    try {
      await request();
    } catch (error) {
      cancel();
      throw error;
    }
  }

  #take(text: string): void {
    const frame = JSON.parse(text) as DetailedStackEvent | { readonly type?: undefined };
    if (frame.type === undefined || frame.seq === undefined) return;
    const key = runKey(frame.data);
    let run = this.#board.take(frame);
    const isRunning = run !== undefined && run.end === undefined;
    if (this.#since.note(frame.seq, key, isRunning)) {
      this.#board.clear();
      run = this.#board.take(frame);
    }
    this.#toasts.take(key, run);
    this.refresh();
    this.#render ??= setTimeout(() => this.#show(), this.times.showMs);
  }

  #show(): void {
    this.#render = undefined;
    this.runs.set(this.#board.snapshot());
    this.#since.keep();
  }

  async #ask(): Promise<void> {
    const request = ++this.#asked;
    const apply = (list: StackList) => {
      // A newer request was answered first.
      if (request < this.#answered) return;
      this.#answered = request;
      const { known, operations } = this.list.value;
      const ended = newlyFinished(known ? operations : undefined, list.operations);
      this.finished.set(withFinished(this.finished.value, ended));
      this.list.set(reused(this.list.value, list));
    };
    try {
      apply(await this.requests.everything());
    } catch (cause) {
      apply({ ...this.list.value, error: cause instanceof Error ? cause.message : String(cause) });
    }
  }
}

function browserShelf(): Shelf | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    // Not allowed: each visit then reads everything.
    return undefined;
  }
}
