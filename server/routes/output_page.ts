/** `GET /logs/ws?container=…`: pages of container output, or all of it as text. */
// @ts-types="../types/negotiation.d.ts"
import { accepts } from "@std/http/negotiation";
import { AppError } from "../errors.ts";
import { type Cursor, formatCursor } from "../output/cursor.ts";
import { type OutputSource, toFrame } from "../output/frame.ts";
import { readAround } from "../output/around.ts";
import { readMergedAround, readMergedPage } from "../output/merged_page.ts";
import type { PlacedLine } from "../output/numbered_lines.ts";
import { type PageRequest, readPage } from "../output/page.ts";
import { jsonText } from "../http/problem.ts";
import type { RoutedRequest } from "../http/router.ts";
import type { Feed } from "../stats/feed.ts";
import {
  checkFound,
  type Moment,
  nsOf,
  PAGE_OPTIONS,
  type ParsedOutput,
  parseOutput,
  pastOf,
} from "./output_options.ts";
import { outputText } from "./output_text.ts";

/** Default and maximum number of lines of `GET`. */
const DEFAULT_TAIL = 100;
const MAX_LINES = 10_000;
/** Timeout of the engine for one page, ms. */
const READING_MS = 30_000;

/**
 * `GET /logs/ws?container=…`: a page of container output, oldest line first; with `Accept: text/plain` all of it.
 *
 * @throws {AppError} "malformed" for an invalid option, "not-found", or the engine's refusal with its message.
 */
export async function getOutput({ url, request }: RoutedRequest, feed: Feed): Promise<Response> {
  const parsed = await parseOutput(url, feed, PAGE_OPTIONS);
  checkFound(parsed);
  const forms = parsed.timeInZone === undefined ? ["application/json", "text/plain"] : ["text/plain"];
  const form = accepts(request, ...forms);
  checkAround(parsed, form === "text/plain");
  if (form === "text/plain") return await outputText(parsed, request.method === "HEAD");
  if (parsed.timeInZone !== undefined) throw onlyText();
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(READING_MS)]);
  const lines = await pageOf(parsed, signal);
  if (signal.aborted) throw tooSlow(parsed);
  return jsonText(`[${lines.map(pageEntry).join(",")}]`);
}

/**
 * Checks the options of a text before an address for it is created.
 *
 * @throws {AppError} as {@linkcode getOutput}.
 */
export async function checkOutput(url: URL, feed: Feed): Promise<void> {
  const parsed = await parseOutput(url, feed, PAGE_OPTIONS);
  checkFound(parsed);
  checkAround(parsed, true);
}

/** Returns the name of the file that a text is saved in: that of the container or project. */
export function outputName({ searchParams }: URL, feed: Feed): string {
  const [container, ...others] = searchParams.getAll("container");
  if (container === undefined || others.length > 0) {
    return searchParams.get("project") ?? (container === undefined ? "dockstat" : "containers");
  }
  const [found] = feed.find(container, searchParams.get("host") ?? undefined);
  return found?.current()?.name ?? container;
}

function onlyText(): AppError {
  const message = "lines as JSON have timestamps in UTC: expected Accept: text/plain";
  return new AppError("malformed", `Cannot read the query: option "timestamps": ${message}`, {
    issues: [{ path: "timestamps", message }],
  });
}

/** Refuses options that select lines besides a place. */
function checkAround(parsed: ParsedOutput, isText: boolean): void {
  const { around, before, after, since, until, filter, timeInZone } = parsed;
  if (around === undefined) return;
  const others = [before, after, since, until, filter, timeInZone];
  if (!isText && others.every((value) => value === undefined)) return;
  const message = "lines around a place are sent as JSON, without another place, a time range or a filter";
  throw new AppError("malformed", `Cannot read the query: option "around": ${message}`, {
    issues: [{ path: "around", message }],
  });
}

/** Reads the lines on both sides of a place. */
async function linesAround(
  { sources, isList, tail = DEFAULT_TAIL }: ParsedOutput,
  around: Cursor | Moment,
  signal: AbortSignal,
): Promise<readonly (PlacedLine & { readonly source: OutputSource })[]> {
  const count = Math.min(tail, MAX_LINES / 2);
  const placeOf = (source: OutputSource): Cursor =>
    "ordinal" in around ? around : { ns: nsOf(around, source), ordinal: 0 };
  if (isList) {
    const { before, from } = await readMergedAround(sources, placeOf, count, signal);
    return [...before, ...from];
  }
  const [source] = sources as readonly [OutputSource];
  const { before, from } = await readAround(source, { place: placeOf(source), count }, signal);
  return [...before, ...from].map((placed) => ({ source, ...placed }));
}

async function pageOf(
  parsed: ParsedOutput,
  signal: AbortSignal,
): Promise<readonly (PlacedLine & { readonly source: OutputSource })[]> {
  const { sources, isList, before, after, around } = parsed;
  if (around !== undefined) return await linesAround(parsed, around, signal);
  const count = Math.min(parsed.tail ?? DEFAULT_TAIL, MAX_LINES);
  const requestOf = (source: OutputSource): PageRequest => ({
    ...pastOf(parsed, source),
    count,
    before,
    after,
  });
  if (isList) return await readMergedPage(sources, requestOf, signal);
  const [source] = sources as readonly [OutputSource];
  const lines = await readPage(source, requestOf(source), signal);
  return lines.map((placed) => ({ source, ...placed }));
}

function tooSlow({ filter }: ParsedOutput): AppError {
  const what = filter === undefined ? "The engine took" : "The search took";
  return new AppError(
    "engine-unreachable",
    `${what} more than ${READING_MS / 1000} s to read this page. Restrict it with since or until`,
  );
}

/** A line as in its frame, with its cursor. */
function pageEntry({ source, line, cursor }: PlacedLine & { readonly source: OutputSource }): string {
  return `${toFrame(source, line).json.slice(0, -1)},"cursor":"${formatCursor(cursor)}"}`;
}
