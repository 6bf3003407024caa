/** Pure: counts what the parts of the gate have shown. */
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
}

/** Numbers of passed and failed tests. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const SUMMARY = /(\d+) passed(?: \(\d+ steps?\))? \| (\d+) failed/g;

/**
 * Counts the tests of a part by the last summary that Deno printed.
 *
 * A part fails at least once when its exit code is not 0, and when it should run tests and ran none.
 */
export function countResult({ part, code, output }: Omit<Result, "seconds">): Counts {
  const [, passed, failed] = part.isTest ? [...output.matchAll(SUMMARY)].at(-1) ?? [] : [];
  const counts = { passed: Number(passed ?? 0), failed: Number(failed ?? 0) };
  const ranNothing = part.isTest === true && counts.passed + counts.failed === 0;
  return code !== 0 || ranNothing ? { ...counts, failed: Math.max(1, counts.failed) } : counts;
}

/** Writes the report: the time of each part, the failed parts, then one line "N passed, N failed". */
export function report(results: readonly Result[]): { readonly text: string; readonly failed: number } {
  const counts = results.map((result) => ({ name: result.part.name, ...countResult(result) }));
  const sum = (key: keyof Counts) => counts.reduce((total, count) => total + count[key], 0);
  const lines = results.map(({ part, seconds }) => `${Math.round(seconds)} s: ${part.name}`);
  lines.push(
    ...counts.filter(({ failed }) => failed > 0).map(({ name, failed }) => `Failed: ${name} (${failed})`),
  );
  lines.push(`${sum("passed")} passed, ${sum("failed")} failed`);
  return { text: `\n${lines.join("\n")}\n`, failed: sum("failed") };
}
