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

/** Returns the newest update of each container and host. */
export function newestOf<T extends Update>(updates: readonly T[]): readonly T[] {
  return [...new Map(updates.map((update) => [update.key, update])).values()];
}

/** Sends while there is room; returns the number of updates sent. */
export function sendWhileRoom(
  client: Client,
  updates: readonly Update[],
  { detail, batch }: FrameOptions,
): number {
  if (batch) {
    for (const update of updates) if (update instanceof HostUpdate) client.send(update.json());
    const frame = batchFrame(updates, detail);
    if (frame !== undefined) client.send(frame);
    return updates.length;
  }
  for (const [index, update] of updates.entries()) {
    // Asking the runtime costs as much as sending; every 32nd frame is enough to stay within the limit.
    if (index % 32 === 31 && !client.hasRoom()) return index;
    client.send(update.json(detail));
  }
  return updates.length;
}

/** Length of a frame from which on it is sent to a few clients at a time: the runtime holds a copy for each. */
const LARGE = 256 * 1024;
/** Number of clients that receive a large frame at the same time. */
const MOST_COPIES = 8;
/** Longest wait for a client that reads slowly, and interval of the checks, ms. */
const SLOW_MS = 200;
const CHECK_MS = 5;

const largeFrames = new Semaphore(MOST_COPIES);

/** Sends while there is room, and a large batch only while few clients receive one; returns the number of updates sent. */
export async function sendPaced(
  client: Client,
  updates: readonly Update[],
  options: FrameOptions,
): Promise<number> {
  const isLarge = options.batch && (batchFrame(updates, options.detail)?.length ?? 0) >= LARGE;
  if (!isLarge) return sendWhileRoom(client, updates, options);
  using slot = await largeFrames.acquireUnlessAborted(client.signal);
  if (slot === undefined || !client.hasRoom()) return 0;
  const sent = sendWhileRoom(client, updates, options);
  const end = performance.now() + SLOW_MS;
  while (!client.hasRoom() && performance.now() < end && !client.signal.aborted) {
    await pause(CHECK_MS, client.signal);
  }
  return sent;
}

/** Frames by batch: viewers with the same options share one serialized text. */
const batchFrames = [
  new WeakMap<readonly Update[], string>(),
  new WeakMap<readonly Update[], string>(),
] as const;

function batchFrame(updates: readonly Update[], detail: boolean): string | undefined {
  const cache = batchFrames[detail ? 1 : 0];
  const known = cache.get(updates);
  if (known !== undefined) return known;
  const containers = updates.filter((update) => update instanceof ContainerUpdate);
  if (containers.length === 0) return undefined;
  const frame = `[${containers.map((update) => update.json(detail)).join(",")}]`;
  cache.set(updates, frame);
  return frame;
}
