/** Frames of `/docker/stats`, serialized once for all viewers with the same options. */
import type { Client } from "../http/socket.ts";
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
