/** All containers of a host at one moment. */
import { statusText } from "../docker/container.ts";
import type { Collector } from "./collector.ts";
import { ContainerUpdate } from "./update.ts";

/**
 * Returns an update of every known container. Those whose numbers have not come, or are too old, are reported without.
 *
 * @param maxAgeMs Maximum age of a running container's sample.
 */
export function everyContainer(
  { hostId, board }: Pick<Collector, "hostId" | "board">,
  maxAgeMs: number,
): ContainerUpdate[] {
  const newest = board.newest(maxAgeMs);
  const known = new Set(newest.map(({ facts }) => facts.container.id));
  const now = Date.now() + board.clockOffsetMs;
  const waiting = board.containers().filter(({ id }) => !known.has(id)).map((container) =>
    new ContainerUpdate({
      ...{ hostId, container, status: statusText(container, now) },
      ...{ sample: undefined, stale: true, changed: true },
    })
  );
  return [...newest, ...waiting];
}
