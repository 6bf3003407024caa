/** Options of container output. */
import { OUTPUT_LEVELS } from "../output/filter/level_names.ts";
import { container, host, LOG_OPTIONS, MOMENT, ONE, type OptionDocs, project } from "./options.ts";

const CURSOR = { type: "string", pattern: "^.+Z_\\d{1,9}(_.+)?$" } as const;
const PATTERN = { type: "string", minLength: 1, maxLength: 256 } as const;

const LEVEL = [...OUTPUT_LEVELS, "none"].join("|");

/** Options of container output. */
export const OUTPUT_OPTIONS: OptionDocs = {
  container: { ...container, repeatable: true },
  project,
  host,
  tail: LOG_OPTIONS["tail"]!,
  since: {
    description: "Start at this time, or this long ago by the engine's clock.",
    schema: MOMENT,
    example: "10m",
  },
  until: {
    description: "End before this time, or this long ago by the engine's clock.",
    schema: MOMENT,
    example: "2036-08-01T12:00:00.123456789Z",
  },
  match: {
    description: "Only lines that contain this text, or match this regular expression in the syntax of RE2.",
    schema: PATTERN,
    example: "error|timeout",
  },
  exclude: { description: "No lines that contain or match this.", schema: PATTERN, example: "healthz" },
  case: {
    description: "1: upper and lower case differ in match and exclude.",
    schema: ONE,
    example: "1",
  },
  levels: {
    description: "Only lines with these levels, separated by commas; none stands for lines without a level.",
    schema: { type: "string", pattern: `^(${LEVEL})(,(${LEVEL}))*$` },
    example: "warn,error,fatal",
  },
  stream: {
    description: "Only lines of this stream.",
    schema: { type: "string", enum: ["stdout", "stderr"] },
    example: "stderr",
  },
  context: {
    description: "Number of lines before and after each line that is found.",
    schema: { type: "integer", minimum: 0, maximum: 20 },
    example: "2",
  },
};

/** Further options of the socket of container output. */
export const OUTPUT_SOCKET_OPTIONS: OptionDocs = {
  batch: {
    description: "Arrays of lines, one frame per 100 ms at most.",
    schema: ONE,
    example: "1",
  },
  histogram: {
    description:
      "Counts the lines that are sent, with this number of bars from since to until, or for the last hour.",
    schema: { type: "integer", minimum: 1, maximum: 500 },
    example: "60",
  },
  scan: {
    description: "1: searches the existing output once, oldest line first, reports progress, and ends.",
    schema: ONE,
    example: "1",
  },
  after: {
    description: "With scan: continues the search after this cursor.",
    schema: CURSOR,
    example: "2026-08-01T12:00:00.123456789Z_0",
  },
};

/** Further options of a page of container output. */
export const PAGE_OPTIONS: OptionDocs = {
  before: {
    description: "Only lines before this cursor.",
    schema: CURSOR,
    example: "2026-08-01T12:00:00.123456789Z_0",
  },
  after: {
    description: "Only lines after this cursor, the oldest first.",
    schema: CURSOR,
    example: "2026-08-01T12:00:00.123456789Z_0",
  },
  around: {
    description:
      "tail lines before this cursor or time, or this long ago, and as many from it on. Other options that select lines are refused.",
    schema: { oneOf: [CURSOR, MOMENT] },
    example: "2036-08-01T12:00:00.123456789Z",
  },
  timestamps: {
    description: "With Accept: text/plain, each line begins with its timestamp in this time zone.",
    schema: { type: "string", minLength: 1, maxLength: 64 },
    example: "Europe/Berlin",
  },
};
