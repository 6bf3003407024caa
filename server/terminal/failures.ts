/** Pure: the sentence and the kind of each failure of a terminal. */
import { AppError, reason } from "../errors.ts";
import type { TerminalFailureKind } from "../protocol/terminal/frames.ts";

/** A failure as clients receive it. */
export interface Failure {
  readonly kind: TerminalFailureKind;
  readonly message: string;
}

/** The attempt that failed. */
export interface Attempt {
  readonly hostId: string;
  /** Name of the container. */
  readonly name: string;
  /** The command; empty for a shell. */
  readonly cmd: readonly string[];
  /** `undefined` for the user of the image. */
  readonly user: string | undefined;
}

/** Longest part of an engine's message, in characters. */
const LONGEST = 500;

/** Texts of engines and of their runtimes, and the kind of failure that each means; the first match counts. */
const TEXTS: readonly (readonly [RegExp, TerminalFailureKind])[] = [
  [/unable to find (user|group)|no matching entries in (passwd|group)|no users found/i, "user-not-found"],
  [/is paused/i, "paused"],
  [/is not running|is restarting|container .* is (stopped|exited)/i, "not-running"],
  [/no such container/i, "removed"],
  [/executable file not found|no such file or directory|not a directory/i, "command-not-found"],
  [/permission denied|exec format error|is a directory/i, "not-executable"],
];

/** Returns the failure for an error of the engine, or for the text that its runtime printed instead of starting. */
export function toFailure(thrown: unknown, attempt: Attempt): Failure {
  const text = typeof thrown === "string" ? thrown : reason(thrown);
  const code = thrown instanceof AppError ? thrown.code : undefined;
  const kind = code === "engine-unreachable"
    ? "host-down"
    : TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? (code === "not-found" ? "removed" : "refused");
  return { kind, message: sentence(kind, text, attempt) };
}

/** Returns the failure of a container that has ended under its terminal. */
export function stopped({ name }: Attempt): Failure {
  return {
    kind: "stopped",
    message: `Container "${name}" has stopped. Start it and open the terminal again.`,
  };
}

function sentence(kind: TerminalFailureKind, text: string, { hostId, name, cmd, user }: Attempt): string {
  const [program = ""] = cmd;
  switch (kind) {
    case "command-not-found":
      return program === ""
        ? `Container "${name}" has no shell. Enter a command that its image contains.`
        : `Container "${name}" has no command "${
          shortened(program)
        }". Enter a command that its image contains.`;
    case "not-executable":
      return `Cannot run "${shortened(program || "sh")}" in container "${name}": permission denied. ` +
        "Choose an executable file, or another user.";
    case "user-not-found":
      return `Container "${name}" has no user "${shortened(user ?? "")}". ` +
        "Choose a user of its image, or a numeric id.";
    case "paused":
      return `Container "${name}" is paused. Unpause it and open the terminal again.`;
    case "not-running":
      return `Container "${name}" is not running. Start it and open the terminal again.`;
    case "removed":
      return `Container "${name}" was removed.`;
    case "host-down":
      return `The engine of host "${hostId}" cannot be reached: ${shortened(text)}`;
    default:
      return `Cannot open a terminal in container "${name}": ${shortened(text)}`;
  }
}

function shortened(text: string): string {
  const line = text.trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
