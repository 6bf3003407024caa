/** `dockstat.yaml`: its keys, their types, and the messages for errors in it. */
import * as v from "valibot";
import { isHost, toBasePath } from "../address.ts";
import { HostEntry } from "./host_schema.ts";
import { AppError, type Issue } from "../errors.ts";
import { parseDuration } from "../duration.ts";
import { ALERT_KEYS, repeatedIds } from "./alerts.ts";
import { GitKeys } from "./git.ts";
import { limitEntries } from "./limits.ts";
import { OtlpKeys } from "./otlp.ts";
import { OutboundKeys } from "./outbound.ts";
import { redact } from "../log/redact.ts";
import { UpdateKeys } from "./updates.ts";
import { locate, parseYaml } from "../yaml.ts";

/** A TCP port; 0 picks a free one. */
export const PORT = "a whole number from 0 to 65535";
const Port = v.pipe(v.number(PORT), v.integer(PORT), v.minValue(0, PORT), v.maxValue(65535, PORT));

/** An address to listen on. */
export const LISTEN_HOST = "an address such as 127.0.0.1, or a name of this machine";

/** A base path. */
export const BASE_PATH = 'a path such as "/dockstat", of letters, digits, dots, dashes and underscores';
const BasePath = v.pipe(
  v.string(BASE_PATH),
  v.check((text) => toBasePath(text) !== undefined, BASE_PATH),
);

/** Beginning of the expectation of a secret. */
const REFERENCE = '"env:NAME" or "file:PATH"';

const PARALLEL = "a whole number from 1 to 64";
const COMPOSE_KEY = 'the name of a key, such as "pre_build"';
const KEEP = "a duration from 1m to 30d, such as 7d";
const ALWAYS = "auto, true or false";

/** Readers of a host's numbers: `auto` is the kernel where it agrees with the engine. */
export const READERS = ["auto", "kernel", "engine"] as const;

/** One of {@linkcode READERS}. */
export type ReaderSetting = (typeof READERS)[number];

const KEYS =
  "the keys hosts, listen, stacks, history, reader, limits, exec, updates, outbound, otlp, git, alerts and channels";

const ConfigFile = v.strictObject({
  hosts: v.optional(
    v.pipe(v.array(HostEntry, "a list of hosts"), v.minLength(1, "a list with at least one host")),
  ),
  listen: v.optional(v.strictObject({
    host: v.optional(v.pipe(v.string(LISTEN_HOST), v.check(isHost, LISTEN_HOST))),
    port: v.optional(Port),
    basePath: v.optional(BasePath),
  }, "the keys host, port and basePath")),
  stacks: v.optional(v.strictObject({
    parallel: v.optional(
      v.pipe(v.number(PARALLEL), v.integer(PARALLEL), v.minValue(1, PARALLEL), v.maxValue(64, PARALLEL)),
    ),
    allowKeys: v.optional(
      v.array(v.pipe(v.string(COMPOSE_KEY), v.minLength(1, COMPOSE_KEY)), "a list of keys of compose files"),
    ),
  }, "the keys parallel and allowKeys")),
  history: v.optional(v.strictObject({
    keep: v.optional(v.pipe(v.string(KEEP), v.check(isKeep, KEEP))),
    always: v.optional(v.union([v.literal("auto"), v.boolean()], ALWAYS)),
  }, "the keys keep and always")),
  reader: v.optional(v.picklist(READERS, `one of ${READERS.join(", ")}`)),
  limits: v.optional(v.strictObject(limitEntries(), "limits by name")),
  updates: v.optional(UpdateKeys),
  outbound: v.optional(OutboundKeys),
  otlp: v.optional(OtlpKeys),
  git: v.optional(GitKeys),
  exec: v.optional(v.boolean("true or false")),
  ...ALERT_KEYS,
}, KEYS);

/** The schema of `dockstat.yaml`; every key is optional. */
export type ConfigFile = v.InferOutput<typeof ConfigFile>;

function isKeep(text: string): boolean {
  const ms = parseDuration(text);
  return ms !== undefined && ms >= 60_000 && ms <= 30 * 86_400_000;
}

/**
 * Parses a configuration file.
 *
 * @param name Name of the file for messages.
 * @throws {AppError} "usage", one issue per problem, each with line and column.
 */
export async function parseConfigFile(text: string, name: string): Promise<ConfigFile> {
  const value = readYaml(text, name) ?? {};
  if (Array.isArray(value)) {
    const message = "found a list: expected " + KEYS;
    throw badFile(name, [{ path: "the file", line: 1, column: 1, message }]);
  }
  // A value of the wrong type fails later checks too; it is reported once.
  const parsed = v.safeParse(ConfigFile, value, { abortPipeEarly: true });
  const issues = parsed.success
    ? await inconsistencies(parsed.output, text)
    : await Promise.all(parsed.issues.map((issue) => toIssue(issue, text)));
  if (!parsed.success || issues.length > 0) throw badFile(name, issues);
  return parsed.output;
}

function readYaml(text: string, name: string): unknown {
  try {
    return parseYaml(text, name);
  } catch (error) {
    if (error instanceof AppError) throw badFile(name, error.issues);
    throw error;
  }
}

function badFile(name: string, issues: readonly Issue[]): AppError {
  const lines = issues.map(({ path, line, column, message }) => {
    const where = line === undefined ? name : `${name}:${line}:${column}`;
    return path === name ? `${where}: ${message}` : `${where}: ${path}: ${message}`;
  });
  return new AppError("usage", lines.join("\n"), { issues });
}

async function toIssue(issue: v.BaseIssue<unknown>, text: string): Promise<Issue> {
  const keys = (issue.path ?? []).map((item) => item.key as string | number);
  const unknown = issue.expected === "never";
  const missing = issue.received === "undefined";
  const message = unknown
    ? `unknown key: allowed here ${allowedKeys(issue.path ?? [])}`
    : missing
    ? "missing, but required here"
    : `found ${isSecret(issue) ? "another value" : describe(issue.input)}: expected ${expectation(issue)}`;
  const at = await locate(text, keys);
  return { path: formatKeyPath(keys), ...at, message };
}

/** Reports whether a reference to a secret is expected, where the value found may be the secret itself. */
function isSecret({ message }: v.BaseIssue<unknown>): boolean {
  return message.startsWith(REFERENCE);
}

/** Replaces the library's messages. */
function expectation({ message, expected }: v.BaseIssue<unknown>): string {
  if (/^Invalid key/.test(message)) return "this key";
  return /^Invalid type/.test(message) && expected === "Object" ? "a mapping" : message;
}

/** Returns the allowed keys of the object around the last key, by walking the schema. */
function allowedKeys(path: readonly v.IssuePathItem[]): string {
  let schema: unknown = ConfigFile;
  for (const { key, input } of path.slice(0, -1)) {
    const step = unwrap(schema, input);
    schema = typeof key === "number" ? step.item : step.entries?.[key as string];
  }
  const names = Object.keys(unwrap(schema, path.at(-1)?.input).entries ?? {});
  if (names.length === 0) return "depend on its kind";
  return names.length === 1 ? `is ${names[0]}` : `are ${names.join(", ")}`;
}

interface SchemaNode {
  readonly wrapped?: unknown;
  readonly pipe?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly item?: unknown;
  readonly getter?: (input: unknown) => unknown;
}

function unwrap(schema: unknown, input: unknown): SchemaNode {
  const node = schema as SchemaNode;
  if (node.wrapped !== undefined) return unwrap(node.wrapped, input);
  return node.getter === undefined ? node : unwrap(node.getter(input), input);
}

async function inconsistencies(file: ConfigFile, text: string): Promise<Issue[]> {
  const found = repeatedIds(file);
  const seen = new Set<string>();
  const hosts = file.hosts ?? [];
  for (const [index, host] of hosts.entries()) {
    if (host.tls && (host.tls.cert === undefined) !== (host.tls.key === undefined)) {
      const message = "cert and key go together: expected both or neither";
      found.push({ keys: ["hosts", index, "tls"], message });
    }
    if ("swarm" in host) {
      if (hosts.every((other) => "swarm" in other)) {
        const message = "a manager of the swarm is missing: expected it as a further host, with id and url";
        found.push({ keys: ["hosts", index, "swarm"], message });
      }
      continue;
    }
    if (seen.has(host.id)) {
      found.push({
        keys: ["hosts", index, "id"],
        message: `"${host.id}" is already used: each host needs its own id`,
      });
    }
    seen.add(host.id);
    if ((host.url === undefined) === (host.context === undefined)) {
      const given = host.url === undefined ? "neither url nor context" : "url and context";
      found.push({ keys: ["hosts", index], message: `found ${given}: expected one of the two` });
    }
  }
  return await Promise.all(
    found.map(async ({ keys, message }) => ({
      path: formatKeyPath(keys),
      ...await locate(text, keys),
      message,
    })),
  );
}

/** Formats keys for messages, such as `hosts[1].url`. */
export function formatKeyPath(keys: readonly (string | number)[]): string {
  if (keys.length === 0) return "the file";
  return keys.map((key, index) => typeof key === "number" ? `[${key}]` : index ? `.${key}` : key).join("");
}

function describe(input: unknown): string {
  if (input === null) return "nothing";
  if (Array.isArray(input)) return input.length === 0 ? "an empty list" : "a list";
  if (typeof input === "object") return "a mapping";
  if (typeof input === "string") return `"${beginning(redact(input))}"`;
  return `the ${typeof input} ${String(input)}`;
}

/** Redacts before truncating, because half a secret would not be recognized. */
function beginning(text: string): string {
  return text.length > 60 ? text.slice(0, 60) + "…" : text;
}
