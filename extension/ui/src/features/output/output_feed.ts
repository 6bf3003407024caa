import type { DetailedStatsMessage } from "../../../../../server/protocol/stats.ts";
import type { HostReport } from "../../../../../server/protocol/hosts.ts";
import type { LogMessage } from "../../../../../server/protocol/log.ts";
import type { OutputMessage } from "../../../../../server/protocol/output.ts";
import { LineStore, type LineText } from "../../lib/line_store.ts";
import { LiveSocket, refusalOf } from "../../lib/live.ts";
import { plainText } from "../../lib/plain_text.ts";
import type { Transport } from "../../lib/transport/transport.ts";
import { OutputBorder } from "./replay_filter.ts";

/** How many lines of the past are shown at first. */
const TAIL = 500;

/** Which container. */
export interface ContainerKey {
  readonly hostId: string;
  /** The full id. */
  readonly containerId: string;
}

/** The container has ended, and why; or with `null` its output goes on. */
interface EndFrame {
  readonly error: string | null;
}

/** A frame of the socket: a line, an end, or how many lines the server has dropped for us. */
type Frame = OutputMessage | EndFrame | LogMessage;

/** The output of one container, for as long as it is looked at. */
export class OutputFeed implements Disposable {
  readonly lines = new LineStore();
  readonly socket: LiveSocket;
  readonly #border = new OutputBorder();
  #ended: string | null = null;

  constructor(transport: Transport, readonly container: ContainerKey) {
    this.socket = new LiveSocket(transport, {
      path: () => this.#path(),
      onOpen: () => this.#border.reopened(),
      onFrame: (text) => this.#frame(JSON.parse(text)),
      refusal: (transport) => whyNot(transport, container),
    });
  }

  [Symbol.dispose](): void {
    this.socket[Symbol.dispose]();
    this.lines[Symbol.dispose]();
  }

  #path(): string {
    const { since } = this.#border;
    const { hostId: host, containerId: container } = this.container;
    const from = since === undefined ? { tail: String(TAIL) } : { since };
    return `/logs/ws?${new URLSearchParams({ container, host, ...from })}`;
  }

  #frame(frame: Frame): void {
    if ("error" in frame) return this.#end(frame.error);
    if ("level" in frame) return this.lines.push(noteOf(frame.message, frame.timestamp));
    const known = this.#border.judge(frame);
    if (known === "new after a gap") {
      this.lines.push(noteOf("The connection was lost: lines may be missing here."));
    }
    if (known !== "shown") this.lines.push(toLine(frame));
  }

  /** Said again at each connect while the container does not run. */
  #end(error: string | null): void {
    if (error === this.#ended) return;
    this.#ended = error;
    this.lines.push(noteOf(error ?? "The output goes on."));
  }
}

function toLine({ timestamp, message, stream }: OutputMessage): LineText {
  return {
    timestamp,
    mark: { word: stream, tone: stream === "stderr" ? "error" : "quiet" },
    text: plainText(message),
  };
}

/** As a sentence. */
function noteOf(text: string, timestamp = ""): LineText {
  return {
    timestamp,
    text: `${text.charAt(0).toUpperCase()}${text.slice(1)}`.replace(/[^.]$/, "$&."),
    note: true,
  };
}

/** Why the server will not open the socket; `undefined` when it may do so later. */
async function whyNot(
  transport: Transport,
  { hostId, containerId }: ContainerKey,
): Promise<string | undefined> {
  const refused = await refusalOf(transport);
  if (refused !== undefined) return refused;
  try {
    const host = (await transport.ask<readonly HostReport[]>("/docker/hosts")).find((one) =>
      one.hostId === hostId
    );
    if (host === undefined) return `there is no host “${hostId}”`;
    const query = new URLSearchParams({ host: hostId, container: containerId });
    const found = await transport.ask<readonly DetailedStatsMessage[]>(`/docker/stats?${query}`);
    // Of a host that is down it is not known what it has.
    return host.state === "up" && found.length === 0 ? "the container is not there any more" : undefined;
  } catch {
    // Whoever does not answer now has not refused: it is tried again.
    return undefined;
  }
}
