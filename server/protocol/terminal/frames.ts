/** Frames of a terminal, and the facts that a client needs before it opens one. */
import * as v from "valibot";
import { CONTAINER_STATES } from "../stats.ts";
import { described } from "../schema.ts";

/** Limits of the first frame. */
export const START_LIMITS = { words: 256, wordLength: 32_768, userLength: 256 } as const;
/** Most columns or rows of a terminal. */
export const MOST_CELLS = 500;

const WORD = `a text of ${START_LIMITS.wordLength} characters at most, without the character 0`;
const USER = `a user of ${START_LIMITS.userLength} characters at most, such as "root" or "1000:1000"`;
const CELLS = `a whole number from 1 to ${MOST_CELLS}`;
const COUNT = "a number of bytes";

const cells = v.pipe(v.number(CELLS), v.integer(CELLS), v.minValue(1, CELLS), v.maxValue(MOST_CELLS, CELLS));
const bytes = v.pipe(v.number(COUNT), v.integer(COUNT), v.minValue(0, COUNT));

/** The first frame of a client. */
export const TerminalStart = v.strictObject({
  cmd: v.pipe(
    v.array(
      v.pipe(v.string(WORD), v.maxLength(START_LIMITS.wordLength, WORD), v.regex(/^[^\0]*$/, WORD)),
      "a list of texts",
    ),
    v.maxLength(START_LIMITS.words, `${START_LIMITS.words} texts at most`),
    v.description(
      "The command and its arguments; empty for a shell, `bash` where it exists and otherwise `sh`.",
    ),
  ),
  user: v.optional(
    v.nullable(
      v.pipe(
        v.string(USER),
        v.maxLength(START_LIMITS.userLength, USER),
        v.check((text) => !/\p{Cc}/u.test(text), USER),
      ),
    ),
  ),
  tty: v.optional(
    described(
      v.boolean("true or false"),
      "`false` runs the command without a terminal. Each binary frame of the server then begins with a byte: 1 for stdout, 2 for stderr.",
    ),
  ),
  flow: v.optional(
    described(v.boolean("true or false"), "`true` turns on `ack` frames in both directions."),
  ),
});
/** A frame in the shape of {@linkcode TerminalStart}. */
export type TerminalStart = Readonly<v.InferOutput<typeof TerminalStart>>;

/** A later text frame of a client. */
export const TerminalControl = v.union([
  v.strictObject({ resize: v.strictTuple([cells, cells]) }),
  v.strictObject({ ack: described(bytes, "Bytes of output that the client has processed, in total.") }),
  v.strictObject({ eof: described(v.literal(true), "Ends the input of a command without a terminal.") }),
]);
/** A frame in the shape of {@linkcode TerminalControl}. */
export type TerminalControl = Readonly<v.InferOutput<typeof TerminalControl>>;

/** Kinds of failures of a terminal. */
export const TERMINAL_FAILURES = [
  "command-not-found",
  "not-executable",
  "user-not-found",
  "paused",
  "not-running",
  "stopped",
  "removed",
  "host-down",
  "refused",
] as const;
/** One of {@linkcode TERMINAL_FAILURES}. */
export type TerminalFailureKind = (typeof TERMINAL_FAILURES)[number];

/** The end of a terminal's command. */
export const TerminalExit = v.strictObject({
  exit: described(v.nullable(v.pipe(v.number(), v.integer())), "Exit code; `null` when it is unknown."),
});

/** The number of bytes of input that the engine has accepted. */
export const TerminalAck = v.strictObject({ ack: bytes });

/** A terminal that could not be opened, or that ended without its command. */
export const TerminalFailure = v.strictObject({
  hostId: v.string(),
  error: described(v.string(), "What failed, why, and what to do."),
  kind: v.picklist(TERMINAL_FAILURES),
});
/** A frame in the shape of {@linkcode TerminalFailure}. */
export type TerminalFailure = Readonly<v.InferOutput<typeof TerminalFailure>>;

/** The answer of `GET /containers/{hostId}/{id}/terminal`. */
export const TerminalFacts = v.strictObject({
  hostId: v.string(),
  id: v.string(),
  name: v.string(),
  state: v.picklist(CONTAINER_STATES),
  user: described(v.nullable(v.string()), "User of the image; `null` for root."),
  reachesHost: described(
    v.array(v.string()),
    "Ways in which the container reaches its host, each as a phrase such as `runs privileged`.",
  ),
});
/** An answer in the shape of {@linkcode TerminalFacts}. */
export type TerminalFacts = Readonly<v.InferOutput<typeof TerminalFacts>>;
