/** Finds the place in a compose file that an error of Compose refers to. */
import { fieldsOf, itemsOf } from "../../untrusted_json.ts";
import { parseYaml } from "../../yaml.ts";
import type { PathIssue } from "./issues.ts";

type Keys = PathIssue["keys"];

/** A name of more parts is not looked for. */
const MOST_DOTS = 20;

/** Errors about references of a service, with the key that contains the reference. */
const REFERENCES: readonly (readonly [words: RegExp, key: string])[] = [
  [/undefined network/, "networks"],
  [/undefined volume/, "volumes"],
  [/undefined config/, "configs"],
  [/undefined secret/, "secrets"],
  [/depends on undefined service/, "depends_on"],
];

/**
 * Splits an error of Compose into issues with paths.
 *
 * @param words Text of Compose, without the name of the file.
 * @param compose Text of the file, which is valid YAML.
 */
export function parseComposeError(words: string, compose: string): PathIssue[] {
  const value = parseYaml(compose, "compose");
  const older = /^(\S{1,500}) Additional property (.+) is not allowed$/.exec(words);
  const unknown = /^(\S{0,500}) additional properties '(.+)' not allowed$/.exec(words) ?? older;
  if (unknown === null) return [{ keys: keysIn(words, value), message: words }];
  const [, place = "", names = ""] = unknown;
  const keys = keysOf(place === "(root)" ? "" : place, value);
  return names.split("', '").map((name) => ({
    keys: [...keys, name],
    message: older === null ? `${place} additional properties '${name}' not allowed`.trim() : words,
  }));
}

function keysIn(words: string, value: unknown): Keys {
  const place = /\b(?:services|networks|volumes|configs|secrets)[.[][^\s':]{1,500}/.exec(words)?.[0];
  if (place !== undefined) return keysOf(place.replaceAll(/\[([^\]]*)\]/g, ".$1"), value);
  const named = /\bservice "([^"]+)"/.exec(words)?.[1];
  if (named === undefined) return [];
  const key = REFERENCES.find(([pattern]) => pattern.test(words))?.[1];
  return ["services", named, ...key === undefined ? [] : [key]];
}

/** A path as keys: names may have dots, so the longest that is there is taken. */
function keysOf(path: string, value: unknown): Keys {
  const parts = path === "" ? [] : path.split(".");
  const keys: (string | number)[] = [];
  let at = value;
  while (parts.length > 0) {
    const length = Array.isArray(at) ? 1 : longestName(parts, fieldsOf(at));
    const name = parts.splice(0, length).join(".");
    const key = Array.isArray(at) && /^\d+$/.test(name) ? Number(name) : name;
    keys.push(key);
    at = typeof key === "number" ? itemsOf(at)[key] : fieldsOf(at)[key];
  }
  return keys;
}

function longestName(parts: readonly string[], fields: Readonly<Record<string, unknown>>): number {
  for (let length = Math.min(parts.length, MOST_DOTS); length > 1; length--) {
    if (Object.hasOwn(fields, parts.slice(0, length).join("."))) return length;
  }
  return 1;
}
