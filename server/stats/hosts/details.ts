/** Every counter of the containers, read once for a scrape. */
import { type Details, toDetails } from "../../docker/details.ts";
import type { Collector } from "../collector.ts";
import type { ContainerUpdate } from "../update.ts";

/** Longest time that a scrape waits for the details of a host, ms. */
const LONGEST_MS = 2000;

/** Returns the details of a container; `undefined` where they could not be read. */
export type DetailsOf = (hostId: string, id: string) => Details | undefined;

/** Reads the details of the containers whose numbers are current; hosts do not wait for each other. */
export async function readDetails(
  collectors: readonly Collector[],
  updates: readonly ContainerUpdate[],
  stop: AbortSignal,
): Promise<DetailsOf> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(LONGEST_MS)]);
  const found = new Map<string, Details>();
  const current = updates.filter(({ facts }) => facts.sample !== undefined && !facts.stale);
  await Promise.all(collectors.map(async ({ hostId, engine, reader, demand }) => {
    const ids = current.filter(({ facts }) => facts.hostId === hostId).map(({ facts }) => facts.container.id);
    for (const [id, raw] of await reader.details(ids, engine, signal)) {
      found.set(keyOf(hostId, id), toDetails(raw));
    }
    if (!demand.active) await reader.release();
  }));
  return (hostId, id) => found.get(keyOf(hostId, id));
}

function keyOf(hostId: string, id: string): string {
  return `${hostId}/${id}`;
}
