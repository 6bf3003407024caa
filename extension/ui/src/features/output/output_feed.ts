import type { DetailedStatsMessage } from "../../../../../server/protocol/stats.ts";
import type { HostReport } from "../../../../../server/protocol/hosts.ts";
import type { LogMessage } from "../../../../../server/protocol/log.ts";
import type { OutputMessage, OutputNotice } from "../../../../../server/protocol/output.ts";
import { MISSING_LINES } from "../../components/labels.ts";
import { LineStore, type LineText } from "../../lib/line_store.ts";
import { LiveSocket, refusalOf } from "../../lib/live.ts";
import { plainText } from "../../lib/plain_text.ts";
import { capitalise } from "../../lib/text.ts";
import type { Transport } from "../../lib/transport/transport.ts";
import { CONTAINER_REMOVED, LABELS, unknownHost } from "./labels.ts";
import { ReplayFilter } from "./replay_filter.ts";

/** Number of past lines that a new feed requests. */
const TAIL = 500;

/** Identity of a container. */
export interface ContainerKey {
  readonly hostId: string;
  /** The full id. */
  readonly containerId: string;
}

/** Frame of the socket: a line, the end or restart of the container, or the server's note about dropped lines. */
type Frame = OutputMessage | OutputNotice | LogMessage;

/** Live logs of one container. */
export class OutputFeed implements Disposable {
  /** Received lines. */
  readonly lines = new LineStore();
  readonly socket: LiveSocket;
  readonly #filter = new ReplayFilter();
  #ended: string | null = null;

  constructor(transport: Transport, readonly container: ContainerKey) {
    this.socket = new LiveSocket(transport, {
      path: () => this.#path(),
      onOpen: () => this.#filter.reopened(),
      onFrame: (text) => this.#frame(JSON.parse(text)),
      refusal: (transport) => outputRefusal(transport, container),
    });
  }

  [Symbol.dispose](): void {
    this.socket[Symbol.dispose]();
    this.lines[Symbol.dispose]();
  }

  #path(): string {
    const { since } = this.#filter;
    const { hostId: host, containerId: container } = this.container;
    const from = since === undefined ? { tail: String(TAIL) } : { since };
    return `/logs/ws?${new URLSearchParams({ container, host, ...from })}`;
  }

  #frame(frame: Frame): void {
    if ("error" in frame) return this.#end(frame.error);
    if ("level" in frame) return this.lines.push(noteOf(frame.message, frame.timestamp));
    const kind = this.#filter.classify(frame);
    if (kind === "new after a gap") this.lines.push(noteOf(MISSING_LINES));
    if (kind !== "shown") this.lines.push(toLine(frame));
  }

  /** Notes a change once, since the server repeats the end of the container at each connect. */
  #end(error: string | null): void {
    if (error === this.#ended) return;
    this.#ended = error;
    this.lines.push(noteOf(error ?? LABELS.restarted));
  }
}

function toLine({ timestamp, message, stream }: OutputMessage): LineText {
  return {
    timestamp,
    mark: { label: stream, tone: stream === "stderr" ? "error" : "quiet" },
    text: plainText(message),
  };
}

/** Returns a note, punctuated as a sentence. */
function noteOf(text: string, timestamp = ""): LineText {
  return {
    timestamp,
    text: capitalise(text).replace(/[^.]$/, "$&."),
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
