/** Query options, strictly: what is unknown, malformed or given twice is refused, with what would be right. */
import { AppError, type Issue } from "../errors.ts";

/** More mistakes than these are not told: the refusal of a request must not be longer than the request. */
const MOST_ISSUES = 5;

/** One option that a path takes. */
export interface Option<T> {
  /** `undefined` when the text is not allowed. */
  readonly parse: (text: string) => T | undefined;
  /** What is allowed, to end the sentence "expected …". */
  readonly expected: string;
  readonly repeatable?: boolean;
}

/** The options of a path by name. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** The values of each option that was given, in the order in which they were given. */
export type Values<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? readonly T[] : never;
};

/**
 * Reads the options of a request.
 *
 * @throws {AppError} "malformed", one issue per mistake.
 */
export function parseOptions<O extends Options>(query: URLSearchParams, options: O): Values<O> {
  const values: Record<string, unknown[]> = {};
  for (const name of Object.keys(options)) values[name] = [];
  const issues: Issue[] = [];
  for (const [name, text] of query) {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    const value = option?.parse(text);
    const message = option === undefined
      ? unknownOption(options)
      : value === undefined
      ? `found "${shorten(text)}": expected ${option.expected}`
      : !option.repeatable && values[name]!.length > 0
      ? "given twice: expected once"
      : undefined;
    if (issues.length >= MOST_ISSUES) break;
    if (message === undefined) values[name]!.push(value);
    else issues.push({ path: shorten(name), message });
  }
  if (issues.length === 0) return values as unknown as Values<O>;
  const sentence = issues.map(({ path, message }) => `option "${path}": ${message}`).join("; ");
  throw new AppError("malformed", `Cannot read the query: ${sentence}`, { issues });
}

function unknownOption(options: Options): string {
  const names = Object.keys(options);
  const allowed = names.length === 0 ? "none is allowed here" : `allowed are ${names.join(", ")}`;
  return `there is no such option: ${allowed}`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
