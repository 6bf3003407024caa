/** Where in the source a call stands, found from the stack: also in a compiled binary, whose frames name the sources. */

/** A place in the source. */
export interface CallSite {
  /** The name of the file, without its folders. */
  readonly file: string;
  /** The first line is 1. */
  readonly line: number;
}

/** Frames of the logging itself: the logging library's, and those of the files that end the way to a sink. */
const OWN_FRAME = /@logtape|\/(log|call_site)\.ts:/;
const PLACE = /([^/\\(]+\.[jt]sx?):(\d+):\d+\)?$/;
/** LogTape is some six frames deep. */
const DEPTH = 20;

/** The nearest caller outside of the logging; `undefined` when the stack does not tell. */
export function callSite(): CallSite | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = DEPTH;
  const stack = new Error().stack ?? "";
  Error.stackTraceLimit = stackTraceLimit;
  return placeIn(stack);
}

/** The first place of a stack that is not of the logging itself. */
export function placeIn(stack: string): CallSite | undefined {
  for (const frame of stack.split("\n").slice(1)) {
    if (OWN_FRAME.test(frame)) continue;
    const [, file, line] = PLACE.exec(frame.trimEnd()) ?? [];
    if (file !== undefined) return { file, line: Number(line) };
  }
  return undefined;
}
