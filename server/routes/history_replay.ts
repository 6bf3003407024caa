/** History frames of `/docker/stats`: made once per second for all clients, and sent to one client at a time. */
import { pause } from "../duration.ts";
import type { Client } from "../http/socket.ts";
import type { CurveMessage } from "../protocol/past/history.ts";
import type { HistoryMessage } from "../protocol/stats.ts";
import { Semaphore } from "../semaphore.ts";
import type { ContainerHistory } from "../stats/past/container_history.ts";

/** Time for which a frame is sent to further clients, ms. */
const FRESH_MS = 1000;
/** Total length of the kept frames, characters. */
const KEPT_CHARACTERS = 16 * 1024 * 1024;

/** Time span of history frames, and the largest number of rows; without one they have the newest points. */
export interface ReplayRequest {
  /** In ms. */
  readonly spanMs: number;
  readonly points?: number | undefined;
}

/** The history frames of a server. */
export class HistoryReplays {
  readonly #withToken = new Semaphore(1);
  readonly #others = new Semaphore(1);
  readonly #frames = new Map<string, string>();
  #keptSince = -Infinity;
  #characters = 0;

  /** @param now Current time, ms. */
  constructor(readonly now: () => number = () => performance.now()) {}

  /**
   * Sends a frame per container. Clients wait for each other, but not for a slow reader, and those with the token not
   * for others.
   */
  async send(
    client: Client,
    trusted: boolean,
    histories: Iterable<ContainerHistory>,
    request: ReplayRequest,
  ): Promise<void> {
    const semaphore = trusted ? this.#withToken : this.#others;
    const frames = this.#framesOf(histories, request);
    while (!client.signal.aborted && !await sendWhileRoom(client, semaphore, frames)) await client.room();
  }

  *#framesOf(histories: Iterable<ContainerHistory>, request: ReplayRequest): Generator<string, undefined> {
    for (const history of histories) yield this.frame(history, request);
  }

  /** Returns the frame of a container, which is made once per second. */
  frame(history: ContainerHistory, { spanMs, points }: ReplayRequest): string {
    const { hostId, container: { id } } = history;
    if (this.now() - this.#keptSince >= FRESH_MS) this.#clear();
    const key = `${hostId}/${id}/${spanMs}/${points}`;
    const kept = this.#frames.get(key);
    if (kept !== undefined) return kept;
    const frame = JSON.stringify(messageOf(history, points));
    if (this.#characters + frame.length > KEPT_CHARACTERS) this.#clear();
    this.#frames.set(key, frame);
    this.#characters += frame.length;
    return frame;
  }

  #clear(): void {
    this.#frames.clear();
    this.#characters = 0;
    this.#keptSince = this.now();
  }
}

function messageOf(history: ContainerHistory, points: number | undefined): HistoryMessage | CurveMessage {
  const { hostId, container: { id }, key } = history;
  return points === undefined
    ? { id, hostId, history: history.points }
    : { id, hostId, key, ...history.curve(points) };
}

/** @returns true when all frames were sent or the client is gone, false when there is no room. */
async function sendWhileRoom(
  client: Client,
  semaphore: Semaphore,
  frames: Iterator<string>,
): Promise<boolean> {
  using slot = await semaphore.acquireUnlessAborted(client.signal);
  if (slot === undefined) return true;
  while (client.hasRoom() && !client.signal.aborted) {
    const { done, value } = frames.next();
    if (done) return true;
    client.send(value);
    // Other requests are answered between two frames.
    await pause(0, client.signal);
  }
  return client.signal.aborted;
}
