/** YAML with positions: `@std/yaml` parses the values, the npm package `yaml` locates errors. */
// @ts-types="./types/yaml.d.ts"
import { parse } from "@std/yaml";
import { AppError, type Issue } from "./errors.ts";

/** Position in a text; the first line and the first column are 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Parses a YAML text; an empty text is `null`.
 *
 * @throws {AppError} "invalid", with line and column, when the text is not valid YAML.
 */
export function parseYaml(text: string, name: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const at = /at line (\d+), column (-?\d+)/.exec(message);
    // For some errors the parser gives no valid column, or a line after the last.
    const line = Math.min(Number(at?.[1]), text.trimEnd().split("\n").length);
    const issue: Issue = {
      path: name,
      ...(at ? { line, column: Math.max(Number(at[2]), 1) } : {}),
      message: `not YAML: ${wordsOf(message)}`,
    };
    throw new AppError("invalid", `Cannot read ${name}: ${issue.message}`, { issues: [issue], cause });
  }
}

function wordsOf(message: string): string {
  if (/call stack/i.test(message)) return "it is nested too deeply";
  const words = message.split("\n", 1)[0]!.replace(/ at line \d+, column -?\d+:?$/, "");
  // A secret that begins with "!" or "*" and is not quoted looks like a tag or an alias.
  return words.replace(/(unknown tag|unidentified alias) .+$/, "$1: quote a text that begins with ! or *");
}

/**
 * Finds the position of a key in a YAML text.
 *
 * @param path Keys and indexes from the root, such as `["hosts", 1, "url"]`.
 * @returns The position of the last key of the path that exists, or `undefined` for an empty text.
 */
export async function locate(
  text: string,
  path: readonly (string | number)[],
): Promise<Position | undefined> {
  return (await locator(text))(path);
}

/**
 * Parses a YAML text once to find several keys, as {@linkcode locate} does.
 *
 * The npm package `yaml` is loaded only when needed; `@std/yaml` gives no positions.
 */
export async function locator(
  text: string,
): Promise<(path: readonly (string | number)[]) => Position | undefined> {
  const { isMap, isNode, isScalar, LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const root: unknown = parseDocument(text, { lineCounter: lines, uniqueKeys: false }).contents;
  return (path) => {
    let node = root;
    let offset = isNode(node) ? node.range?.[0] : undefined;
    for (const step of path) {
      const pair = isMap(node)
        ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
        : undefined;
      const next: unknown = pair ? pair.value : child(node, step);
      const mark = pair ? pair.key : next;
      if (!isNode(mark)) break;
      offset = mark.range?.[0];
      node = next;
    }
    if (offset === undefined) return undefined;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

function child(node: unknown, step: string | number): unknown {
  const items = (node as { items?: unknown[] } | null)?.items;
  return typeof step === "number" ? items?.[step] : undefined;
}
