/** `/docker/stats`: the newest of every container, then whatever changes. */
import { jsonResponse } from "../http/problem.ts";
import { CONTAINER_STATES, type ContainerState } from "../protocol/stats.ts";
import { parseOptions } from "../http/query.ts";
import type { Client } from "../http/socket.ts";
import type { ContainerHistory, Feed, StatsRequest } from "../stats/feed.ts";
import { ContainerUpdate, HostUpdate, type Update } from "../stats/update.ts";
import { type Filter, matches, Viewer } from "../stats/viewer.ts";
import type { Subscription } from "../hub.ts";
import { container, duration, hostOption, oneOf } from "./filters.ts";

/** What a request for statistics asks for. */
interface StatsWish extends StatsRequest {
  readonly filter: Filter;
  readonly detail: boolean;
  readonly batch: boolean;
  /** `undefined` for no history. */
  readonly historyMs: number | undefined;
}

function filterOptions(hostIds: readonly string[]) {
  return {
    host: hostOption(hostIds),
    container,
    state: oneOf(CONTAINER_STATES),
    detail: oneOf(["full"]),
  } as const;
}

const SOCKET_OPTIONS = {
  interval: duration(1000, 60_000, "a duration from 1s to 60s, such as 5s"),
  batch: oneOf(["1"]),
  history: duration(1000, 86_400_000, "a duration from 1s to 24h, such as 10m"),
} as const;

interface FilterValues {
  readonly host: readonly string[];
  readonly container: readonly string[];
  readonly state: readonly ContainerState[];
}

function toFilter({ host, container, state }: FilterValues): Filter {
  return { hosts: host.length === 0 ? undefined : new Set(host), containers: container, state: state[0] };
}

/**
 * `GET /docker/stats`: an array of the newest object of each container.
 *
 * @throws {AppError} "malformed" for an unknown or malformed option.
 */
export async function getStats(url: URL, feed: Feed): Promise<Response> {
  const values = parseOptions(url.searchParams, filterOptions(feed.hostIds));
  const filter = toFilter(values);
  const newest = await feed.snapshot({ hosts: filter.hosts, intervalMs: 1000 });
  const wanted = newest.filter(({ hostId, facts }) => matches(filter, hostId, facts.container));
  return jsonResponse(wanted.map((update) => update.message(values.detail.length > 0)));
}

/**
 * Checks the options before the upgrade, and returns what then serves the socket.
 *
 * @throws {AppError} "malformed" for an unknown or malformed option.
 */
export function openStats(url: URL, feed: Feed): (client: Client) => Promise<void> {
  const values = parseOptions(url.searchParams, { ...filterOptions(feed.hostIds), ...SOCKET_OPTIONS });
  const filter = toFilter(values);
  const wish: StatsWish = {
    hosts: filter.hosts,
    filter,
    intervalMs: values.interval[0] ?? 1000,
    detail: values.detail.length > 0,
    batch: values.batch.length > 0,
    historyMs: values.history[0],
  };
  return (client) => serveStats(client, feed, wish);
}

async function serveStats(client: Client, feed: Feed, wish: StatsWish): Promise<void> {
  const viewer = new Viewer(wish.filter, wish.intervalMs);
  // Subscribed before the snapshot is taken: nothing falls between the two.
  const updates = feed.subscribe(wish, client.signal);
  if (wish.historyMs !== undefined) {
    for (const history of feed.history(wish, wish.historyMs)) {
      if (!matches(wish.filter, history.hostId, history.container)) continue;
      client.send(historyFrame(history));
      if (!client.hasRoom()) await client.room();
    }
  }
  const newest = viewer.select(feed.newest(wish), performance.now());
  // What was published until now is in the snapshot.
  updates.take();
  await sendAll(client, viewer, updates, newest, wish);
  for await (const batch of updates) {
    await sendAll(client, viewer, updates, viewer.select(batch, performance.now()), wish);
  }
}

/** Sends while there is room; where there is none it waits, and then the newest per container wins. */
async function sendAll(
  client: Client,
  viewer: Viewer,
  updates: Subscription<Update>,
  selected: readonly Update[],
  wish: StatsWish,
): Promise<void> {
  let pending = selected;
  while (pending.length > 0 && !client.signal.aborted) {
    const sent = client.hasRoom() ? sendWhileRoom(client, pending, wish) : 0;
    if (sent === pending.length) return;
    await client.room();
    pending = newestOf([...pending.slice(sent), ...viewer.select(updates.take(), performance.now())]);
  }
}

function newestOf(updates: readonly Update[]): readonly Update[] {
  return [...new Map(updates.map((update) => [update.key, update])).values()];
}

/** @returns how many of the updates were sent. */
function sendWhileRoom(client: Client, updates: readonly Update[], { detail, batch }: StatsWish): number {
  if (batch) {
    for (const update of updates) if (update instanceof HostUpdate) client.send(update.json());
    const frame = batchFrame(updates, detail);
    if (frame !== undefined) client.send(frame);
    return updates.length;
  }
  for (const [index, update] of updates.entries()) {
    // Asking the runtime costs as much as sending: every so often is enough to keep within the limit.
    if (index % 32 === 31 && !client.hasRoom()) return index;
    client.send(update.json(detail));
  }
  return updates.length;
}

/** Batches by the array they came in: viewers with the same options share one text. */
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

function historyFrame({ hostId, container, points }: ContainerHistory): string {
  return JSON.stringify({ id: container.id, hostId, history: points });
}
