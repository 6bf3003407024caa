/** Finds the source position of a log call from the stack, also in a compiled binary. */

/** Position in the source. */
export interface CallSite {
  /** Name of the file, without folders. */
  readonly file: string;
  /** The first line is 1. */
  readonly line: number;
}

/** Frames of the logging library and of DockStat's own log. */
const OWN_FRAME = /@logtape|\/(log|call_site)\.ts:/;
const PLACE = /([^/\\(]+\.[jt]sx?):(\d+):\d+\)?$/;
/** LogTape is some six frames deep. */
const DEPTH = 20;

/** Returns the nearest caller outside the logging code; `undefined` when the stack shows none. */
export function callSite(): CallSite | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = DEPTH;
  const stack = new Error().stack ?? "";
  Error.stackTraceLimit = stackTraceLimit;
  return placeIn(stack);
}

/** Returns the first position in a stack outside the logging code. */
export function placeIn(stack: string): CallSite | undefined {
  for (const frame of stack.split("\n").slice(1)) {
    if (OWN_FRAME.test(frame)) continue;
    const [, file, line] = PLACE.exec(frame.trimEnd()) ?? [];
    if (file !== undefined) return { file, line: Number(line) };
  }
  return undefined;
}
