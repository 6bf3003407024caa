import type { TimelineEvent, TimelinePage } from "../../../../../../server/protocol/past/timeline.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import type { LineText } from "../../../lib/lines/line.ts";
import { firstLine, type LineStore } from "../../../lib/lines/line_store.ts";
import type { Transport } from "../../../lib/transport/transport.ts";
import { describeEvent } from "./event_texts.ts";
import type { OutputTarget } from "../output_target.ts";

/** Kinds that separate lines; the socket of the log reports the newer ones of containers. */
const KINDS = ["start", "restart", "exit", "oom", "deploy"] as const;
/** Number of events of a request. */
const MOST = 500;
/** Delay after a change of a container, in which its deployment ends, ms. */
const SETTLE_MS = 2000;

/** A container's place in a Compose project. */
type Place = Pick<DetailedStatsMessage, "hostId" | "project" | "service">;

/** Options for {@linkcode OutputEvents}. */
export interface OutputEventsOptions {
  readonly transport: Transport;
  readonly store: LineStore;
  readonly target: OutputTarget;
  /** Returns the name of a container of a merged log; `undefined` in the log of one container. */
  readonly nameOf: ((containerId: string, past: string | null) => string) | undefined;
}

/** Adds starts, ends and deployments from the server's timeline to a log, as notes between its lines. */
export class OutputEvents implements Disposable {
  /** Events by id. */
  readonly #events = new Map<number, TimelineEvent>();
  /** Earliest timestamp whose events are known; `undefined` before the first request. */
  #from: string | undefined;
  #first: string | undefined;
  readonly #opened = new Date().toISOString();
  readonly #stop = new AbortController();
  readonly #unsubscribe: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isBusy = false;
  /** Places of the containers, once they are known. */
  #places: readonly Place[] | undefined;

  constructor(readonly options: OutputEventsOptions) {
    this.#unsubscribe = options.store.view.subscribe(() => this.#changed());
  }

  [Symbol.dispose](): void {
    this.#unsubscribe();
    clearTimeout(this.#timer);
    this.#stop.abort();
  }

  /** Requests newer events soon; called when a container has started or ended. */
  readonly expect = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#request(this.#opened), SETTLE_MS);
  };

  /** The first line changes when older lines are loaded, and when others replace all lines. */
  #changed(): void {
    const first = firstLine(this.options.store.view.value)?.timestamp;
    if (first === undefined || first === "" || first === this.#first) return;
    this.#first = first;
    if (this.#from !== undefined && first >= this.#from) this.#insert();
    else void this.#request(first);
  }

  async #request(since: string): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      const [{ events }, deployments] = await Promise.all([
        this.#ask<TimelinePage>(`/events?${this.#query(since)}`),
        this.#deployments(since),
      ]);
      for (const event of [...events, ...deployments]) this.#events.set(event.id, event);
      if (this.#from === undefined || since < this.#from) this.#from = since;
      this.#insert();
    } catch {
      // The log is complete without the notes; the next change requests them again.
    } finally {
      this.#isBusy = false;
    }
  }

  #ask<T>(path: string): Promise<T> {
    return this.options.transport.ask<T>(path, { signal: this.#stop.signal });
  }

  /** Requests the deployments of the containers' projects, which are not events of a container. */
  async #deployments(since: string): Promise<readonly TimelineEvent[]> {
    const { containers, project } = this.options.target;
    if (project !== undefined) return [];
    const ids = containers.map(({ containerId }) => ["container", containerId]);
    const places = this.#places ??= (await this.#ask<readonly Place[]>(
      `/docker/stats?${new URLSearchParams([["detail", "full"], ...ids])}`,
    )).filter((place) => place.project !== null);
    if (places.length === 0) return [];
    const options = [
      ...[...new Set(places.map(({ hostId }) => hostId))].map((hostId) => ["host", hostId]),
      ...[...new Set(places.map((place) => place.project!))].map((name) => ["project", name]),
      ...[["kind", "deploy"], ["since", since], ["tail", String(MOST)]],
    ];
    const { events } = await this.#ask<TimelinePage>(`/events?${new URLSearchParams(options)}`);
    return events.filter((event) => places.some((place) => concerns(event, place)));
  }

  #query(since: string): URLSearchParams {
    const { containers, project, hostId } = this.options.target;
    return new URLSearchParams([
      ...containers.map(({ containerId }) => ["container", containerId]),
      ...project === undefined ? [] : [["project", project]],
      ...hostId === undefined ? [] : [["host", hostId]],
      ...KINDS.map((kind) => ["kind", kind]),
      ...[["since", since], ["tail", String(MOST)]],
    ]);
  }

  #insert(): void {
    const { store } = this.options;
    const shown = new Set(
      store.view.value.entries.filter(({ head }) => head.note).map(({ head }) => keyOf(head)),
    );
    const notes = [...this.#events.values()].filter((event) => this.#isWanted(event)).map((event) =>
      this.#noteOf(event)
    );
    const missing = notes.filter((note) => !shown.has(keyOf(note)));
    if (missing.length > 0) store.insertNotes(missing);
  }

  /** The socket reports starts and ends since the log was opened. */
  #isWanted({ kind, timestamp }: TimelineEvent): boolean {
    return kind === "deploy" || timestamp < this.#opened;
  }

  #noteOf(event: TimelineEvent): LineText {
    const { timestamp, containerId, name } = event;
    const { nameOf } = this.options;
    const text = describeEvent(event);
    if (nameOf === undefined || containerId === null) return { timestamp, text, note: true };
    return { timestamp, text: `${nameOf(containerId, name)}: ${text}`, source: containerId, note: true };
  }
}

/** Returns true for an operation on the project of a container, or on its service. */
function concerns(event: TimelineEvent, { hostId, project, service }: Place): boolean {
  return event.hostId === hostId && event.project === project &&
    (event.service === null || event.service === service);
}

function keyOf({ timestamp, text }: LineText): string {
  return `${timestamp} ${text.replace(/^[^:]*: /, "")}`;
}
