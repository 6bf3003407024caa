/** Pure: what can be typed at the cursor in a compose file. */
import { type Cursor, cursorAt } from "./cursor.ts";
import { type Path, placeAt } from "./spec.ts";
import { variableNames } from "./variables.ts";

/** One completion. */
export interface Option {
  readonly label: string;
  /** Text that replaces what is typed. */
  readonly apply: string;
  /** Description. */
  readonly detail?: string | undefined;
}

/** The completions at a cursor. */
export interface Completions {
  /** Text before the cursor that a completion replaces. */
  readonly typed: string;
  readonly options: readonly Option[];
}

/** Keys of a service whose entries are names of the root, by the heading of the names. */
const REFERENCES: Readonly<Record<string, string>> = {
  depends_on: "services",
  networks: "networks",
  volumes: "volumes",
  configs: "configs",
  secrets: "secrets",
};

/** Returns the completions at an offset; `undefined` where none is known. */
export function completionsAt(text: string, offset: number, environment: string): Completions | undefined {
  const variable = /(?<!\$)(?:\$\$)*\$\{?([A-Za-z_]\w*)?$/.exec(
    text.slice(Math.max(offset - 200, 0), offset),
  );
  if (variable !== null) {
    const options = variableNames(environment).map((name) => ({ label: name, apply: name }));
    return { typed: variable[1] ?? "", options };
  }
  const cursor = cursorAt(text, offset);
  if (cursor === undefined) return undefined;
  const options = cursor.at === "value"
    ? valuesAt(cursor.path)
    : [...keysAt(cursor), ...namesAt(text, cursor)];
  return options.length === 0 ? undefined : { typed: cursor.typed, options };
}

/** An image whose tag is typed. */
export interface TypedTag {
  /** Name of the image without its tag. */
  readonly image: string;
  /** Part of the tag before the cursor. */
  readonly typed: string;
}

/** Returns the image whose tag is typed at an offset; `undefined` elsewhere. */
export function tagAt(text: string, offset: number): TypedTag | undefined {
  const cursor = cursorAt(text, offset);
  const [first, , key, ...rest] = cursor?.path ?? [];
  if (cursor?.at !== "value" || first !== "services" || key !== "image" || rest.length > 0) return undefined;
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const [, image, typed = ""] = /:\s*["']?([^\s"'@$]+):([\w.-]*)$/.exec(line) ?? [];
  return image === undefined ? undefined : { image, typed };
}

function keysAt({ path }: Cursor): readonly Option[] {
  const place = placeAt(path);
  if (place === undefined) return [];
  return [...place.keys].map(([key, detail]) => ({
    label: key,
    apply: `${key}:${tailOf([...path, key])}`,
    detail,
  }));
}

/** A single value follows on the line, a mapping or list below it. */
function tailOf(path: Path): string {
  const kinds = placeAt(path)?.kinds;
  return kinds === undefined || kinds.size === 0 || kinds.has("scalar") ? " " : "";
}

function valuesAt(path: Path): readonly Option[] {
  const place = placeAt(path);
  return (place?.values ?? []).map((value) => ({ label: value, apply: value }));
}

/** Names of services, networks and others that a service can refer to. */
function namesAt(text: string, { path, isItem }: Cursor): readonly Option[] {
  const [first, own, key, ...rest] = path;
  const heading = first === "services" ? REFERENCES[String(key)] : undefined;
  if (heading === undefined || rest.length > 1 || (rest.length === 1) !== isItem) return [];
  return namesUnder(text, heading).filter((name) => name !== own).map((name) => ({
    label: name,
    apply: key === "volumes" ? `${name}:` : isItem ? name : `${name}:`,
  }));
}

/** Reads the names below a heading of the root by their indentation, because the text may be incomplete. */
function namesUnder(text: string, heading: string): readonly string[] {
  const names: string[] = [];
  let indent: number | undefined;
  let isInside = false;
  for (const line of text.split("\n")) {
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const column = line.length - line.trimStart().length;
    if (column === 0) {
      isInside = line.startsWith(`${heading}:`);
      indent = undefined;
    } else if (isInside && column <= (indent ?? column)) {
      indent = column;
      const [, name] = /^\s*["']?([\w.-]+)["']?\s*:/.exec(line) ?? [];
      if (name !== undefined) names.push(name);
    }
  }
  return names;
}
