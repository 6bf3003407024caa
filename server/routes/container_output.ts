/** `/logs/ws?container=…`: container output, live or once. */
// @ts-types="../types/negotiation.d.ts"
import { accepts } from "@std/http/negotiation";
import { parseDuration } from "../duration.ts";
import { AppError } from "../errors.ts";
import { momentOf, parseMoment } from "../moment.ts";
import { type Cursor, formatCursor, parseCursor } from "../output/cursor.ts";
import { type OutputFrame, type OutputSource, toFrame } from "../output/frame.ts";
import { MergedOutput, type MergeTimes } from "../output/merged_output.ts";
import type { Outputs, ReplayRequest } from "../output/outputs.ts";
import { type PlacedLine, readPage } from "../output/page.ts";
import { jsonText } from "../http/problem.ts";
import { type Option, type Options, parseOptions } from "../http/query.ts";
import type { RoutedRequest } from "../http/router.ts";
import { type Client, CLOSE } from "../http/socket.ts";
import type { Feed } from "../stats/feed.ts";
import { container, hostOption, oneOf } from "./filters.ts";
import { droppedNotice, tail } from "./logs.ts";
import { sendFrames } from "./output_frames.ts";
import { findSource } from "./output_sources.ts";
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

/** A Compose project. */
const project: Option<string> = {
  parse: (text) => /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/.test(text) ? text : undefined,
  expected: "the name of a project",
};

/** Times of one container with `batch`, and of several containers. */
const BATCHED: MergeTimes = { holdMs: 0, tickMs: 100 };
const MERGED: MergeTimes = { holdMs: 400, tickMs: 100 };
/** Default and maximum number of lines of `GET`. */
const DEFAULT_TAIL = 100;
const MAX_LINES = 10_000;
/** Timeout of the engine for one page, ms. */
const READING_MS = 30_000;

const OPTIONS = { container, tail, since: moment, until: moment };
const PAGE_OPTIONS = { before: cursor, after: cursor };
const PROJECT_OPTIONS = { project };

interface ParsedOutput {
  readonly sources: readonly OutputSource[];
  /** Project whose containers are included, also later ones. */
  readonly project: string | undefined;
  readonly hostId: string | undefined;
  readonly batch: boolean;
  readonly tail: number | undefined;
  readonly since: Moment | undefined;
  readonly until: Moment | undefined;
  readonly before: Cursor | undefined;
  readonly after: Cursor | undefined;
}

function parseOutput(url: URL, feed: Feed, further: Options): ParsedOutput {
  const host = { ...hostOption(feed.hostIds), repeatable: false };
  const values = parseOptions(url.searchParams, { ...OPTIONS, ...PROJECT_OPTIONS, host, ...further });
  const { before, after, batch } = values as Readonly<Record<string, readonly unknown[] | undefined>>;
  const [hostId] = values.host;
  const [project] = values.project;
  const named = values.container.map((text) => findSource(feed, text, hostId));
  const members = project === undefined ? [] : feed.ofProject(project, hostId);
  const sources = new Map([...named, ...members].map((source) => [keyOf(source), source]));
  return {
    sources: [...sources.values()],
    ...{ project, hostId, batch: batch?.[0] !== undefined },
    ...{ tail: values.tail[0], since: values.since[0], until: values.until[0] },
    ...{ before: before?.[0] as Cursor | undefined, after: after?.[0] as Cursor | undefined },
  };
}

function pastOf({ tail, since, until }: ParsedOutput, source: OutputSource): ReplayRequest {
  const at = (moment: Moment | undefined) => moment && nsOf(moment, source);
  return { tail, sinceNs: at(since), untilNs: at(until) };
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
  const parsed = parseOutput(url, feed, PAGE_OPTIONS);
  const { sources, before, after } = parsed;
  const [one] = sources;
  const asText = accepts(request, "application/json", "text/plain") === "text/plain";
  if (one === undefined) {
    throw new AppError("not-found", `There is no container of project "${parsed.project}"`);
  }
  if (sources.length > 1) {
    if (asText && accepts(request, "application/json") === undefined) throw notForSeveral("accept", "text");
    if (before ?? after) throw notForSeveral(before ? "before" : "after", "a cursor");
  } else if (asText) return await outputText(one, pastOf(parsed, one), request.method === "HEAD");
  const count = Math.min(parsed.tail ?? DEFAULT_TAIL, MAX_LINES);
  const signal = AbortSignal.timeout(READING_MS);
  const pages = await Promise.all(sources.map(async (source) => {
    const page = await readPage(source, { ...pastOf(parsed, source), count, before, after }, signal);
    return page.map((placed) => ({ source, placed }));
  }));
  const lines = pages.flat().sort((a, b) => Number(a.placed.cursor.ns - b.placed.cursor.ns));
  const newest = sources.length === 1 ? lines : lines.slice(Math.max(lines.length - count, 0));
  return jsonText(`[${newest.map(({ source, placed }) => pageEntry(source, placed)).join(",")}]`);
}

function notForSeveral(path: string, what: string): AppError {
  const message = `found several containers: expected one, because ${what} belongs to one container`;
  return new AppError("malformed", `Cannot read the output: ${message}`, { issues: [{ path, message }] });
}

/** A line as in its frame, with its cursor. */
function pageEntry(source: OutputSource, { line, cursor }: PlacedLine): string {
  return `${toFrame(source, line).json.slice(0, -1)},"cursor":"${formatCursor(cursor)}"}`;
}

/**
 * Finds the containers before the upgrade; the returned function serves the socket.
 *
 * @throws {AppError} "malformed" for an invalid option, "not-found" when no container matches.
 */
export function openOutput(url: URL, feed: Feed, outputs: Outputs): (client: Client) => Promise<void> {
  const parsed = parseOutput(url, feed, { batch: oneOf(["1"]) });
  const { sources, project, batch } = parsed;
  return async (client) => {
    const follow = (source: OutputSource) =>
      outputs.follow(source, replayOf(pastOf(parsed, source)), lostLines, client.signal);
    const isSingle = sources.length === 1 && project === undefined;
    const frames = isSingle && !batch
      ? follow(sources[0]!)
      : mergedFrames(parsed, feed, outputs, isSingle ? BATCHED : MERGED, client.signal);
    for await (const some of frames) await sendFrames(client, some, batch);
    if (parsed.until !== undefined && !client.signal.aborted) client.close(CLOSE.done, "the end was reached");
  };
}

/** Zero lines request no replay, but a start does. */
function replayOf({ tail, sinceNs, untilNs }: ReplayRequest): ReplayRequest | undefined {
  const past = { tail: tail === 0 && sinceNs === undefined ? undefined : tail, sinceNs, untilNs };
  return Object.values(past).every((value) => value === undefined) ? undefined : past;
}

function lostLines(dropped: number): OutputFrame {
  return { timestamp: "", json: JSON.stringify(droppedNotice(dropped)) };
}

/** Yields the frames of several containers as one list; containers that join the project later are added. */
async function* mergedFrames(
  parsed: ParsedOutput,
  feed: Feed,
  outputs: Outputs,
  times: MergeTimes,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputFrame[]> {
  const { sources, project, hostId, until } = parsed;
  const merged = new MergedOutput(times, signal);
  const began = Date.now();
  const known = new Set(sources.map(keyOf));
  const changes = feed.changes(signal);
  const add = (source: OutputSource, past: ReplayRequest | undefined) =>
    merged.add(outputs.follow(source, past, lostLines, signal));
  for (const source of sources) add(source, replayOf(pastOf(parsed, source)));
  if (project === undefined || until !== undefined) merged.close();
  const addLater = async () => {
    for await (const _ of changes) {
      for (const source of feed.ofProject(project ?? "", hostId)) {
        if (known.has(keyOf(source))) continue;
        known.add(keyOf(source));
        // Its lines from before this moment are new to the client.
        add(source, { sinceNs: momentOf(began + source.clockOffsetMs) });
      }
    }
  };
  if (project === undefined || until !== undefined) merged.close();
  else merged.during(addLater());
  yield* merged.read();
}

function keyOf({ hostId, containerId }: OutputSource): string {
  return `${hostId}/${containerId}`;
}
