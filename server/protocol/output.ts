/** Frames of container output. */
import * as v from "valibot";
import { containerId, described } from "./schema.ts";

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

/** A container whose output has ended (`error` is the reason), or continues (`error` is `null`). */
export const OutputNotice = v.strictObject({
  hostId: v.string(),
  containerId,
  error: v.nullable(v.string()),
});

/** A frame in the shape of {@linkcode OutputNotice}. */
export type OutputNotice = Readonly<v.InferOutput<typeof OutputNotice>>;
