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

/** Returns the failed tests of an output; none when the file of one is unknown. */
export function failuresOf(output: string): readonly Failure[] {
  const lines = section(output, "FAILURES").split("\n").filter((line) => line.trim() !== "");
  const found = lines.map((line) => {
    const groups = (/^(?<name>.+) => (?<place>\S+):\d+:\d+$/.exec(line) ??
      /^(?<place>\S+) \((?<name>uncaught error)\)$/.exec(line))?.groups;
    const { name = "", place = "" } = groups ?? {};
    const file = TEST_FILE.test(place) ? place : fileOf(name, output);
    return file === undefined ? undefined : { name, file };
  });
  return found.every((failure) => failure !== undefined) ? found : [];
}

const TEST_FILE = /\.test\.tsx?$/;

/** Finds the file that runs a test which a function of another file has registered. */
function fileOf(name: string, output: string): string | undefined {
  const [test] = name.split(" ... ", 1);
  let file: string | undefined;
  const [run = ""] = output.split(/\n (?:ERRORS|FAILURES) \n/, 1);
  for (const line of run.split("\n")) {
    file = /^running \d+ tests? from (\S+)$/.exec(line)?.[1] ?? file;
    if (line.startsWith(`${test} ...`)) return file;
    const [before, after] = line.split(" => ", 2);
    if (after?.startsWith(`${test} ...`) && TEST_FILE.test(before!)) return before;
  }
  return undefined;
}

/** Returns the errors of an output, cut to 6,000 characters; empty when it has none. */
export function errorsOf(output: string): string {
  const text = section(output, "ERRORS");
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… cut` : text;
}
