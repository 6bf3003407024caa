/** Checks a project as Compose reads it: services of all profiles, and of included and extended files. */
import { parseCompose } from "../../compose/compose_yaml.ts";
import type { Compose, ComposeEnd } from "../../compose/compose.ts";
import { fieldsOf } from "../../untrusted_json.ts";
import type { UncheckedStack } from "./unchecked_stack.ts";
import { checkResolvedReach } from "./file_access.ts";
import { refusal } from "./refusal.ts";
import { checkKeys, checkResolvedKeys } from "./unknown_keys.ts";

/** A project with the services of all profiles. */
export interface WholeProject extends ComposeEnd {
  /** Names of its services; empty after a failure. */
  readonly services: readonly string[];
}

/**
 * Reads the services of all profiles and checks them.
 *
 * A stack of DockStat's own is read before any file that it names is opened, and a failure is not final: Compose cannot
 * print some uses of variables as they are written. An adopted project is read with variables resolved, since the
 * paths of included files may contain them.
 *
 * @returns The result of Compose.
 * @throws {AppError} "invalid" with line and column of each mistake.
 */
export async function readWhole(
  draft: UncheckedStack,
  compose: Compose,
  signal: AbortSignal,
): Promise<WholeProject> {
  const view = draft.adopted ? "every" : "written";
  const { output, ...end } = await compose.config(draft.project, signal, view);
  if (end.code !== 0) return { ...end, services: [] };
  const config: unknown = JSON.parse(output);
  await checkProject(config, draft);
  return { ...end, services: Object.keys(fieldsOf(fieldsOf(config)["services"])) };
}

/**
 * Checks the output of `compose config`.
 *
 * @throws {AppError} "invalid" with line and column of each mistake.
 */
export async function checkProject(
  config: unknown,
  { compose, project, adopted, allowKeys }: UncheckedStack,
): Promise<void> {
  await checkResolvedReach(config, compose, adopted ? undefined : project.files?.folder);
  await checkResolvedKeys(config, compose, allowKeys);
}

/**
 * Checks an adopted project right before Compose runs it: included files may have changed since it was stored.
 *
 * @throws {AppError} "invalid" when it runs programs on this machine, has unknown keys, or Compose cannot resolve it.
 */
export async function checkBeforeRun(
  draft: UncheckedStack,
  compose: Compose,
  signal: AbortSignal,
): Promise<void> {
  await checkKeys(await parseCompose(draft.compose), draft.compose, draft.allowKeys);
  const { code, error } = await readWhole(draft, compose, signal);
  if (code !== 0) throw await refusal(error ?? "", draft);
}
