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
  const parsed = v.safeParse(schema, parseJson(await readText(request, mostBytes)));
  if (parsed.success) return parsed.output;
  const issues = parsed.issues.slice(0, 5).map((issue) => toIssue(issue, schema));
  const sentence = issues.map(({ path, message }) => `${path}: ${message}`).join("; ");
  throw new AppError("invalid", `Cannot use the body: ${sentence}`, { issues });
}

/** Reads at most the allowed number of bytes, whatever the headers say. */
async function readText({ body }: Request, mostBytes: number): Promise<string> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > mostBytes) {
      throw new AppError("too-large", `Cannot accept a body of more than ${mostBytes} bytes`);
    }
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
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

function toIssue(issue: v.BaseIssue<unknown>, schema: v.GenericSchema): Issue {
  const path = (issue.path ?? []).map(({ key }) => String(key)).join(".") || "the body";
  if (issue.expected === "never") {
    const keys = Object.keys((schema as { entries?: object }).entries ?? {}).join(", ");
    return { path, message: `unknown key: allowed are ${keys}` };
  }
  if (issue.received === "undefined") return { path, message: `missing: expected ${expectation(issue)}` };
  const found = issue.input === null
    ? "nothing"
    : typeof issue.input === "string"
    ? "a text"
    : `a ${typeof issue.input}`;
  const shown = path === "name" && typeof issue.input === "string" ? `"${issue.input.slice(0, 80)}"` : found;
  return { path, message: `found ${shown}: expected ${expectation(issue)}` };
}

/** Replaces the library's messages for a missing key and a wrong type. */
function expectation({ message, expected }: v.BaseIssue<unknown>): string {
  return /^Invalid /.test(message) ? expected?.replace(/^"(.*)"$/, "$1") ?? "something else" : message;
}
