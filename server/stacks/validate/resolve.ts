/** Validates a compose file before it is stored: its YAML, its file access, and Compose's own checks. */
import type { Compose } from "../../compose/compose.ts";
import { mayNameFiles, parseCompose } from "../../compose/compose_yaml.ts";
import { parseInSlices } from "../../compose/yaml_document.ts";
import { fieldsOf } from "../../untrusted_json.ts";
import { digestOf } from "../../store/digest.ts";
import { OVERRIDE_FILE } from "../../store/git/git_files.ts";
import type { StoredService } from "../../store/stack_record.ts";
import { AppError } from "../../errors.ts";
import { BEGINNING, invalidStack, locateIssues, withoutServices } from "./issues.ts";
import { servicesOf } from "./service_model.ts";
import { type ServiceParts, servicePartsOf } from "./service_parts.ts";
import { findUnsupportedValue, findUnsupportedYaml } from "./plain_yaml.ts";
import { checkFileAccess } from "./file_access.ts";
import { refusal } from "./refusal.ts";
import type { UncheckedStack } from "./unchecked_stack.ts";
import { checkKeys } from "./unknown_keys.ts";
import { checkProject, readWhole } from "./whole_project.ts";
import { findAmbiguousYaml, positionAt } from "./yaml_tokens.ts";

/** Result of resolving a draft with Compose. */
export interface Resolved {
  /** The compose file as DockStat read it. */
  readonly written: unknown;
  /** Services whose profile is on. */
  readonly services: readonly StoredService[];
  /** Names of the services of all profiles. */
  readonly every: readonly string[];
  /** Each service with everything resolved; it may hold secrets. */
  readonly config: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Digests of the parts of each service. */
  readonly parts: ReadonlyMap<string, ServiceParts>;
  /** The volumes of the project with everything resolved. */
  readonly volumes: Readonly<Record<string, unknown>>;
  /** The networks of the project with everything resolved. */
  readonly networks: Readonly<Record<string, unknown>>;
  /** Texts of warnings that Compose printed. */
  readonly notes: readonly string[];
}

/** Timeout of Compose for a draft, ms. */
const PATIENCE_MS = 30_000;

/**
 * Checks a draft.
 *
 * @throws {AppError} "invalid" with line and column of each mistake, "unavailable" without Compose.
 */
export async function resolveStack(draft: UncheckedStack, compose: Compose): Promise<Resolved> {
  const value = await checkText(draft.compose, draft);
  if (draft.override !== undefined) await checkOverride(draft.override, draft);
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const whole = await readWhole(draft, compose, patience);
  checkPatience(whole.code, patience);
  const { code, error, output, warnings } = await compose.config(draft.project, patience);
  checkPatience(code, patience);
  if (code !== 0) throw await refusal(error ?? "", draft);
  const config: unknown = JSON.parse(output);
  await checkProject(config, draft);
  // An adopted project may include other files: nothing runs while a part of it is unknown.
  if (draft.adopted && whole.code !== 0) throw await refusal(whole.error ?? "", draft);
  const services = fieldsOf(fieldsOf(config)["services"]);
  const names = Object.keys(services);
  if (names.length === 0) {
    throw await withoutServices(draft.compose);
  }
  return {
    written: value,
    services: servicesOf(fieldsOf(config), {
      env: digestOf(new TextEncoder().encode(draft.env ?? "")),
      folder: draft.project.files?.folder ?? "",
    }),
    config: Object.fromEntries(names.map((name) => [name, fieldsOf(services[name])])),
    every: [...new Set([...whole.services, ...names, ...Object.keys(fieldsOf(fieldsOf(value)["services"]))])],
    parts: servicePartsOf(fieldsOf(config), draft.project.files?.folder ?? ""),
    volumes: fieldsOf(fieldsOf(config)["volumes"]),
    networks: fieldsOf(fieldsOf(config)["networks"]),
    notes: warnings,
  };
}

/** Checks one text without Compose, and returns it as DockStat reads it. */
async function checkText(
  text: string,
  { adopted, allowKeys }: Pick<UncheckedStack, "adopted" | "allowKeys">,
): Promise<unknown> {
  const value = await readPlainText(text);
  await checkFileAccess(value, text, adopted);
  await checkKeys(value, text, allowKeys);
  if (mayNameFiles(text)) await checkPositions(text);
  return value;
}

/** Checks the override; its issues name it, because lines of the compose file are others. */
async function checkOverride(text: string, draft: UncheckedStack): Promise<void> {
  try {
    await checkText(text, draft);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid") throw error;
    throw invalidStack(
      error.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^compose/, OVERRIDE_FILE) })),
    );
  }
}

function checkPatience(code: number, patience: AbortSignal): void {
  if (code === 0 || !patience.aborted) return;
  const message = `Compose took longer than ${PATIENCE_MS / 1000} s to resolve it: expected less to resolve`;
  throw invalidStack([{ path: "compose", ...BEGINNING, message }]);
}

/** Refuses a text in which the names of files cannot be found. */
async function checkPositions(compose: string): Promise<void> {
  const [error] = (await parseInSlices(compose)).errors;
  if (error === undefined) return;
  const message = `DockStat cannot read this YAML: ${error.message.split("\n", 1)[0]}`;
  throw invalidStack([{ path: "compose", ...positionAt(compose, error.pos[0]), message }]);
}

/**
 * Reads a compose text that all parsers read alike.
 *
 * @throws {AppError} "invalid" with line and column.
 */
export async function readPlainText(compose: string): Promise<unknown> {
  const strange = findUnsupportedYaml(compose) ?? await findAmbiguousYaml(compose);
  if (strange !== undefined) throw invalidStack([strange]);
  const value = await readMapping(compose);
  const hidden = findUnsupportedValue(value);
  if (hidden !== undefined) throw invalidStack(await locateIssues(compose, [hidden]));
  return value;
}

async function readMapping(text: string): Promise<unknown> {
  let value: unknown;
  try {
    value = await parseCompose(text);
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
  throw invalidStack([{ path: "compose", ...BEGINNING, message }]);
}
