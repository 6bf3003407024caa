/** Start of the bad health of containers, from the timeline of the server. */
import type { TimelineEvent, TimelinePage } from "../../../../../../server/protocol/past/timeline.ts";
import type { Transport } from "../../../lib/transport/transport.ts";
import { keyOf } from "../model/container_row.ts";

/** Requests the newest events of health checks. */
const PATH = "/events?kind=health&tail=1000";

/** Returns when each container became unhealthy, by its key, epoch ms; empty when the server has no timeline. */
export async function requestUnhealthySince(transport: Transport): Promise<ReadonlyMap<string, number>> {
  try {
    const { events } = await transport.ask<TimelinePage>(PATH);
    return unhealthySince(events);
  } catch {
    // The panel shows the uptime instead.
    return new Map();
  }
}

/** Returns the start of the last unhealthy period of each container that is unhealthy, epoch ms. */
export function unhealthySince(events: readonly TimelineEvent[]): ReadonlyMap<string, number> {
  const since = new Map<string, number>();
  for (const { hostId, containerId, state, timestamp } of events) {
    if (containerId === null) continue;
    const key = keyOf({ hostId, id: containerId });
    if (state !== "unhealthy") since.delete(key);
    else if (!since.has(key)) since.set(key, Date.parse(timestamp));
  }
  return since;
}
