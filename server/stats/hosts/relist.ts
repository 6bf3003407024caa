/** Compares the containers of a host with its engine's list from time to time. */
import { pause } from "../../duration.ts";
import { getLogger } from "../../log/log.ts";
import type { Demand } from "../demand.ts";
import type { EventStream } from "../event_stream.ts";
import type { Inventory } from "../inventory.ts";
import type { CollectorTimes } from "../times.ts";

const log = getLogger(["dockstat", "host"]);

/** Parts of a connection that take part in the comparison. */
export interface Listed {
  readonly hostId: string;
  readonly inventory: Inventory;
  readonly events: EventStream;
  readonly demand: Demand;
}

/**
 * Compares with the list until the signal aborts. A change that no event reports means that the connection for events
 * is dead, so it is opened again.
 *
 * @throws {AppError} when the engine refuses or does not answer.
 */
export async function keepListed(
  { hostId, inventory, events, demand }: Listed,
  { relistMs, idleRelistMs, eventDelayMs }: CollectorTimes,
  session: AbortSignal,
): Promise<void> {
  while (!session.aborted) {
    await pause(relistMs, session);
    await demand.begunWithin(idleRelistMs - relistMs, session);
    if (session.aborted) return;
    const changed = await inventory.readAll(session);
    if (changed.length === 0) continue;
    await pause(eventDelayMs, session);
    if (session.aborted || changed.some((id) => inventory.hasHeard(id))) continue;
    log.warn("Host {hostId}: events are missing, subscribing again", { hostId });
    await events.open(session);
    await inventory.readAll(session);
  }
}
