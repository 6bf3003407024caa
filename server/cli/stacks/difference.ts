/** Pure: the unified difference of two states of a stack. */
import { createTwoFilesPatch } from "diff";
import type { StackVersionContents } from "../../protocol/stack_versions.ts";
import { quoted } from "../quoted.ts";

/** Texts of a stack and digests of its files; what is absent is not compared. */
export interface Contents extends Pick<StackVersionContents, "compose"> {
  /** Name in the difference, such as "version 3". */
  readonly name: string;
  readonly env?: string;
  readonly files?: readonly Pick<StackVersionContents["files"][number], "path" | "digest" | "mode">[];
}

/** Lines of context around a change. */
const CONTEXT = 3;

/** Renders the difference as lines: a patch for each text, and the names of files. Empty when both are equal. */
export function renderDifference(old: Contents, next: Contents): string[] {
  const names = [old.name, next.name] as const;
  return [
    ...patch("compose.yaml", names, old.compose, next.compose),
    ...old.env === undefined || next.env === undefined ? [] : patch(".env", names, old.env, next.env),
    ...old.files === undefined || next.files === undefined ? [] : filesDiffer(old.files, next.files),
  ];
}

function patch(
  file: string,
  [old, next]: readonly [string, string],
  before: string,
  after: string,
): string[] {
  if (before === after) return [];
  const [from, to] = [`${file} (${old})`, `${file} (${next})`];
  const text = createTwoFilesPatch(from, to, before, after, undefined, undefined, { context: CONTEXT });
  // The first line is a ruler that only patches of several files need.
  return text.trimEnd().split("\n").filter((line, index) => index > 0 || !line.startsWith("====="));
}

type Files = NonNullable<Contents["files"]>;

function filesDiffer(old: Files, next: Files): string[] {
  const [before, after] = [old, next].map((files) => new Map(files.map((file) => [file.path, file])));
  const paths = [...new Set([...before!.keys(), ...after!.keys()])].sort();
  return paths.flatMap((path) => {
    const [was, is] = [before!.get(path), after!.get(path)];
    if (was?.digest === is?.digest && was?.mode === is?.mode) return [];
    if (was !== undefined && was.digest === is?.digest) {
      return [`file ${quoted(path)}: mode ${was.mode}, now ${is.mode}`];
    }
    const change = was === undefined ? "added" : is === undefined ? "deleted" : "changed";
    return [`file ${change}: ${quoted(path)}`];
  });
}

const COLORS: Readonly<Record<string, string>> = { "+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m" };

/** Paints a line of a difference for a terminal. */
export function paintLine(line: string): string {
  const color = /^(---|\+\+\+) /.test(line) ? "\x1b[1m" : COLORS[line.charAt(0)];
  return color === undefined ? line : `${color}${line}\x1b[0m`;
}
