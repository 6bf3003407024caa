/** Pure: reads from the output of Deno's tests which ones failed, and why. */

/** A test that failed. */
export interface Failure {
  /** Name of the test, or "uncaught error" when no test caught it. */
  readonly name: string;
  /** File of the test, from the folder of its part. */
  readonly file: string;
}

/** Longest text of errors that {@linkcode errorsOf} returns, characters. */
const LONGEST = 6_000;

/** Lines of a section such as " FAILURES ", up to the next section or the summary. */
function section(output: string, title: string): string {
  const start = output.lastIndexOf(`\n ${title} \n`);
  if (start === -1) return "";
  const text = output.slice(start + title.length + 4);
  const end = text.search(/^(?: FAILURES $|FAILED \| )/m);
  return (end === -1 ? text : text.slice(0, end)).trim();
}

/** Returns the failed tests of an output; none when a line of the list has an unknown form. */
export function failuresOf(output: string): readonly Failure[] {
  const lines = section(output, "FAILURES").split("\n").filter((line) => line.trim() !== "");
  const found = lines.map((line) => {
    const groups = (/^(?<name>.+) => (?<file>\S+\.test\.tsx?):\d+:\d+$/.exec(line) ??
      /^(?<file>\S+\.test\.tsx?) \((?<name>uncaught error)\)$/.exec(line))?.groups;
    return groups && { name: groups["name"] ?? "", file: groups["file"] ?? "" };
  });
  return found.every((failure) => failure !== undefined) ? found : [];
}

/** Returns the errors of an output, cut to 6,000 characters; empty when it has none. */
export function errorsOf(output: string): string {
  const text = section(output, "ERRORS");
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… cut` : text;
}
