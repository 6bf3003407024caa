/** `GET /history`: kept samples of containers and hosts, as JSON or CSV. */
import { AppError } from "../errors.ts";
import { curveRows } from "../history/curve_rows.ts";
import type { RecordedHistory } from "../history/recorded_history.ts";
import { NO_STORE } from "../http/problem.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { Path, RoutedRequest } from "../http/router.ts";
import type { KeptCurve } from "../protocol/past/history.ts";
import type { Feed } from "../stats/feed.ts";
import type { Series } from "../store/history/history_store.ts";
import type { HistoryRequest } from "../store/history/tiers.ts";
import type { StackStore } from "../store/stack_store.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { container, hostOption, moment, oneOf, wholeNumber } from "./filters.ts";
import { csvChunks, jsonChunks } from "./history_text.ts";
import { idOption } from "./operations.ts";

/** Services of this path. */
export interface HistoryServices {
  readonly feed: Feed;
  readonly recorded: RecordedHistory;
  readonly timeline: Timeline;
}

/** Longest history for clients without the token, and the default time span, ms. */
export const OPEN_HISTORY_MS = 600_000;
/** Tolerance for the time between the client's clock and the check, ms. */
const TOLERANCE_MS = 10_000;
/** Longest history, ms. */
export const LONGEST_HISTORY_MS = 30 * 86_400_000;
/** Number of rows unless `points` is given. */
const POINTS = 1000;
/** Number of values of a repeatable filter. */
const MOST_FILTERS = 100;

/** Largest number of rows per container. */
export const points: Option<number> = wholeNumber(60, 2000);

/** Returns the error for a long history without the token. */
export function historyNeedsToken(): AppError {
  return new AppError(
    "unauthorized",
    "Cannot send more than 10 minutes of history without the token: request history=10m, or send the token",
    { headers: { "www-authenticate": 'Bearer realm="dockstat"' } },
  );
}

/** Returns the path of kept samples. */
export function historyPath(services: HistoryServices): Path {
  return { fileName: () => "history", GET: (call) => getHistory(call, services) };
}

function getHistory({ url, request, trusted }: RoutedRequest, services: HistoryServices): Response {
  const { feed, recorded } = services;
  const query = parseOptions(url.searchParams, {
    container,
    host: hostOption(feed.hostIds),
    stack: { ...idOption, repeatable: true, max: MOST_FILTERS },
    ...{ kind: oneOf(["container", "host"] as const), since: moment, until: moment, points },
  });
  const wanted = spanOf(query.since[0], query.until[0], query.points[0] ?? POINTS, Date.now());
  if (!trusted && wanted.sinceMs < Date.now() - OPEN_HISTORY_MS - TOLERANCE_MS) throw historyNeedsToken();
  const isWanted = filterOf(query, services.timeline.parts.store);
  const series = [...recorded.series()].filter(isWanted);
  const curves = curvesOf(series, recorded, wanted);
  const csv = prefersCsv(request.headers.get("accept") ?? "");
  const kinds = new Set(series.map(({ kind }) => kind));
  return streamed(
    csv ? csvChunks(curves, kinds) : jsonChunks(curves, wanted),
    csv ? "text/csv; charset=utf-8" : "application/json",
  );
}

/** @throws {AppError} "malformed" for an end before the begin. */
function spanOf(
  since: number | undefined,
  until: number | undefined,
  points: number,
  now: number,
): HistoryRequest {
  const untilMs = Math.min(until ?? now, now);
  const sinceMs = Math.max(since ?? untilMs - OPEN_HISTORY_MS, now - LONGEST_HISTORY_MS);
  if (since !== undefined && since >= untilMs) {
    throw new AppError(
      "malformed",
      'Cannot read the query: option "since": expected a time before "until" and before now',
    );
  }
  return { sinceMs, untilMs: Math.max(untilMs, sinceMs + 1), points };
}

/** Returns the filter of a request; a host without a container or stack selects itself too. */
function filterOf(
  query: {
    readonly container: readonly string[];
    readonly host: readonly string[];
    readonly stack: readonly number[];
    readonly kind: readonly Series["kind"][];
  },
  store: StackStore,
): (series: Series) => boolean {
  const stacks = query.stack.flatMap((id) => store.get(id) ?? []);
  const ofContainer = ({ name, owner }: Series) =>
    query.container.some((text) => text === name || ID_START.test(text) && owner?.startsWith(text) === true);
  const ofStack = ({ hostId, project }: Series) =>
    stacks.some((stack) => stack.hostId === hostId && stack.name === project);
  return (series) =>
    (query.kind.length === 0 || query.kind.includes(series.kind)) &&
    (query.host.length === 0 || query.host.includes(series.hostId)) &&
    (query.container.length === 0 || ofContainer(series)) &&
    (query.stack.length === 0 || ofStack(series));
}

const ID_START = /^[0-9a-f]{1,64}$/;

/** Reads one series after the other, as the client takes them. */
function* curvesOf(
  series: readonly Series[],
  recorded: RecordedHistory,
  request: HistoryRequest,
): Generator<KeptCurve> {
  const reasons = recorded.gaps();
  for (const one of series) {
    const { kind, hostId, key, owner, name, project, service } = one;
    const rows = curveRows(kind, recorded.read(one, request));
    const { resolutionMs } = rows;
    const times = rows.history.map(([at]) => at!);
    const gaps = reasons.of({ kind, hostId, times, resolutionMs }, request);
    yield { kind, id: owner, hostId, key, name, project, service, ...rows, gaps };
  }
}

/** Reports whether CSV comes before JSON in the accepted types. */
function prefersCsv(accept: string): boolean {
  const at = (type: string) => accept.split(",").findIndex((part) => part.trim().startsWith(type));
  const [csv, json] = [at("text/csv"), at("application/json")];
  return csv >= 0 && (json < 0 || csv < json);
}

function streamed(chunks: Iterator<string>, type: string): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  }, { highWaterMark: 0 });
  return new Response(body, { headers: { ...NO_STORE, "content-type": type } });
}
