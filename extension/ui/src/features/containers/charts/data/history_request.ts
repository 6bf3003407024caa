/** Requests for histories that are longer than those of the live socket. */
import type { HistoryMessage, HistoryPoint } from "../../../../../../../server/protocol/stats.ts";
import type { Transport } from "../../../../lib/transport/transport.ts";
import { type CombinedHistory, type Samples, samplesOf, samplesOfFrame } from "./samples.ts";

/** A container, and the length of its history. */
export interface HistoryQuestion {
  readonly hostId: string;
  readonly id: string;
  /** Length of the history, ms. */
  readonly spanMs: number;
  /** Maximum number of samples. */
  readonly points: number;
  readonly signal: AbortSignal;
}

/** A history; `limitMs` is the longest one of a server that refuses more. */
export interface HistoryAnswer {
  readonly samples: Samples;
  readonly limitMs?: number;
}

/** Longest history of servers that do not combine readings, ms. */
export const OLDER_LIMIT_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Longest history that a server may offer, h. */
const LONGEST_HOURS = 720;

/**
 * Requests a history. A server that does not combine readings sends single ones. Returns `undefined` when the server
 * refuses both, or cannot be reached.
 */
export async function requestHistory(
  transport: Transport,
  question: HistoryQuestion,
): Promise<HistoryAnswer | undefined> {
  const hours = Math.min(Math.ceil(question.spanMs / HOUR_MS), LONGEST_HOURS);
  const combined = await receive(transport, question, `history=${hours}h&points=${question.points}`);
  if (combined !== undefined) return { samples: combined };
  if (question.signal.aborted) return undefined;
  const limited = Math.min(hours, OLDER_LIMIT_MS / HOUR_MS);
  const single = await receive(transport, question, `history=${limited}h`);
  if (single === undefined) return undefined;
  return limited < hours ? { samples: single, limitMs: OLDER_LIMIT_MS } : { samples: single };
}

/** Opens a socket until the snapshot follows the history; `undefined` when the server refuses. */
function receive(
  transport: Transport,
  { hostId, id, signal }: HistoryQuestion,
  history: string,
): Promise<Samples | undefined> {
  const own = new URLSearchParams({ detail: "full", host: hostId, container: id, interval: "60s" });
  return new Promise((resolve) => {
    let opened = false;
    let samples: Samples = samplesOf([]);
    const channel = transport.open(`/docker/stats?${own}&${history}`, {
      opened: () => opened = true,
      frame: (text) => {
        const frame: unknown = JSON.parse(text);
        if (isHistory(frame)) return void (samples = samplesFrom(frame));
        if ("error" in (frame as object)) return;
        resolve(samples);
        channel.close();
      },
      closed: () => resolve(opened ? samples : undefined),
    });
    signal.addEventListener("abort", () => channel.close(), { once: true });
  });
}

function isHistory(frame: unknown): frame is HistoryMessage | CombinedHistory {
  return typeof frame === "object" && frame !== null && "history" in frame;
}

function samplesFrom(frame: HistoryMessage | CombinedHistory): Samples {
  return "columns" in frame ? samplesOfFrame(frame) : samplesOf(frame.history as readonly HistoryPoint[]);
}
