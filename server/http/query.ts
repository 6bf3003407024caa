/** Parses query options strictly: unknown, malformed or repeated options are refused with what would be right. */
import { AppError, type Issue } from "../errors.ts";

/** Maximum number of reported issues, so that a refusal is never longer than its request. */
const MOST_ISSUES = 5;

/** An option of a path. */
export interface Option<T> {
  /** Returns `undefined` for a value that is not allowed. */
  readonly parse: (text: string) => T | undefined;
  /** Allowed values, to complete the sentence "expected …". */
  readonly expected: string;
  readonly repeatable?: boolean;
  /** Number of times that a repeatable option may be given; any unless set. */
  readonly max?: number;
}

/** Options of a path by name. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** Values of each option in the order in which they were given. */
export type Values<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? readonly T[] : never;
};

/**
 * Parses the options of a request.
 *
 * @throws {AppError} "malformed", one issue per problem.
 */
export function parseOptions<O extends Options>(query: URLSearchParams, options: O): Values<O> {
  const values: Record<string, unknown[]> = {};
  for (const name of Object.keys(options)) values[name] = [];
  const issues: Issue[] = [];
  for (const [name, text] of query) {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    const value = option?.parse(text);
    const message = option === undefined
      ? unknownOption(name, options)
      : value === undefined
      ? `found "${shorten(text)}": expected ${option.expected}`
      : countMessage(option, values[name]!.length);
    if (issues.length >= MOST_ISSUES) break;
    if (message === undefined) values[name]!.push(value);
    else issues.push({ path: shorten(name), message });
  }
  if (issues.length === 0) return values as unknown as Values<O>;
  const sentence = issues.map(({ path, message }) => `option "${path}": ${message}`).join("; ");
  throw new AppError("malformed", `Cannot read the query: ${sentence}`, { issues });
}

/** Returns what is wrong with another value of an option that has some already. */
function countMessage(
  { repeatable = false, max = Infinity }: Option<unknown>,
  known: number,
): string | undefined {
  if (!repeatable && known > 0) return "given twice: expected once";
  return known < max ? undefined : `given more than ${max} times: expected ${max} at most`;
}

function unknownOption(name: string, options: Options): string {
  // Links of earlier versions had the token here, where proxies and histories keep it.
  if (name === "token") {
    return "a token is not an option: open /#token=TOKEN, or send it as Authorization: Bearer";
  }
  const names = Object.keys(options);
  const allowed = names.length === 0 ? "none is allowed here" : `allowed are ${names.join(", ")}`;
  return `unknown option: ${allowed}`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
