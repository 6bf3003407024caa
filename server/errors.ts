/** The error class of DockStat's own failures. */

/** Kind of failure; `http/problem.ts` maps it to an HTTP status, `cli/main.ts` to an exit code. */
export type ErrorCode =
  | "malformed"
  | "unauthorized"
  | "forbidden"
  | "not-found"
  | "method"
  | "busy"
  | "too-large"
  | "media-type"
  | "wrong-host"
  | "invalid"
  | "too-many"
  | "no-space"
  | "engine-refused"
  | "engine-unreachable"
  | "unavailable"
  | "usage"
  | "failed";

/** One problem in the input: its position, and what would be right. */
export interface Issue {
  /** Name of the option, or path of the key, such as `hosts[1].url`. */
  readonly path: string;
  /** First line is 1. */
  readonly line?: number;
  /** First column is 1. */
  readonly column?: number;
  /** Value found and values allowed, as a sentence. */
  readonly message: string;
}

/** Options for {@linkcode AppError}. */
export interface AppErrorOptions {
  readonly cause?: unknown;
  readonly issues?: readonly Issue[];
  /** Response headers that belong to the refusal, such as `Allow`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A failure with a message for users. Programming errors use the built-in classes. */
export class AppError extends Error {
  override readonly name = "AppError";
  /** Kind of failure. */
  readonly code: ErrorCode;
  /** Problems in the input; empty for other failures. */
  readonly issues: readonly Issue[];
  /** Response headers of the refusal. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.issues = options.issues ?? [];
    this.headers = options.headers ?? {};
  }
}

/** Returns the message of a thrown value, from the innermost cause where the outer one says less. */
export function reason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return reason(thrown.errors[0]);
  return thrown.message || thrown.name;
}

/** Reports whether a write failed because no space is left, on the disk or in the user's quota. */
export function isDiskFull(thrown: unknown): boolean {
  return thrown instanceof Error &&
    /no space left|disk is full|quota exceeded|ENOSPC|EDQUOT/i.test(thrown.message);
}
