/** Checks the texts of a swarm stack, and resolves them to the text that is deployed. */
import { redactEnvValues } from "../../compose/env_values.ts";
import { parseCompose } from "../../compose/compose_yaml.ts";
import type { DockerStack, ResolvedText } from "../../compose/docker_stack/docker_stack.ts";
import { AppError } from "../../errors.ts";
import { parseComposeError } from "../../stacks/validate/compose_error.ts";
import { checkFileAccess, checkResolvedReach } from "../../stacks/validate/file_access.ts";
import { BEGINNING, invalidStack, locateIssues } from "../../stacks/validate/issues.ts";
import { readPlainText } from "../../stacks/validate/resolve.ts";
import { checkKeys, checkResolvedKeys, NO_KEYS } from "../../stacks/validate/unknown_keys.ts";
import { AtomicWrites } from "../../store/files.ts";
import type { SwarmTexts } from "../../store/swarm/swarm_texts.ts";
import { fieldsOf, textOf } from "../../untrusted_json.ts";
import { probeText, relativeVariables } from "./mounted_paths.ts";
import { checkSwarmText, checkTasks, passedNames } from "./text_checks.ts";
import { variablesOf } from "./variables.ts";

/** A text that the Docker CLI reads as it was checked. */
export interface CheckedText {
  /** The resolved text, which uses no variables. */
  readonly text: string;
  /** Names of services and images, which are public. */
  readonly names: readonly string[];
  readonly warnings: readonly string[];
}

/** Timeout of the Docker CLI, ms. */
const PATIENCE_MS = 30_000;
/** Longest message of the Docker CLI that is repeated, characters. */
const LONGEST = 4096;

/**
 * Checks texts in a separate folder.
 *
 * The output of `docker stack config` is what is checked and what is deployed, so the two cannot differ.
 *
 * @param folder An empty folder that only DockStat reaches.
 * @throws {AppError} "invalid" with line and column of each mistake, "unavailable" without the Docker CLI.
 */
export async function checkText(
  { compose, env }: SwarmTexts,
  docker: Pick<DockerStack, "config">,
  folder: string,
): Promise<CheckedText> {
  const value = await readPlainText(compose);
  await checkSwarmText(value, compose);
  await checkFileAccess(value, compose, false);
  await checkKeys(value, compose, NO_KEYS);
  const { values, warnings } = variablesOf({ compose, env, value }, passedNames(value));
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const resolve = async (text: string, variables: Readonly<Record<string, string>>) => {
    const file = `${folder}/compose.yaml`;
    await using drafts = new AtomicWrites();
    await drafts.write(file, new TextEncoder().encode(text));
    await drafts.settle();
    return await docker.config({ folder, file }, variables, patience);
  };
  const resolved = await resolve(compose, values);
  if (resolved.code !== 0) throw await refusal(resolved, { compose, env }, folder);
  const config = await readOutput(resolved.output);
  await checkMounts(value, compose, (text) => resolve(text, values));
  await checkTasks(config, compose, folder);
  await checkResolvedReach(config, compose, folder);
  await checkResolvedKeys(config, compose, NO_KEYS);
  // The Docker CLI prints "$" as it is, and would take it for a variable.
  const text = resolved.output.replaceAll("$", "$$$$");
  const again = await resolve(text, {});
  if (again.code !== 0 || again.output !== resolved.output) throw ambiguous();
  return { text, names: namesIn(config), warnings };
}

/** Refuses mounts whose variables lead above the folder, as the Docker CLI itself replaces them. */
async function checkMounts(
  value: unknown,
  compose: string,
  resolve: (text: string) => Promise<ResolvedText>,
): Promise<void> {
  const probe = probeText(value);
  if (probe === undefined) return;
  const { code, output } = await resolve(probe);
  const found = relativeVariables(value, code === 0 ? await readOutput(output) : undefined);
  if (found.length > 0) throw invalidStack(await locateIssues(compose, found));
}

async function readOutput(output: string): Promise<unknown> {
  try {
    return await parseCompose(output);
  } catch (cause) {
    if (cause instanceof AppError) throw ambiguous();
    throw cause;
  }
}

function ambiguous(): AppError {
  const message = 'the Docker CLI would read its own resolved text differently: avoid "$" in keys';
  return invalidStack([{ path: "compose", ...BEGINNING, message }]);
}

function namesIn(config: unknown): string[] {
  const services = Object.entries(fieldsOf(fieldsOf(config)["services"]));
  return services.flatMap(([name, service]) => [name, textOf(fieldsOf(service)["image"]) ?? ""]);
}

/** A refusal with the message of the Docker CLI at the line that it is about. */
async function refusal(
  { error }: ResolvedText,
  { compose, env }: SwarmTexts,
  folder: string,
): Promise<AppError> {
  const words = redactEnvValues(env)((error ?? "").slice(0, LONGEST)).replaceAll(folder, ".")
    .replace(/^failed to parse \S+: /, "");
  const line = Number(/\bline (\d+)/.exec(words)?.[1]);
  if (line > 0) return invalidStack([{ path: "compose", line, column: 1, message: words }]);
  const issues = await parseComposeError(words, compose);
  const swarm = issues.map(({ keys, message }) => ({ keys, message: inSwarm(message) }));
  return invalidStack(await locateIssues(compose, swarm));
}

/** Keys of the Compose specification that stacks of a swarm do not have. */
function inSwarm(message: string): string {
  return message.replace(
    "the installed version of Compose does not support it",
    "stacks of a swarm do not support it",
  );
}
