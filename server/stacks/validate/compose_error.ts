/** Finds the place in a compose file that an error of Compose refers to. */
import { posix } from "../../runtime/path.ts";
import { parseCompose } from "../../compose/compose_yaml.ts";
import { partsOf } from "../../compose/schema_walk.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import type { PathIssue } from "./issues.ts";
import { describeUnknownKey, findUnknownKeys, NO_KEYS } from "./unknown_keys.ts";

type Keys = PathIssue["keys"];

/** A name of more parts is not looked for. */
const MOST_DOTS = 20;

/** Errors about references of a service, with the key that contains the reference. */
const REFERENCES: readonly (readonly [words: RegExp, key: string])[] = [
  [/undefined network/, "networks"],
  [/undefined volume/, "volumes"],
  [/undefined config/, "configs"],
  [/undefined secret/, "secrets"],
  [/depends on undefined service|^dependency cycle/, "depends_on"],
  [/mutually exclusive `network_mode`/, "network_mode"],
];

/** Errors of Compose 2.20 to 2.26, to 5.5, and later about keys that it does not know: their place and their names. */
const UNKNOWN: readonly RegExp[] = [
  /^(\S{1,500}) Additional property (.+) is not allowed$/,
  /^(\S{0,500}) additional properties '(.+)' not allowed$/,
  /^(?:(\S{1,500})\.)?([^.\s]{1,500}) false schema$/,
];

/** Error about a container name that two services have; Compose does not print the other service. */
const DOUBLE_NAME = /^services\.(.{1,200}): container name "([^"]{1,200})" is already in use by service/;

/**
 * Splits an error of Compose into issues with paths.
 *
 * @param words Text of Compose, without the name of the file.
 * @param compose Text of the file, which is valid YAML.
 */
export async function parseComposeError(words: string, compose: string): Promise<PathIssue[]> {
  const [, service, name] = DOUBLE_NAME.exec(words) ?? [];
  if (service !== undefined) {
    const message = `the name "${name}" is the container_name of another service too`;
    return [{ keys: ["services", service, "container_name"], message }];
  }
  const value = await parseCompose(compose);
  const [, place = "", names] = UNKNOWN.map((pattern) => pattern.exec(words)).find((match) => match) ?? [];
  if (names === undefined) return [{ keys: keysIn(words, value), message: words }];
  const keys = keysOf(place === "(root)" ? "" : place, value);
  const unknown = new Map(findUnknownKeys(value, NO_KEYS).map((issue) => [issue.keys.join("\n"), issue]));
  return names.split("', '").map((name) => {
    const all = [...keys, name];
    // A key of the specification that the installed version does not know has no entry.
    const { message = describeUnknownKey(name) } = unknown.get(all.join("\n")) ?? {};
    return { keys: all, message };
  });
}

function keysIn(words: string, value: unknown): Keys {
  const place = /\b(?:services|jobs|networks|volumes|configs|secrets)[.[][^\s':]{1,500}/.exec(words)?.[0];
  if (place !== undefined) {
    return keysOf(place.replaceAll(/\.?\[([^\]]*)\]/g, ".$1").replace(/\.+$/, ""), value);
  }
  const named = namedService(words);
  if (named === undefined) {
    return keysOfSection(words) ?? keysOfFile(words, value) ?? keysOfPort(words, value) ?? [];
  }
  const key = REFERENCES.find(([pattern]) => pattern.test(words))?.[1];
  return ["services", named, ...key === undefined ? [] : [key]];
}

/** The first service of a message, which has quotes in most messages and follows the colon of a cycle. */
function namedService(words: string): string | undefined {
  return /\bservice "([^"]+)"/.exec(words)?.[1] ??
    /^service (\S{1,500}) declares /.exec(words)?.[1] ??
    /^dependency cycle detected: (\S{1,500}) -> /.exec(words)?.[1];
}

/** The part of the file that has the wrong type, such as `services`. */
function keysOfSection(words: string): Keys | undefined {
  const section = /^([a-z]+) must be an? /.exec(words)?.[1];
  return section === undefined ? undefined : [section];
}

/** The key that names a file that Compose misses. */
function keysOfFile(words: string, value: unknown): Keys | undefined {
  const [, kind, path] = /\b(env|label) file (.{1,1000}?) not found/.exec(words) ?? [];
  if (kind === undefined || path === undefined) return undefined;
  const key = `${kind}_file`;
  const missing = posix.normalize(path);
  const isMissing = (item: unknown) => {
    const name = textOf(item) ?? textOf(fieldsOf(item)["path"]);
    return name !== undefined && posix.normalize(name) === missing;
  };
  const holder = partsOf(value).containers.find(({ fields }) => [fields[key]].flat().some(isMissing));
  return holder && [...holder.keys, key];
}

/** The port whose part Compose refuses. */
function keysOfPort(words: string, value: unknown): Keys | undefined {
  const [, part] = /^invalid (?:containerPort|hostPort|port)[^:]*: (.{1,100})$/i.exec(words) ??
    [];
  if (part === undefined) return undefined;
  for (const { keys, fields } of partsOf(value).containers) {
    const index = itemsOf(fields["ports"]).findIndex((port) => textOf(port)?.includes(part));
    if (index >= 0) return [...keys, "ports", index];
  }
  return undefined;
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
