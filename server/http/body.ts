/** Reads request bodies: JSON of a known shape, within the size limit. */
import * as v from "valibot";
import { AppError, type Issue } from "../errors.ts";

/**
 * Reads and validates a body.
 *
 * @throws {AppError} "media-type", "too-large", "malformed" for invalid JSON, "invalid" for JSON of another shape.
 */
export async function readBody<S extends v.GenericSchema>(
  request: Request,
  schema: S,
  mostBytes: number,
): Promise<v.InferOutput<S>> {
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    const found = type === undefined ? "no content type" : `"${type}"`;
    throw new AppError("media-type", `Cannot read the body: found ${found}: expected application/json`);
  }
  const body = parseJson(await readText(request, mostBytes));
  if (Array.isArray(body)) throw notAnObject("the body");
  const parsed = v.safeParse(schema, body);
  if (parsed.success) {
    const path = arrayForObject(body, parsed.output);
    if (path === undefined) return parsed.output;
    throw notAnObject(path.join("."));
  }
  const issues = parsed.issues.slice(0, 5).map((issue) => toIssue(issue, schema));
  const sentence = issues.map(({ path, message }) => `${path}: ${message}`).join("; ");
  throw new AppError("invalid", `Cannot use the body: ${sentence}`, { issues });
}

/**
 * Reads a body as bytes, at most the allowed number regardless of the headers.
 *
 * @throws {AppError} "too-large".
 */
export async function readBytes({ body }: Request, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > mostBytes) {
      throw new AppError("too-large", `Cannot accept a body of more than ${mostBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

async function readText(request: Request, mostBytes: number): Promise<string> {
  const bytes = await readBytes(request, mostBytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("malformed", "Cannot read the body: it is not UTF-8", { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    // The runtime's message quotes the text around the error, which may hold secrets.
    const at = /position (\d+)/.exec(why)?.[1] ?? /line \d+ column \d+/.exec(why)?.[0];
    const where = at === undefined ? "" : ` at ${/^\d/.test(at) ? `character ${at}` : at}`;
    throw new AppError("malformed", `Cannot read the body: it is not JSON${where}`, { cause });
  }
}

/**
 * Returns the path of an array that the library took for an object, which it does where all keys are optional or free.
 */
function arrayForObject(input: unknown, output: unknown): readonly string[] | undefined {
  if (!isObject(input) || !isObject(output)) return undefined;
  if (Array.isArray(input) && !Array.isArray(output)) return [];
  for (const [key, value] of Object.entries(output)) {
    const below = arrayForObject(input[key], value);
    if (below !== undefined) return [key, ...below];
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function notAnObject(path: string): AppError {
  const message = "found an array: expected an object";
  return new AppError("invalid", `Cannot use the body: ${path}: ${message}`, { issues: [{ path, message }] });
}

function toIssue(issue: v.BaseIssue<unknown>, schema: v.GenericSchema): Issue {
  const keys = (issue.path ?? []).map(({ key }) => String(key));
  const path = keys.join(".") || "the body";
  if (issue.expected === "never") return { path, message: unknownKey(keys, schema) };
  if (issue.received === "undefined") {
    return { path, message: `missing: expected ${expectationOf(keys, schema) ?? expectation(issue)}` };
  }
  return { path, message: `found ${foundIn(issue, path)}: expected ${expectation(issue)}` };
}

/** The keys of nested objects are not listed: their schema is not known here. */
function unknownKey(keys: readonly string[], schema: v.GenericSchema): string {
  const allowed = Object.keys(entriesOf(schema)).join(", ");
  return keys.length > 1 ? "unknown key" : `unknown key: allowed are ${allowed}`;
}

/** Names a value; only names and numbers out of range are repeated, because others may be secrets. */
function foundIn({ input, kind }: v.BaseIssue<unknown>, path: string): string {
  if (input === null) return "nothing";
  if (typeof input === "number" && kind === "validation") return String(input);
  if (typeof input === "string") return path === "name" ? `"${input.slice(0, 80)}"` : "a text";
  if (Array.isArray(input)) return "an array";
  return typeof input === "object" ? "an object" : `a ${typeof input}`;
}

/** Returns what the schema of a key expects; `undefined` if the schema does not state it. */
function expectationOf(keys: readonly string[], schema: v.GenericSchema): string | undefined {
  const [key = ""] = keys;
  const entries = entriesOf(schema);
  if (keys.length !== 1 || !Object.hasOwn(entries, key)) return undefined;
  const { message } = entries[key] as { readonly message?: unknown };
  return typeof message === "string" ? message : undefined;
}

function entriesOf(schema: v.GenericSchema): Readonly<Record<string, unknown>> {
  return (schema as { readonly entries?: Readonly<Record<string, unknown>> }).entries ?? {};
}

/** Replaces the library's messages for a missing key and a wrong type. */
function expectation({ message, expected }: v.BaseIssue<unknown>): string {
  if (!/^Invalid /.test(message)) return message;
  if (expected === "Object") return "an object";
  return expected?.replace(/^"(.*)"$/, "$1") ?? "something else";
}
