/** Frames of container output. */
import * as v from "valibot";
import { containerId, count, described } from "./schema.ts";

/** One line of container output. */
export const OutputMessage = v.strictObject({
  timestamp: described(v.string(), "Time at which the engine received the line, ISO 8601 with nanoseconds."),
  message: v.string(),
  stream: v.picklist(["stdout", "stderr"]),
  containerId,
  hostId: v.string(),
});

/** A line in the shape of {@linkcode OutputMessage}. */
export type OutputMessage = Readonly<v.InferOutput<typeof OutputMessage>>;

/** One line of a page of container output. */
export const OutputEntry = v.strictObject({
  ...OutputMessage.entries,
  cursor: described(
    v.string(),
    "Timestamp, and number of the line among those with this timestamp; for `before` and `after`.",
  ),
});

/** A line in the shape of {@linkcode OutputEntry}. */
export type OutputEntry = Readonly<v.InferOutput<typeof OutputEntry>>;

/** Number of lines that a client has lost because it reads too slowly. */
export const OutputDropped = v.strictObject({ hostId: v.string(), containerId, dropped: count });

/** A frame in the shape of {@linkcode OutputDropped}. */
export type OutputDropped = Readonly<v.InferOutput<typeof OutputDropped>>;

/** Number of lines within a time, and of errors among them, with `histogram`. */
export const OutputHistogram = v.strictObject({
  from: described(v.string(), "Start, ISO 8601, UTC. A later frame with the same start replaces this one."),
  to: described(v.string(), "End, exclusive."),
  lines: count,
  errors: described(count, "Lines with the level error or fatal."),
});

/** A frame in the shape of {@linkcode OutputHistogram}. */
export type OutputHistogram = Readonly<v.InferOutput<typeof OutputHistogram>>;

/** A container whose output has ended (`error` is the reason), or continues (`error` is `null`). */
export const OutputNotice = v.strictObject({
  hostId: v.string(),
  containerId,
  error: v.nullable(v.string()),
  final: v.optional(
    described(
      v.literal(true),
      "Set when the output cannot continue: the container was removed, or its log driver cannot be read.",
    ),
  ),
});

/** A frame in the shape of {@linkcode OutputNotice}. */
export type OutputNotice = Readonly<v.InferOutput<typeof OutputNotice>>;

/** One line that a search found, or with `context` a line around one. */
export const OutputFound = v.strictObject({
  ...OutputEntry.entries,
  context: v.optional(described(v.literal(true), "Set on lines around matching lines.")),
});

/** A line in the shape of {@linkcode OutputFound}. */
export type OutputFound = Readonly<v.InferOutput<typeof OutputFound>>;

/** Progress of a search. */
export const OutputScan = v.strictObject({
  scanned: described(count, "Lines read so far."),
  found: described(count, "Lines found so far."),
  at: described(v.nullable(v.string()), "Timestamp up to which the output has been read."),
  done: described(v.boolean(), "True in the last frame."),
  next: described(
    v.nullable(v.string()),
    "Cursor of the last line sent, if there may be more to find: `after` continues there.",
  ),
  bars: v.optional(
    described(
      v.array(
        v.strictObject({
          from: v.string(),
          to: v.string(),
          lines: count,
          errors: described(count, "Lines with the level error or fatal."),
          found: count,
        }),
      ),
      "All lines read so far over time, with `histogram`. Bars without lines are left out.",
    ),
  ),
});

/** A frame in the shape of {@linkcode OutputScan}. */
export type OutputScan = Readonly<v.InferOutput<typeof OutputScan>>;
