/** Looks at a compose file before anything is stored: is it YAML, does it stay in its folder, does Compose take it? */
import type { Compose, ComposeProject } from "../../compose/compose.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import { AppError } from "../../errors.ts";
import { parseYaml } from "../../yaml.ts";
import { parseComposeError } from "./compose_error.ts";
import { checkFileAccess } from "./file_access.ts";
import { redactEnvValues } from "../../compose/env_values.ts";
import { invalidStack, locateIssues } from "./issues.ts";
import { findUnsupportedValue, findUnsupportedYaml } from "./plain_yaml.ts";

/** A project that is not stored yet, or not yet like this. */
export interface UncheckedStack {
  readonly compose: string;
  readonly env: string | undefined;
  /** Its files, written where Compose can read them. */
  readonly project: ComposeProject;
  /** Whether it may read files outside its folder: those of its own project, when it was adopted. */
  readonly adopted: boolean;
}

/** What Compose makes of a draft. */
export interface Resolved {
  readonly services: readonly string[];
  /** Each service with everything resolved; it may hold secrets. */
  readonly config: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** More of Compose's words is not told. */
const LONGEST_WORDS = 16 * 1024;
/** How long Compose may take to look at a draft, ms. */
const PATIENCE_MS = 30_000;

/**
 * Checks a draft.
 *
 * @throws {AppError} "invalid" with line and column of each mistake, "unavailable" without Compose.
 */
export async function resolveStack(draft: UncheckedStack, compose: Compose): Promise<Resolved> {
  const strange = findUnsupportedYaml(draft.compose);
  if (strange !== undefined) throw invalidStack([strange]);
  const value = parseCompose(draft.compose);
  const hidden = findUnsupportedValue(value);
  if (hidden !== undefined) throw invalidStack(await locateIssues(draft.compose, [hidden]));
  await checkFileAccess(value, draft.compose, draft.adopted);
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const { code, words, output } = await compose.config(draft.project, patience);
  if (code !== 0 && patience.aborted) {
    const message = `Compose was not done with it after ${PATIENCE_MS / 1000} s: expected less to resolve`;
    throw invalidStack([{ path: "compose", message }]);
  }
  if (code !== 0) throw await refusal(words ?? "", draft);
  const services = fieldsOf(fieldsOf(JSON.parse(output))["services"]);
  const names = Object.keys(services);
  if (names.length === 0) {
    throw invalidStack([{ path: "compose.services", message: "expected at least one service" }]);
  }
  return {
    // One that is scaled to nothing is to have no container.
    services: names.filter((name) => replicasOf(fieldsOf(services[name])) !== 0).sort(),
    config: Object.fromEntries(names.map((name) => [name, fieldsOf(services[name])])),
  };
}

function replicasOf({ scale, deploy }: Readonly<Record<string, unknown>>): unknown {
  return fieldsOf(deploy)["replicas"] ?? scale;
}

function parseCompose(text: string): unknown {
  let value: unknown;
  try {
    value = parseYaml(text, "compose");
  } catch (error) {
    if (error instanceof AppError) throw invalidStack(error.issues);
    throw error;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  const found = value === null || value === undefined
    ? "nothing"
    : Array.isArray(value)
    ? "a list"
    : `a ${typeof value}`;
  const message = `found ${found}: expected a mapping with the key services`;
  throw invalidStack([{ path: "compose", line: 1, column: 1, message }]);
}

/** Compose's own words, at the line that they are about. */
async function refusal(words: string, { compose, env, project }: UncheckedStack): Promise<AppError> {
  const folder = project.files?.folder ?? "";
  const message = redactEnvValues(env)(words.slice(0, LONGEST_WORDS)).replaceAll(`${folder}/`, "").replace(
    /^(validating|failed to parse) compose\.yaml: /,
    "",
  );
  const other = otherFileIn(message);
  if (other !== undefined) {
    // What stands in it is not repeated: it may be any file.
    return invalidStack([{ path: "compose", message: `it refers to "${other}", which Compose cannot use` }]);
  }
  const path = /\.env\b|env file/.test(message) ? "env" : "compose";
  const line = Number(/\bline (\d+)/.exec(message)?.[1]);
  if (line > 0) return invalidStack([{ path, line, column: 1, message }]);
  if (path === "env") return invalidStack([{ path, message }]);
  return invalidStack(await locateIssues(compose, parseComposeError(message, compose)));
}

/** The file that Compose complains about, when it is none of the stack's own two. */
function otherFileIn(message: string): string | undefined {
  const file = /(?:validating|parse|parsing|read|reading|load|loading)\s+"?([^\s":]*[/.][^\s":]*)"?:/.exec(
    message,
  )?.[1];
  return file === undefined || /^(\.\/)?(compose\.yaml|\.env)$/.test(file) ? undefined : file.slice(0, 80);
}

/** A host's port that is wanted or taken. */
interface Binding {
  readonly service: string;
  /** Such as "8080/tcp". */
  readonly port: string;
}

/** The ports of the host that a project wants. */
export function publishedPorts({ config }: Resolved): Binding[] {
  return Object.entries(config).flatMap(([service, { ports }]) =>
    itemsOf(ports).map(fieldsOf).flatMap(({ published, protocol }) => {
      const port = textOf(published) ?? (typeof published === "number" ? String(published) : "");
      return /^\d+$/.test(port) && port !== "0"
        ? [{ service, port: `${port}/${textOf(protocol) ?? "tcp"}` }]
        : [];
    })
  );
}
