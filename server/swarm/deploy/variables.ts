/** Variables of a compose text for a swarm: the Docker CLI reads them from its environment only. */
import { builtin } from "../../builtin.ts";
import type { Issue } from "../../errors.ts";
import { invalidStack } from "../../stacks/validate/issues.ts";

/** A line of a `.env` text: nothing, a comment, or a variable. */
const LINE = /^\s*(?:#.*|(?:export\s+)?([A-Za-z_]\w*)\s*=.*)?$/;
/** Use of a variable, with the text after its name. */
const USE = /\$(?:\$|\{([A-Za-z_]\w*)([^}]?)|([A-Za-z_]\w*))/g;

/** Variables that change what the Docker CLI itself does. */
const RESERVED = new RegExp(
  "^(PATH|HOME|TMPDIR|(LD|DOCKER|GLIBC|MALLOC|DYLD)_.*|GO(DEBUG|GC|MAXPROCS|MEMLIMIT|TRACEBACK|COVERDIR)" +
    "|GCONV_PATH|LOCPATH|NLSPATH|RES_OPTIONS|HOSTALIASES)$",
);

/** Variables that the Docker CLI has on this machine: a text that used them would deploy this machine's values. */
const OWN: ReadonlySet<string> = new Set(["PATH", "HOME"]);

/** The variables of a text. */
export interface Variables {
  /** Values of the variables that the text uses. */
  readonly values: Readonly<Record<string, string>>;
  /** Warnings about variables without a value or a default. */
  readonly warnings: readonly string[];
}

/**
 * Reads the values of the variables that a text uses; others are not given to the Docker CLI.
 *
 * @param value The parsed text: escapes in quotes can hide a variable from its lines.
 * @param passed Names of variables that services receive without a value in the text.
 * @throws {AppError} "invalid" with the line of a text that is not a list of variables, or that uses a variable of
 *   this machine.
 */
export function variablesOf(
  { compose, env, value }: { readonly compose: string; readonly env: string; readonly value: unknown },
  passed: readonly string[] = [],
): Variables {
  const used = usesOf(textsIn(value).join("\n"));
  const lines = compose.split(/\r\n|\n|\r/).flatMap((line, at) => ownIssue(line, at + 1));
  const hidden = lines.length > 0 ? [] : [...passed, ...used.keys()].filter((name) => OWN.has(name));
  const issues = [
    ...env.split(/\r\n|\n|\r/).flatMap((line, at) => issueOf(line, at + 1)),
    ...lines,
    ...hidden.map((name) => ({ path: "compose", message: ownMessage(name) })),
  ];
  if (issues.length > 0) throw invalidStack(issues.slice(0, 20));
  const given = builtin("node:util").parseEnv(env) as Readonly<Record<string, string>>;
  const names = [...new Set([...used.keys(), ...passed])].filter((name) => !RESERVED.test(name));
  const values = names.filter((name) => Object.hasOwn(given, name)).map((name) => [name, given[name]!]);
  const unset = names.filter((name) => used.get(name) && !Object.hasOwn(given, name));
  return {
    values: Object.fromEntries(values),
    warnings: unset.map((name) => `The variable "${name}" is not set. It defaults to an empty string`),
  };
}

function issueOf(line: string, number: number): Issue[] {
  const at = { path: "env", line: number, column: 1 };
  const match = LINE.exec(line);
  if (match === null) return [{ ...at, message: "expected NAME=value, a comment or an empty line" }];
  const name = match[1];
  if (line.includes("\0")) return [{ ...at, message: "expected a text without NUL" }];
  if (name === undefined || !RESERVED.test(name)) return [];
  return [{
    ...at,
    message: `found "${name}": expected another name, since this one changes how the Docker CLI works`,
  }];
}

/** An issue about a line that uses a variable of this machine. */
function ownIssue(line: string, number: number): Issue[] {
  if (/^\s*#/.test(line)) return [];
  const name = [...usesOf(line).keys()].find((one) => OWN.has(one));
  if (name === undefined) return [];
  return [{ path: "compose", line: number, column: 1, message: ownMessage(name) }];
}

function ownMessage(name: string): string {
  return `found the variable "${name}" of this machine: write "$$${name}" for that of the container`;
}

/** Returns the keys and texts of a value; an alias can refer to the value that it is in. */
function textsIn(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  return Object.entries(value).flatMap(([key, child]) => [key, ...textsIn(child, seen)]);
}

/** Finds the variables of a text, each with true when it needs a value. */
function usesOf(compose: string): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const [, braced, next = "", plain] of compose.matchAll(USE)) {
    const name = braced ?? plain;
    if (name === undefined) continue;
    const needsValue = !/[-?+:]/.test(next);
    found.set(name, (found.get(name) ?? false) || needsValue);
  }
  return found;
}
