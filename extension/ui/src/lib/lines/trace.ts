/** Joins the lines of one stack trace, for Java, Python, Go, Node and .NET. */
import type { Level } from "./level.ts";

/** Part of a trace that the last line of an entry belongs to. */
export type TracePart =
  /** No trace so far. */
  | "none"
  /** The line of source code before an error of Node. */
  | "source"
  /** Exceptions and frames of Java, Node or .NET. */
  | "frames"
  /** Blank line after frames. */
  | "frames end"
  /** Frames of Python, up to the exception. */
  | "python"
  /** Exception of Python. */
  | "python end"
  /** Sentence between two chained exceptions of Python. */
  | "python chain"
  /** Goroutines of Go. */
  | "go";

/** The last line of an entry that a line may continue. */
export interface OpenEntry {
  readonly part: TracePart;
  /** Level of the first line. */
  readonly level: Level | undefined;
  /** Number of lines. */
  readonly count: number;
  /** True if the first line is indented or structured, so that only frames can continue it. */
  readonly isClosed: boolean;
}

/** Longest time between two lines of a trace, ms. */
export const LONGEST_GAP_MS = 1000;
/** Longest time between a line and an indented line that continues it, ms. */
const LONGEST_INDENT_GAP_MS = 100;

const FRAME =
  /^\s+at \S|^\s*\.{3} \d+ (?:more|common frames)|^\s*(?:Caused by|Suppressed): |^\s*--- End of |^\s*-{3}> \S/;
const EXCEPTION =
  /^(?:Exception in thread ".{0,200}" )?(?:[\w$]{1,80}\.)+[\w$]{0,80}(?:Exception|Error|Throwable|Failure)\b(?::|$)/;
const DOTNET = /^Unhandled exception\b/;
const JS_ERROR = /^(?:Uncaught )?[A-Z]\w{0,60}Error\b(?:: | \[|$)|^(?:Uncaught )?Error(?:: | \[|$)/;
const JS_SOURCE = /^(?:file:\/\/)?\/\S{1,300}\.[cm]?[jt]s:\d+$|^node:[\w/]{1,100}:\d+$/;
const PYTHON = /^\s*(?:\+ Exception Group )?Traceback \(most recent call last\):$/;
const PYTHON_ERROR = /^[A-Za-z_][\w.]{0,120}(?::|$)/;
const PYTHON_CHAIN = /^(?:During handling of the above|The above exception was)/;
const GO_PANIC = /^(?:panic: |fatal error: |SIG[A-Z]+: )/;
const GO_ROUTINE = /^goroutine \d+ \[/;
const GO_LINE =
  /^(?:\s|$|goroutine \d|created by |exit status \d|\[signal |r[a-z\d]{1,5}\s+0x|[\w./*()%·{}[\]@~-]{1,300}\(.{0,300}\)$|\[recovered)/;
const INDENTED = /^[ \t]+\S/;

/** Returns the part with which a line begins an entry. */
export function firstPart(text: string): TracePart {
  if (GO_PANIC.test(text)) return "go";
  if (PYTHON.test(text)) return "python";
  if (JS_SOURCE.test(text)) return "source";
  return EXCEPTION.test(text) || JS_ERROR.test(text) || DOTNET.test(text) ? "frames" : "none";
}

/**
 * Returns the part of the trace that a line continues; `undefined` when it begins an entry.
 *
 * @param level Level that the line states itself.
 * @param gapMs Time since the last line of the entry.
 */
export function nextPart(
  open: OpenEntry,
  text: string,
  level: () => Level | undefined,
  gapMs: number,
): TracePart | undefined {
  if (gapMs > LONGEST_GAP_MS || gapMs < -LONGEST_GAP_MS) return undefined;
  if (FRAME.test(text)) return "frames";
  switch (open.part) {
    case "none":
      return afterPlain(open, text, level, gapMs);
    case "source":
      if (JS_ERROR.test(text)) return "frames";
      return open.count < 6 && (text === "" || /^\s/.test(text)) ? "source" : undefined;
    case "frames":
      if (text === "") return "frames end";
      return INDENTED.test(text) || /^[}\])]+$/.test(text) ? "frames" : undefined;
    case "frames end":
      return /^Node\.js v\d/.test(text) ? "frames end" : undefined;
    case "go":
      return GO_LINE.test(text) ? "go" : undefined;
    default:
      return inPython(open.part, text);
  }
}

function inPython(part: TracePart, text: string): TracePart | undefined {
  if (part === "python") {
    if (text === "" || /^\s/.test(text)) return "python";
    return PYTHON_ERROR.test(text) ? "python end" : undefined;
  }
  if (text === "") return part;
  if (part === "python end") return PYTHON_CHAIN.test(text) ? "python chain" : undefined;
  return PYTHON.test(text) ? "python" : undefined;
}

/** Handles a line after a plain message, which often introduces a trace. */
function afterPlain(
  { level: headLevel, count, isClosed }: OpenEntry,
  text: string,
  level: () => Level | undefined,
  gapMs: number,
): TracePart | undefined {
  const isFirst = count === 1;
  const isTrouble = headLevel === "error" || headLevel === "fatal" || headLevel === "warning";
  if (isFirst && GO_ROUTINE.test(text)) return "go";
  if (isFirst && isTrouble) {
    if (EXCEPTION.test(text) || JS_ERROR.test(text)) return "frames";
    if (PYTHON.test(text)) return "python";
  }
  const isIndented = INDENTED.test(text) && headLevel !== undefined && !isClosed;
  return isIndented && gapMs <= LONGEST_INDENT_GAP_MS && level() === undefined ? "none" : undefined;
}
