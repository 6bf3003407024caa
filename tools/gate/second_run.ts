/** Runs the files of failed tests once more, when nothing runs beside them. */
import { failuresOf } from "./failures.ts";
import type { Result } from "./result.ts";
import { runPart, type Sink } from "./run.ts";

/** Most files of a part that run again. More failures are a fault of the code, not of the machine. */
const MOST_FILES = 3;

/** Returns the files of a part that run once more; none when the part cannot, or too many failed. */
export function filesToRepeat({ part, output }: Pick<Result, "part" | "output">): readonly string[] {
  if (part.isTest !== true) return [];
  const files = [...new Set(failuresOf(output).map(({ file }) => file))];
  return files.length > MOST_FILES ? [] : files;
}

/** Replaces the paths and exclusions of a part by some of its files. */
function argsFor(args: readonly string[], files: readonly string[]): string[] {
  return [...args.filter((arg) => arg === "test" || /^-(?!-ignore=)/.test(arg)), ...files];
}

/** Returns the results, with the second run of each part whose failures could be repeated. */
export async function repeatFailures(results: readonly Result[], sink: Sink): Promise<Result[]> {
  const all: Result[] = [];
  for (const result of results) {
    const files = result.code === 0 ? [] : filesToRepeat(result);
    if (files.length === 0) {
      all.push(result);
      continue;
    }
    const { part } = result;
    const again = { ...part, name: `${part.name}, second run`, args: argsFor(part.args, files) };
    all.push({ ...result, second: await runPart(again, sink) });
  }
  return all;
}
