/** `/logs/ws?container=…`: container output, live or once. */
// @ts-types="../types/negotiation.d.ts"
import { accepts } from "@std/http/negotiation";
import { parseDuration } from "../duration.ts";
import { AppError } from "../errors.ts";
import { momentOf, parseMoment } from "../moment.ts";
import { type Cursor, formatCursor, parseCursor } from "../output/cursor.ts";
import { type OutputSource, toFrame } from "../output/frame.ts";
import type { Outputs, ReplayRequest } from "../output/outputs.ts";
import { type PlacedLine, readPage } from "../output/page.ts";
import { jsonText } from "../http/problem.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { RoutedRequest } from "../http/router.ts";
import { type Client, CLOSE } from "../http/socket.ts";
import type { Feed } from "../stats/feed.ts";
import { container, hostOption } from "./filters.ts";
import { droppedNotice, tail } from "./logs.ts";
import { outputText } from "./output_text.ts";

/** A moment by the engine's clock: a time in ns, or a duration before now in ms. */
type Moment = { readonly ns: bigint } | { readonly agoMs: number };

const moment: Option<Moment> = {
  parse: (text) => {
    const agoMs = parseDuration(text);
    if (agoMs !== undefined) return { agoMs };
    const ns = /^\d{4}-\d\d-\d\dT/.test(text) ? parseMoment(text) : undefined;
    return ns === undefined ? undefined : { ns };
  },
  expected: 'a time such as "2026-08-01T12:00:00Z", or how long ago, such as "10m"',
};

const cursor: Option<Cursor> = {
  parse: parseCursor,
  expected: 'the cursor of a line, such as "2026-08-01T12:00:00.123456789Z_0"',
};

/** Default and maximum number of lines of `GET`. */
const DEFAULT_TAIL = 100;
const MAX_LINES = 10_000;
/** Timeout of the engine for one page, ms. */
const READING_MS = 30_000;

const OPTIONS = { container: { ...container, repeatable: false }, tail, since: moment, until: moment };
const PAGE_OPTIONS = { before: cursor, after: cursor };

interface ParsedOutput {
  readonly source: OutputSource;
  readonly past: ReplayRequest;
  readonly before?: Cursor | undefined;
  readonly after?: Cursor | undefined;
}

function parseOutput(url: URL, feed: Feed, further: Partial<typeof PAGE_OPTIONS>): ParsedOutput {
  const host = { ...hostOption(feed.hostIds), repeatable: false };
  const values = parseOptions(url.searchParams, { ...OPTIONS, host, ...further });
  const source = findSource(feed, values.container[0] ?? "", values.host[0]);
  const at = (moment: Moment | undefined) => moment && nsOf(moment, source);
  const { before, after } = values as { before?: readonly Cursor[]; after?: readonly Cursor[] };
  return {
    source,
    past: { tail: values.tail[0], sinceNs: at(values.since[0]), untilNs: at(values.until[0]) },
    before: before?.[0],
    after: after?.[0],
  };
}

/** Durations count back from the engine's clock, which writes the timestamps. */
function nsOf(moment: Moment, { clockOffsetMs }: OutputSource): bigint {
  return "ns" in moment ? moment.ns : momentOf(Date.now() + clockOffsetMs - moment.agoMs);
}

/**
 * `GET /logs/ws?container=…`: a page of container output, oldest line first; with `Accept: text/plain` all of it.
 *
 * @throws {AppError} "malformed" for an invalid option, "not-found", or the engine's refusal with its message.
 */
export async function getOutput({ url, request }: RoutedRequest, feed: Feed): Promise<Response> {
  const { source, past, before, after } = parseOutput(url, feed, PAGE_OPTIONS);
  if (accepts(request, "application/json", "text/plain") === "text/plain") {
    return await outputText(source, past, request.method === "HEAD");
  }
  const count = Math.min(past.tail ?? DEFAULT_TAIL, MAX_LINES);
  const { sinceNs, untilNs } = past;
  const page = await readPage(
    source,
    { count, sinceNs, untilNs, before, after },
    AbortSignal.timeout(READING_MS),
  );
  return jsonText(`[${page.map((placed) => pageEntry(source, placed)).join(",")}]`);
}

/** A line as in its frame, with its cursor. */
function pageEntry(source: OutputSource, { line, cursor }: PlacedLine): string {
  return `${toFrame(source, line).json.slice(0, -1)},"cursor":"${formatCursor(cursor)}"}`;
}

/**
 * Finds the container before the upgrade; the returned function serves the socket.
 *
 * @throws {AppError} "malformed" for an invalid option, "not-found" when no container matches.
 */
export function openOutput(url: URL, feed: Feed, outputs: Outputs): (client: Client) => Promise<void> {
  const { source, past: { tail, sinceNs, untilNs } } = parseOutput(url, feed, {});
  // A start requests a replay, zero lines do not.
  const past = { tail: tail === 0 && sinceNs === undefined ? undefined : tail, sinceNs, untilNs };
  const isLiveOnly = Object.values(past).every((value) => value === undefined);
  return (client) => sendOutput(client, source, isLiveOnly ? undefined : past, outputs);
}

/** Names hosts that cannot be read, since one of them may have the container. */
function missing(text: string, hostId: string | undefined, feed: Feed): AppError {
  const asked = feed.reports().filter((host) => hostId === undefined || host.hostId === hostId);
  const unread = asked.filter((host) => feed.containers(host.hostId) === undefined)
    .map(({ hostId, error }) => `host "${hostId}" cannot be read now${error === null ? "" : ` (${error})`}`);
  const sentence = `There is no container "${text}"${hostId === undefined ? "" : ` on host "${hostId}"`}`;
  if (unread.length === 0) return new AppError("not-found", sentence);
  if (unread.length < asked.length) return new AppError("not-found", `${sentence}; but ${unread.join(", ")}`);
  return new AppError("engine-unreachable", `Cannot find container "${text}": ${unread.join(", ")}`);
}

function findSource(feed: Feed, text: string, hostId: string | undefined): OutputSource {
  const found = feed.find(text, hostId);
  const [one, ...others] = found;
  if (one === undefined) {
    throw missing(text, hostId, feed);
  }
  if (others.length > 0) {
    const names = found.map(({ hostId, name }) => `"${name}" on "${hostId}"`).join(", ");
    const message = `found "${text}", which is ${names}: expected one, by its full id and host`;
    throw new AppError("malformed", `Cannot choose a container: ${message}`, {
      issues: [{ path: "container", message }],
    });
  }
  return one;
}

async function sendOutput(
  client: Client,
  source: OutputSource,
  past: ReplayRequest | undefined,
  outputs: Outputs,
): Promise<void> {
  const notice = (dropped: number) => ({ timestamp: "", json: JSON.stringify(droppedNotice(dropped)) });
  for await (const frames of outputs.follow(source, past, notice, client.signal)) {
    for (const [index, { json }] of frames.entries()) {
      // Asking the runtime costs as much as sending; ask before each long line only.
      if ((index % 32 === 31 || json.length > 16_384) && !client.hasRoom()) await client.room();
      client.send(json);
    }
    if (!client.hasRoom()) await client.room();
  }
  if (past?.untilNs !== undefined && !client.signal.aborted) client.close(CLOSE.done, "the end was reached");
}
