import type { DetailedStatsMessage } from "../../../../../server/protocol/stats.ts";
import type { HostReport } from "../../../../../server/protocol/hosts.ts";
import type { OutputDropped, OutputMessage, OutputNotice } from "../../../../../server/protocol/output.ts";
import { MISSING_LINES } from "../../components/labels.ts";
import type { LineText } from "../../lib/lines/line.ts";
import { LineStore } from "../../lib/lines/line_store.ts";
import { LiveSocket, refusalOf } from "../../lib/live.ts";
import { Observable } from "../../lib/observable.ts";
import { capitalize } from "../../lib/text.ts";
import type { Transport } from "../../lib/transport/transport.ts";
import { CONTAINER_REMOVED, LABELS, unknownHost } from "./labels.ts";
import { OutputEvents } from "./events/output_events.ts";
import { OutputArchive } from "./output_archive.ts";
import { OutputPages } from "./output_pages.ts";
import { OutputPaging } from "./output_paging.ts";
import { OutputSearch } from "./search/output_search.ts";
import { type ContainerKey, isMerged, type OutputTarget, targetOptions, toLine } from "./output_target.ts";
import { ReplayFilters } from "./replay_filters.ts";

/** Number of past lines that a new feed requests, of all containers and at least of each. */
const TAIL = 500;
const LEAST_TAIL = 50;

/** Frame of the socket: lines, the end or restart of a container, or the server's note about dropped lines. */
type Frame = readonly OutputMessage[] | OutputMessage | OutputNotice | OutputDropped;

/** A container of a merged log. */
export interface OutputSource extends ContainerKey {
  readonly name: string;
}

/** Live logs of one container, or of several as one list. */
export class OutputFeed implements Disposable {
  /** Received lines. */
  readonly lines = new LineStore();
  readonly socket: LiveSocket;
  /** Loads the other parts of the log. */
  readonly paging: OutputPaging;
  /** Reads the whole log for a download. */
  readonly archive: OutputArchive;
  /** Searches the whole log. */
  readonly search: OutputSearch;
  /** Known containers, ordered by name. */
  readonly sources = new Observable<readonly OutputSource[]>([]);
  readonly #events: OutputEvents;
  readonly #merged: boolean;
  readonly #filters = new ReplayFilters();
  readonly #ended = new Map<string, string | null>();
  /** Containers that have written lines. */
  readonly #seen = new Map<string, ContainerKey>();
  #loading: Promise<void> | undefined;

  constructor(readonly transport: Transport, readonly target: OutputTarget) {
    this.#merged = isMerged(target);
    const [only] = target.containers;
    const pages = new OutputPages(transport, this.#merged);
    const sources = () => this.#sources();
    this.paging = new OutputPaging(this.lines, pages, sources);
    this.archive = new OutputArchive(transport, target, pages, sources);
    this.search = new OutputSearch(transport, target, () => this.sources.value);
    const nameOf = this.#merged ? (id: string, past: string | null) => this.nameOf(id, past) : undefined;
    this.#events = new OutputEvents({ transport, store: this.lines, target, nameOf });
    this.socket = new LiveSocket(transport, {
      path: () => this.#path(),
      onOpen: () => this.#filters.reopened(),
      onFrame: (text) => this.#frame(JSON.parse(text)),
      ...!this.#merged && only !== undefined && { refusal: (transport) => outputRefusal(transport, only) },
    });
    if (this.#merged) void this.#sources();
  }

  [Symbol.dispose](): void {
    this.socket[Symbol.dispose]();
    this.paging[Symbol.dispose]();
    this.search[Symbol.dispose]();
    this.#events[Symbol.dispose]();
    this.lines[Symbol.dispose]();
  }

  /**
   * Returns the name of a container of the log.
   *
   * @param past Name of a container that may have been removed since.
   */
  nameOf(containerId: string, past: string | null = null): string {
    return this.sources.value.find((source) => source.containerId === containerId)?.name ??
      (past === null ? containerId.slice(0, 12) : shortName(past, this.target.project));
  }

  #path(): string {
    const { since } = this.#filters;
    const count = this.target.project === undefined ? this.target.containers.length : 5;
    const tail = Math.max(Math.ceil(TAIL / count), LEAST_TAIL);
    const from: [string, string] = since === undefined ? ["tail", String(tail)] : ["since", since];
    return `/logs/ws?${new URLSearchParams([...targetOptions(this.target), ["batch", "1"], from])}`;
  }

  #frame(frame: Frame): void {
    if (Array.isArray(frame)) {
      for (const message of frame as readonly OutputMessage[]) this.#line(message);
    } else if ("error" in frame) this.#end(frame);
    else if ("dropped" in frame) this.#push(this.#noteAbout(frame, droppedLines(frame.dropped)));
    else this.#line(frame as OutputMessage);
  }

  #line(message: OutputMessage): void {
    const kind = this.#filters.classify(message);
    if (kind === "new after a gap") this.#push(noteOf(MISSING_LINES));
    if (kind === "shown") return;
    const { containerId, hostId } = message;
    if (this.#merged && !this.#seen.has(containerId)) {
      this.#seen.set(containerId, { containerId, hostId });
      if (!this.sources.value.some((source) => source.containerId === containerId)) void this.#load();
    }
    this.#push(toLine(message, this.#merged));
  }

  #push(line: LineText): void {
    this.paging.received(line);
    this.lines.push(line);
  }

  /** Notes a change once, since the server repeats the end of the container at each connect. */
  #end(notice: OutputNotice): void {
    const { error, containerId } = notice;
    if (error === (this.#ended.get(containerId) ?? null)) return;
    this.#ended.set(containerId, error);
    this.#events.expect();
    this.#push(this.#noteAbout(notice, describeEnd(error)));
  }

  #noteAbout({ containerId }: { readonly containerId: string }, text: string): LineText {
    if (!this.#merged) return noteOf(text);
    return { ...noteOf(`${this.nameOf(containerId)}: ${text}`), source: containerId };
  }

  /** Returns the containers; those of a project are requested again while none is known. */
  async #sources(): Promise<readonly ContainerKey[]> {
    if (!this.#merged) return this.target.containers;
    if (this.sources.value.length === 0) await this.#load();
    return this.sources.value;
  }

  #load(): Promise<void> {
    return this.#loading ??= this.#request().finally(() => this.#loading = undefined);
  }

  /** Without an answer, the ids serve as names. */
  async #request(): Promise<void> {
    const { containers, project, hostId } = this.target;
    const all = await this.transport.ask<readonly DetailedStatsMessage[]>("/docker/stats?detail=full").catch(
      () => undefined,
    );
    // Containers may have written their first line meanwhile.
    const wanted = new Map([...containers, ...this.#seen.values()].map((key) => [key.containerId, key]));
    const found = (all ?? []).filter((one) =>
      wanted.has(one.id) ||
      project !== undefined && one.project === project && (hostId ?? one.hostId) === one.hostId
    ).map(({ id, hostId, name }) => ({ containerId: id, hostId, name: shortName(name, project) }));
    const missing = wanted.values().filter(({ containerId }) =>
      !found.some((one) => one.containerId === containerId)
    ).map((key) => ({ ...key, name: key.containerId.slice(0, 12) }));
    this.sources.set([...found, ...missing].sort((one, other) => one.name.localeCompare(other.name)));
  }
}

/** Returns the note about lines that arrived faster than this page received them. */
function droppedLines(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "line was" : "lines were"} dropped for this page`;
}

/** Returns the name of a container without that of its project, if the log is about the project. */
function shortName(name: string, project: string | undefined): string {
  return project !== undefined && /^[-_]./.test(name.slice(project.length)) && name.startsWith(project)
    ? name.slice(project.length + 1)
    : name;
}

/** Returns the text of an end or restart. A container that was created has not ended. */
function describeEnd(error: string | null): string {
  if (error === null) return LABELS.restarted;
  return /\(created\)$/.test(error) ? LABELS.notStarted : error;
}

/** Returns a note, punctuated as a sentence. */
function noteOf(text: string): LineText {
  return {
    timestamp: "",
    text: capitalize(text).replace(/[^.]$/, "$&."),
    note: true,
  };
}

/** Returns why the server refuses the socket; `undefined` when a retry may succeed. */
async function outputRefusal(
  transport: Transport,
  { hostId, containerId }: ContainerKey,
): Promise<string | undefined> {
  const refused = await refusalOf(transport);
  if (refused !== undefined) return refused;
  try {
    const host = (await transport.ask<readonly HostReport[]>("/docker/hosts")).find((one) =>
      one.hostId === hostId
    );
    if (host === undefined) return unknownHost(hostId);
    const query = new URLSearchParams({ host: hostId, container: containerId });
    const found = await transport.ask<readonly DetailedStatsMessage[]>(`/docker/stats?${query}`);
    // The containers of a host that is down are unknown.
    return host.state === "up" && found.length === 0 ? CONTAINER_REMOVED : undefined;
  } catch {
    // A missing answer is not a refusal; the socket retries.
    return undefined;
  }
}
