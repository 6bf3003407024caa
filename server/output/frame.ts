/** Frames of container output. */
import type { Container } from "../docker/container.ts";
import type { OutputLine } from "../docker/demux.ts";
import type { Engine } from "../docker/engine.ts";

/** A container whose output can be followed. */
export interface OutputSource {
  readonly hostId: string;
  readonly containerId: string;
  readonly engine: Engine;
  /** The engine's clock minus ours, ms. */
  readonly clockOffsetMs: number;
  /** Returns the container as last reported by its engine; `undefined` once it is removed. */
  readonly current: () => Container | undefined;
}

/** A serialized frame, with the timestamp and stream of its line. */
export interface OutputFrame {
  /** Empty for a frame that is not a line. */
  readonly timestamp: string;
  readonly stream?: OutputLine["stream"];
  readonly json: string;
  /** Set on a notice that the output cannot continue. */
  readonly final?: true;
}

/** Returns the line of a frame; `undefined` for a notice. */
export function lineOf({ stream, json }: OutputFrame): Pick<OutputLine, "message" | "stream"> | undefined {
  if (stream === undefined) return undefined;
  const { message } = JSON.parse(json) as { readonly message: string };
  return { message, stream };
}

/** Creates the notice that the output of a container has ended, or with `null` that it continues. */
export function toNotice(
  { hostId, containerId }: OutputSource,
  error: string | null,
  final: boolean,
): OutputFrame {
  const more = final ? { final } as const : {};
  return { timestamp: "", json: JSON.stringify({ hostId, containerId, error, ...more }), ...more };
}

/** Engine timestamps, which need no escaping. */
const PLAIN_TIME = /^[\dT:.Z+-]*$/;

/** Built by hand, since only the message needs escaping and there may be 50,000 lines per second. */
export function toFrame(
  { hostId, containerId }: OutputSource,
  { timestamp, message, stream }: OutputLine,
): OutputFrame {
  const text = JSON.stringify(message);
  const stamp = PLAIN_TIME.test(timestamp) ? timestamp : "";
  const json =
    `{"timestamp":"${stamp}","message":${text},"stream":"${stream}","containerId":"${containerId}",` +
    `"hostId":"${hostId}"}`;
  return { timestamp, stream, json };
}
