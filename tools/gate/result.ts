/** Pure: counts what the parts of the gate have shown. */
import { errorsOf, failuresOf } from "./failures.ts";
import type { Part } from "./parts.ts";

/** Result of one part. */
export interface Result {
  readonly part: Part;
  /** Exit code of its command. */
  readonly code: number;
  /** Standard output and standard error of its command, without colors. */
  readonly output: string;
  /** Duration, s. */
  readonly seconds: number;
  /** Result of the second run of its failed files, if they ran again. */
  readonly second?: Result;
}

/** Numbers of passed and failed tests. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const SUMMARY = /(\d+) passed(?: \(\d+ steps?\))? \| (\d+) failed/g;

/**
 * Counts the tests of a run by the last summary that Deno printed.
 *
 * A part fails at least once when its exit code is not 0, and when it should run tests and ran none.
 */
function countRun({ part, code, output }: Pick<Result, "part" | "code" | "output">): Counts {
  const [, passed, failed] = part.isTest ? [...output.matchAll(SUMMARY)].at(-1) ?? [] : [];
  const counts = { passed: Number(passed ?? 0), failed: Number(failed ?? 0) };
  const ranNothing = part.isTest === true && counts.passed + counts.failed === 0;
  return code !== 0 || ranNothing ? { ...counts, failed: Math.max(1, counts.failed) } : counts;
}

/** Counts the tests of a part. Failures count as passed when the second run of their files has none. */
export function countResult(result: Omit<Result, "seconds">): Counts {
  const counts = countRun(result);
  if (!isFlaky(result)) return counts;
  return { passed: counts.passed + failuresOf(result.output).length, failed: 0 };
}

/** Returns whether a part failed, and passed in its second run. */
function isFlaky({ second }: Pick<Result, "second">): boolean {
  return second !== undefined && countRun(second).failed === 0;
}

/** One line for each test that failed: "Flaky" when it passed in the second run. */
function failureLines(result: Result): string[] {
  const { failed } = countRun(result);
  if (failed === 0) return [];
  const names = failuresOf(result.output).map(({ name, file }) => `${name}, ${file}`);
  const lines = isFlaky(result) ? [] : [`Failed: ${result.part.name} (${failed})`];
  return [...lines, ...names.map((name) => (isFlaky(result) ? `Flaky: ${name}` : `  ${name}`))];
}

/** Writes the report: errors, the time of each part, failed tests, then one line "N passed, N failed". */
export function report(results: readonly Result[]): { readonly text: string; readonly failed: number } {
  const counts = results.map(countResult);
  const sum = (key: keyof Counts) => counts.reduce((total, count) => total + count[key], 0);
  const lines = results.flatMap(({ output }) => errorsOf(output) || []);
  lines.push("", ...results.map(({ part, seconds }) => `${Math.round(seconds)} s: ${part.name}`));
  lines.push(...results.flatMap(failureLines));
  lines.push(`${sum("passed")} passed, ${sum("failed")} failed`);
  return { text: `\n${lines.join("\n")}\n`, failed: sum("failed") };
}
