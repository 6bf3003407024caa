/** Options of container output. */
import { parseDuration } from "../duration.ts";
import { AppError } from "../errors.ts";
import { momentOf, parseMoment } from "../moment.ts";
import { type Cursor, parseCursor } from "../output/cursor.ts";
import { OUTPUT_LEVELS, type OutputLevel } from "../output/filter/level_names.ts";
import type { LineCriteria } from "../output/filter/line_filter.ts";
import { compilePattern, LONGEST_PATTERN } from "../output/filter/pattern.ts";
import type { OutputSource } from "../output/frame.ts";
import type { ReplayRequest } from "../output/replay.ts";
import { type TimeInZone, timeInZone } from "../output/zoned_time.ts";
import { type Option, type Options, parseOptions } from "../http/query.ts";
import type { Feed } from "../stats/feed.ts";
import { container, hostOption, oneOf, wholeNumber } from "./filters.ts";
import { tail } from "./logs.ts";
import { findSource } from "./output_sources.ts";

/** A moment by the engine's clock: a time in ns, or a duration before now in ms. */
export type Moment = { readonly ns: bigint } | { readonly agoMs: number };

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

const place: Option<Cursor | Moment> = {
  parse: (text) => cursor.parse(text) ?? moment.parse(text),
  expected: `${cursor.expected}, or ${moment.expected}`,
};

/** A Compose project. */
const project: Option<string> = {
  parse: (text) => /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/.test(text) ? text : undefined,
  expected: "the name of a project",
};

const pattern: Option<string> = {
  parse: (text) => text.length > 0 && text.length <= LONGEST_PATTERN ? text : undefined,
  expected: `a text or a regular expression of 1 to ${LONGEST_PATTERN} characters`,
};

/** Levels of lines, and that of lines without one. */
const LEVELS = [...OUTPUT_LEVELS, "none"] as const;

const levels: Option<ReadonlySet<OutputLevel | "none">> = {
  parse: (text) => {
    const names = text.toLowerCase().split(",");
    const found = LEVELS.filter((level) => names.includes(level));
    return found.length === names.length ? new Set(found) : undefined;
  },
  expected: `some of ${LEVELS.join(", ")}, separated by commas`,
};

/** Options that filter lines. */
const FILTER_OPTIONS = {
  match: pattern,
  exclude: pattern,
  case: oneOf(["1"]),
  levels,
  stream: oneOf(["stdout", "stderr"]),
  context: wholeNumber(0, 20),
};

const OPTIONS = { container, project, tail, since: moment, until: moment, ...FILTER_OPTIONS };
/** Time zone of the timestamps in a text. */
const timestamps: Option<TimeInZone> = {
  parse: timeInZone,
  expected: 'a time zone such as "UTC" or "Europe/Berlin"',
};

/** Options of a page, and of the whole output as text. */
export const PAGE_OPTIONS = { before: cursor, after: cursor, around: place, timestamps };
/** Options of the socket. */
export const SOCKET_OPTIONS = {
  batch: oneOf(["1"]),
  histogram: wholeNumber(1, 500),
  scan: oneOf(["1"]),
  after: cursor,
};

/** Parsed options of container output. */
export interface ParsedOutput {
  readonly sources: readonly OutputSource[];
  /** True for a list of several containers, even if the project has one. */
  readonly isList: boolean;
  /** Project whose containers are included, also later ones. */
  readonly project: string | undefined;
  readonly hostId: string | undefined;
  readonly batch: boolean;
  /** True for a search of what was written, instead of following. */
  readonly isScan: boolean;
  /** Number of bars; `undefined` for no histogram. */
  readonly histogram: number | undefined;
  readonly tail: number | undefined;
  readonly since: Moment | undefined;
  readonly until: Moment | undefined;
  readonly before: Cursor | undefined;
  readonly after: Cursor | undefined;
  /** Place around which lines are wanted. */
  readonly around: Cursor | Moment | undefined;
  readonly filter: LineCriteria | undefined;
  /** Writes the timestamps of a text; it has none if `undefined`. */
  readonly timeInZone: TimeInZone | undefined;
}

/**
 * Parses the options and finds the containers.
 *
 * @throws {AppError} "malformed" for an invalid option, "not-found" when no container matches.
 */
export async function parseOutput(url: URL, feed: Feed, further: Options): Promise<ParsedOutput> {
  const host = { ...hostOption(feed.hostIds), repeatable: false };
  const values = parseOptions(url.searchParams, { ...OPTIONS, host, ...further });
  const { before, after, around, batch, histogram, scan, timestamps } = values as Readonly<
    Record<string, readonly unknown[] | undefined>
  >;
  const [hostId] = values.host;
  const [project] = values.project;
  const named = values.container.map((text) => findSource(feed, text, hostId));
  const members = project === undefined ? [] : feed.ofProject(project, hostId);
  const sources = new Map([...named, ...members].map((source) => [keyOf(source), source]));
  return {
    sources: [...sources.values()],
    isList: sources.size > 1 || project !== undefined,
    ...{ project, hostId, batch: batch?.[0] !== undefined, isScan: scan?.[0] !== undefined },
    ...{ histogram: histogram?.[0] as number | undefined },
    ...{ tail: values.tail[0], since: values.since[0], until: values.until[0] },
    ...{ before: before?.[0] as Cursor | undefined, after: after?.[0] as Cursor | undefined },
    around: around?.[0] as Cursor | Moment | undefined,
    filter: await criteriaOf(values),
    timeInZone: timestamps?.[0] as TimeInZone | undefined,
  };
}

/** Returns the criteria of lines; `undefined` if all are wanted. */
async function criteriaOf(
  values: {
    readonly match: readonly string[];
    readonly exclude: readonly string[];
    readonly case: readonly string[];
    readonly levels: readonly ReadonlySet<OutputLevel | "none">[];
    readonly stream: readonly ("stdout" | "stderr")[];
    readonly context: readonly number[];
  },
): Promise<LineCriteria | undefined> {
  const [match, exclude] = [values.match[0], values.exclude[0]];
  const [levels] = values.levels;
  const [stream] = values.stream;
  if ([match, exclude, levels, stream].every((value) => value === undefined)) return undefined;
  const compiled = (name: string, text: string | undefined) =>
    text === undefined ? undefined : compilePattern(name, text, values.case.length > 0);
  return {
    match: await compiled("match", match),
    exclude: await compiled("exclude", exclude),
    levels,
    stream,
    context: values.context[0] ?? 0,
  };
}

/**
 * Refuses a project without containers.
 *
 * @throws {AppError} "not-found".
 */
export function checkFound({ sources, project }: ParsedOutput): void {
  if (sources.length === 0) throw new AppError("not-found", `There is no container of project "${project}"`);
}

/** Returns the past output that is requested of a container. */
export function pastOf({ tail, since, until, filter }: ParsedOutput, source: OutputSource): ReplayRequest {
  const at = (moment: Moment | undefined) => moment && nsOf(moment, source);
  return { tail, sinceNs: at(since), untilNs: at(until), filter };
}

/** Durations count back from the engine's clock, which writes the timestamps. */
export function nsOf(moment: Moment, { clockOffsetMs }: Pick<OutputSource, "clockOffsetMs">): bigint {
  return "ns" in moment ? moment.ns : momentOf(Date.now() + clockOffsetMs - moment.agoMs);
}

/** Returns a key of a container among those of all hosts. */
export function keyOf({ hostId, containerId }: OutputSource): string {
  return `${hostId}/${containerId}`;
}
