/** Frames of `/docker/stats`, serialized once for all viewers with the same options. */
import { pause } from "../duration.ts";
import type { Client } from "../http/socket.ts";
import { Semaphore } from "../semaphore.ts";
import { ContainerUpdate, HostUpdate, type Update } from "../stats/update.ts";

/** Options that decide on the shape of the frames. */
export interface FrameOptions {
  readonly detail: boolean;
  readonly batch: boolean;
}

/** Sends while there is room; returns the updates that were not sent. */
export function sendWhileRoom(
  client: Client,
  updates: readonly Update[],
  { detail, batch }: FrameOptions,
): readonly Update[] {
  if (batch) {
    sendNotices(client, updates);
    for (const { text } of batchFrames(updates, detail)) client.send(text());
    return NOTHING;
  }
  for (const [index, update] of updates.entries()) {
    // Asking the runtime costs as much as sending; every 32nd frame is enough to stay within the limit.
    if (index % 32 === 31 && !client.hasRoom()) return updates.slice(index);
    client.send(update.json(detail));
  }
  return NOTHING;
}

/** Length of a frame from which on it is sent to a few clients at a time: the runtime holds a copy for each. */
const LARGE = 256 * 1024;
/** Length of the longest batch in one frame: the runtime keeps a buffer per socket that is as long as its longest frame. */
const LONGEST = 1024 * 1024;
/** Length of the frames of a longer batch. */
const PART = 128 * 1024;
/** Number of clients that receive a large batch at the same time. */
const MOST_COPIES = 8;
/** Longest wait for a client that reads slowly, and interval of the checks, ms. */
const SLOW_MS = 200;
const CHECK_MS = 5;

const NOTHING: readonly Update[] = [];
const largeBatches = new Semaphore(MOST_COPIES);

/** Sends while there is room, and a large batch only while few clients receive one; returns the updates that were not sent. */
export async function sendPaced(
  client: Client,
  updates: readonly Update[],
  options: FrameOptions,
): Promise<readonly Update[]> {
  const frames = options.batch ? batchFrames(updates, options.detail) : [];
  if (frames.length < 2 && (frames[0]?.length ?? 0) < LARGE) {
    return sendWhileRoom(client, updates, options);
  }
  using slot = await largeBatches.acquireUnlessAborted(client.signal);
  if (slot === undefined || !client.hasRoom()) return updates;
  sendNotices(client, updates);
  const end = performance.now() + SLOW_MS;
  for (const { text, rest } of frames) {
    client.send(text());
    while (!client.hasRoom() && performance.now() < end && !client.signal.aborted) {
      await pause(CHECK_MS, client.signal);
    }
    if (!client.hasRoom()) return rest();
  }
  return NOTHING;
}

function sendNotices(client: Client, updates: readonly Update[]): void {
  for (const update of updates) if (update instanceof HostUpdate) client.send(update.json());
}

/** A frame of a batch. */
interface BatchFrame {
  /** Length of the text in characters. */
  readonly length: number;
  /** Returns the text, created at the first call: late viewers have their own batches, and may be queued for long. */
  readonly text: () => string;
  /** Returns the containers that follow in further frames. */
  readonly rest: () => readonly Update[];
}

/** Frames by batch: viewers with the same options share the serialized texts. */
const knownFrames = [
  new WeakMap<readonly Update[], readonly BatchFrame[]>(),
  new WeakMap<readonly Update[], readonly BatchFrame[]>(),
] as const;

/** Returns the containers of a batch as one frame, or as several if it is too long for one. */
function batchFrames(updates: readonly Update[], detail: boolean): readonly BatchFrame[] {
  const known = knownFrames[detail ? 1 : 0];
  const found = known.get(updates);
  if (found !== undefined) return found;
  const containers = updates.filter((update) => update instanceof ContainerUpdate);
  const texts = containers.map((update) => update.json(detail));
  const length = texts.reduce((sum, { length }) => sum + length + 1, 1);
  const frames = partsOf(texts, length > LONGEST ? PART : Infinity).map((part) => {
    let text: string | undefined;
    return {
      length: part.length,
      text: () => text ??= `[${part.texts.join(",")}]`,
      rest: () => containers.slice(part.next),
    };
  });
  known.set(updates, frames);
  return frames;
}

/** Texts that one frame holds. */
interface Part {
  readonly texts: string[];
  /** Length of the frame in characters. */
  length: number;
  /** Index of the text after the part. */
  next: number;
}

/** Cuts texts into parts up to a length. */
function partsOf(texts: readonly string[], most: number): readonly Part[] {
  const parts: Part[] = [];
  for (const [index, text] of texts.entries()) {
    let last = parts.at(-1);
    if (last === undefined || last.length + text.length + 1 > most) {
      parts.push(last = { texts: [], length: 1, next: index });
    }
    last.texts.push(text);
    last.length += text.length + 1;
    last.next = index + 1;
  }
  return parts;
}
