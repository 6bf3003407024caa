/** `/docker/stats`: the newest message of every container, then updates. */
import { jsonResponse } from "../http/problem.ts";
import { CONTAINER_STATES, type ContainerState } from "../protocol/stats.ts";
import { parseOptions } from "../http/query.ts";
import type { Client } from "../http/socket.ts";
import type { Feed, StatsRequest } from "../stats/feed.ts";
import type { HostStatsUpdate } from "../stats/hosts/host_gauge.ts";
import { HostPace } from "../stats/hosts/host_usages.ts";
import { ContainerUpdate, newestOf, type Update } from "../stats/update.ts";
import { ContainerNames, type Filter, matches, Viewer } from "../stats/viewer.ts";
import type { Subscription } from "../hub.ts";
import { parseInterval } from "../duration.ts";
import type { FastView } from "../stats/fast/fast_views.ts";
import { container, duration, hostOption, oneOf } from "./filters.ts";
import { historyNeedsToken, LONGEST_HISTORY_MS, OPEN_HISTORY_MS, points } from "./history.ts";
import type { HistoryReplays } from "./history_replay.ts";
import { type FrameOptions, sendPaced, sendWhileRoom } from "./stats_frames.ts";

/** Default interval, and the shortest without fast readings, ms. */
const NORMAL_MS = 1000;

/** Options of a statistics request. */
interface StatsOptions extends StatsRequest, FrameOptions {
  readonly filter: Filter;
  /** Interval below one second for fast readings of a few containers, ms; `undefined` without them. */
  readonly closeMs: number | undefined;
  /** True to send the numbers of the hosts too. */
  readonly withHosts: boolean;
  /** `undefined` for no history. */
  readonly historyMs: number | undefined;
  /** Largest number of rows per container; `undefined` for single points. */
  readonly points: number | undefined;
  readonly trusted: boolean;
}

/** Sources of the socket: live statistics, and their past. */
export interface StatsSources {
  readonly feed: Feed;
  readonly histories: HistoryReplays;
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
  interval: duration(100, 60_000, "a duration from 100ms to 60s, such as 5s", parseInterval),
  batch: oneOf(["1"]),
  hosts: oneOf(["1"]),
  history: duration(1000, LONGEST_HISTORY_MS, "a duration from 1s to 30d, such as 10m"),
  points,
} as const;

interface FilterValues {
  readonly host: readonly string[];
  readonly container: readonly string[];
  readonly state: readonly ContainerState[];
}

function toFilter({ host, container, state }: FilterValues): Filter {
  const containers = new ContainerNames(container);
  return { hosts: host.length === 0 ? undefined : new Set(host), containers, state: state[0] };
}

/**
 * `GET /docker/stats`: an array of the newest message of each container.
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
 * Checks the options before the upgrade; the returned function serves the socket.
 *
 * @throws {AppError} "malformed" for an unknown or malformed option, "unauthorized" for a long history without the token.
 */
export function openStats(
  url: URL,
  { feed, histories }: StatsSources,
  trusted: boolean,
): (client: Client) => Promise<void> {
  const values = parseOptions(url.searchParams, { ...filterOptions(feed.hostIds), ...SOCKET_OPTIONS });
  const filter = toFilter(values);
  const intervalMs = values.interval[0] ?? NORMAL_MS;
  const request: StatsOptions = {
    hosts: filter.hosts,
    filter,
    intervalMs: Math.max(intervalMs, NORMAL_MS),
    closeMs: intervalMs < NORMAL_MS ? intervalMs : undefined,
    detail: values.detail.length > 0,
    batch: values.batch.length > 0,
    withHosts: values.hosts.length > 0,
    historyMs: values.history[0] ?? (values.points[0] && OPEN_HISTORY_MS),
    points: values.points[0],
    trusted,
  };
  if (!trusted && (request.historyMs ?? 0) > OPEN_HISTORY_MS) throw historyNeedsToken();
  if (request.closeMs !== undefined) feed.fast.check(filter);
  return (client) => serveStats(client, { feed, histories }, request);
}

async function serveStats(
  client: Client,
  { feed, histories }: StatsSources,
  request: StatsOptions,
): Promise<void> {
  const viewer = new Viewer(request.filter, request.intervalMs);
  // Subscribed before the snapshot is taken, so nothing falls between the two.
  const updates = feed.subscribe(request, client.signal);
  if (request.historyMs !== undefined) {
    const wanted = feed.history(request, request.historyMs)
      .filter(({ hostId, container }) => matches(request.filter, hostId, container));
    const { trusted, historyMs: spanMs, points } = request;
    await histories.send(client, trusted, wanted, { spanMs, points });
  }
  const newest = viewer.select(feed.newest(request), performance.now());
  // Everything published until now is in the snapshot.
  updates.take();
  await sendAll(client, viewer, updates, newest, request);
  const close = request.closeMs === undefined
    ? undefined
    : feed.fast.open(request.filter, request.closeMs, client.signal);
  await Promise.all([
    sendUpdates(client, viewer, updates, request, close),
    request.withHosts && sendHosts(client, feed, request),
    close && sendCloseLook(client, close, request),
  ]);
}

async function sendUpdates(
  client: Client,
  viewer: Viewer,
  updates: Subscription<Update>,
  request: StatsOptions,
  close: FastView | undefined,
): Promise<void> {
  for await (const batch of updates) {
    const selected = viewer.select(batch, performance.now());
    // Without fast readings, viewers share one array and the text that is cached for it.
    const wanted = close === undefined
      ? selected
      : selected.filter((update) => !(update instanceof ContainerUpdate && close.viewer.repeats(update)));
    await sendAll(client, viewer, updates, wanted, request);
  }
}

/** Sends the samples of fast readings, and the reason for their end; a slow client receives the newest. */
async function sendCloseLook(
  client: Client,
  { viewer, updates }: FastView,
  request: StatsOptions,
): Promise<void> {
  for await (const batch of updates) {
    const isLate = !client.hasRoom();
    if (isLate) await client.room();
    const newest = isLate ? newestOf([...batch, ...updates.take()]) : batch;
    sendWhileRoom(client, viewer.select(newest, performance.now()), request);
  }
  if (viewer.notice !== undefined && !client.signal.aborted) client.send(JSON.stringify(viewer.notice));
}

/** Sends the numbers of the hosts, as frames beside those of the containers; a slow client receives the newest. */
async function sendHosts(client: Client, { usages }: Feed, request: StatsOptions): Promise<void> {
  const pace = new HostPace(request);
  const updates = usages.subscribe(request, client.signal);
  const send = (batch: readonly HostStatsUpdate[]) => {
    for (const update of pace.select(batch, performance.now())) client.send(update.json());
  };
  send(usages.newest(request));
  for await (const batch of updates) {
    if (client.hasRoom()) {
      send(batch);
      continue;
    }
    await client.room();
    send([...batch, ...updates.take()]);
  }
}

/** Sends while there is room; otherwise waits, and then the newest update per container wins. */
async function sendAll(
  client: Client,
  viewer: Viewer,
  updates: Subscription<Update>,
  selected: readonly Update[],
  request: StatsOptions,
): Promise<void> {
  let pending = selected;
  while (pending.length > 0 && !client.signal.aborted) {
    const rest = client.hasRoom() ? await sendPaced(client, pending, request) : pending;
    if (rest.length === 0) return;
    await client.room();
    pending = newestOf([...rest, ...viewer.select(updates.take(), performance.now())]);
  }
}
