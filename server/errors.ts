/** One error class for everything that DockStat says about itself, and what a reader needs to mend it. */

/** What kind of failure this is; `problem.ts` maps each to an HTTP status, `cli.ts` to an exit code. */
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
  | "engine-refused"
  | "engine-unreachable"
  | "unavailable"
  | "usage"
  | "failed";

/** One mistake in somebody's input: where it stands, and what would be right. */
export interface Issue {
  /** Name of the option, or the path of the key, such as `hosts[1].url`. */
  readonly path: string;
  /** First line is 1. */
  readonly line?: number;
  /** First column is 1. */
  readonly column?: number;
  /** What was found and what is allowed, as a sentence for people. */
  readonly message: string;
}

/** Extras of an {@linkcode AppError}. */
export interface AppErrorOptions {
  readonly cause?: unknown;
  readonly issues?: readonly Issue[];
  /** Response headers that belong to the refusal, such as `Allow`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A failure with a sentence for people; the only class that DockStat throws on purpose. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly issues: readonly Issue[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.issues = options.issues ?? [];
    this.headers = options.headers ?? {};
  }
}

/** The sentence of whatever was thrown, with the innermost cause where the outer one says less. */
export function reason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return reason(thrown.errors[0]);
  return thrown.message || thrown.name;
}
