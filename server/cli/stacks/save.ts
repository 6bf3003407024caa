/** `dockstat stacks create`, `set` and `adopt`: store the texts and files of a stack. */
import { AppError, reason } from "../../errors.ts";
import { printable } from "../../log/format.ts";
import type { Operation } from "../../protocol/operations.ts";
import type { StackFile } from "../../protocol/stack_files.ts";
import type {
  AdoptedStack,
  AdoptionPreview,
  SavedStack,
  Stack,
  ValidatedStack,
} from "../../protocol/stacks.ts";
import { namedFiles } from "../../stacks/run/named_files.ts";
import { digestOf } from "../../store/digest.ts";
import { modeText } from "../../store/further/file_modes.ts";
import { askYes, canAsk } from "../confirm.ts";
import { findStack } from "../server_client.ts";
import { print, printError } from "../terminal.ts";
import { finishOperation, type Started } from "../finish_operation.ts";
import { quoted } from "../quoted.ts";
import { deploy } from "./act.ts";
import { createFromGit } from "./git.ts";
import type { Ask } from "./remove.ts";
import { findOne, pathOf, type Task } from "./task.ts";
import { readTexts, type Texts } from "./texts.ts";

/**
 * Creates a stack, sends the files of its folder, and deploys it by default.
 *
 * @throws {AppError} "usage" for texts and files that cannot be sent, "busy" for a name that exists, "failed".
 */
export async function create(task: Task): Promise<void> {
  if (task.flags.git !== undefined) return await createFromGit(task);
  const { names: [name], flags: { dir, on, noDeploy = false } } = task;
  const texts = await readTexts(task.flags);
  const { compose, env, label } = texts;
  if (compose === undefined) throw new AppError("usage", `--dir: "${dir}" has no compose.yaml`);
  const deploysAtOnce = !noDeploy && dir === undefined;
  const hostId = on === undefined ? {} : { hostId: on };
  const body = { name, compose, ...env === undefined ? {} : { env }, ...hostId, deploy: deploysAtOnce };
  const stack = await ask(task, body);
  if (dir === undefined) {
    printSaved("Created", stack, label);
    await noteRelativePaths(compose);
  } else {
    printDone("Created", stack);
    await sendFiles(task, stack, texts);
    await printCheck(task, stack, texts);
  }
  if (deploysAtOnce) {
    const started = stack.operation ?? await newestOperation(task, stack);
    await finishOperation(task.client, stack.name, started, task.signal);
  } else if (!noDeploy) await deploy(task, stack);
}

/** Creates a stack; not aborted before the answer, since it would then be unclear whether the stack exists. */
async function ask(
  { client, signal, names: [name = ""], flags: { on } }: Task,
  body: object,
): Promise<SavedStack> {
  try {
    return await client.ask<SavedStack>("/stacks", { method: "POST", body });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "busy") throw error;
    const stacks = await client.stacks(signal);
    const taken = stacks.some((one) => one.managed && one.name === name && (on ?? one.hostId) === one.hostId);
    if (!taken) throw error;
    throw new AppError("failed", `${error.message}. Change it with "dockstat stacks set ${name}"`, {
      cause: error,
    });
  }
}

/**
 * Changes the texts and files of a stack, and deploys it on request.
 *
 * @throws {AppError} "usage" for texts and files that cannot be sent, "failed".
 */
export async function set(task: Task): Promise<void> {
  const { client, flags } = task;
  const stack = await findOne(task);
  const texts = await readTexts(flags);
  const { compose, env, label } = texts;
  const change = { ...compose === undefined ? {} : { compose }, ...env === undefined ? {} : { env } };
  if (compose !== undefined || env !== undefined) {
    const saved = await client.ask<SavedStack>(pathOf(stack), { method: "PUT", body: change });
    if (flags.dir === undefined) printSaved("Saved", saved, label);
    else printDone("Saved", saved);
  }
  if (flags.dir !== undefined) {
    await sendFiles(task, stack, texts);
    await printCheck(task, stack, texts);
  }
  if (flags.deploy) return await deploy(task, stack);
  const { pending_changes } = await client.ask<Stack>(pathOf(stack));
  if (pending_changes) print(`Not deployed yet: "dockstat stacks deploy ${stack.name}"\n`);
}

/** Sends the files that the stack does not have like this, and prints their paths. */
async function sendFiles(task: Task, stack: Stack, { files, modes, skipped }: Texts): Promise<void> {
  const { client, signal } = task;
  if (skipped.length > 0) {
    printError(`Not sent, because they are links or files that Compose reads by default: ${list(skipped)}\n`);
  }
  const stored = await client.ask<StackFile[]>(`${pathOf(stack)}/files`);
  const known = new Map(stored.map((file) => [file.path, file]));
  const modeOf = (path: string) => modes.has(path) ? modeText(modes.get(path)!) : known.get(path)?.mode;
  const changed = [...files].filter(([path, bytes]) =>
    known.get(path)?.digest !== digestOf(bytes) || known.get(path)?.mode !== modeOf(path)
  );
  for (const [index, [path, bytes]] of changed.entries()) {
    const encoded = path.split("/").map(encodeURIComponent).join("/");
    try {
      if (signal.aborted) throw new AppError("failed", "stopped");
      const mode = modes.has(path) ? `?mode=${modeOf(path)}` : "";
      await client.ask(`${pathOf(stack)}/files/${encoded}${mode}`, { method: "PUT", bytes });
    } catch (cause) {
      throw halfSent(
        task,
        stack,
        `Cannot send ${quoted(path)}: ${reason(cause)}`,
        changed.length - index,
        cause,
      );
    }
    print(`Sent ${quoted(path)}\n`);
  }
  const same = files.size - changed.length;
  if (same > 0) print(`${same === 1 ? "1 file is" : `${same} files are`} unchanged\n`);
}

/** Checks the text again with the files that were sent, and prints what it finds; a deployment refuses errors. */
async function printCheck(
  { client }: Task,
  { stack_id }: Stack,
  { compose, env, label }: Texts,
): Promise<void> {
  if (compose === undefined) return;
  const body = { compose, ...env === undefined ? {} : { env }, stack_id };
  try {
    const { warnings } = await client.ask<ValidatedStack>("/stacks/validate", { method: "POST", body });
    printWarnings(warnings, label);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    printError(`${label}: warning: ${error.message}\n`);
  }
}

/** The error of a transfer that ended early: the stack is stored, and the command that continues. */
function halfSent({ flags }: Task, { name }: Stack, why: string, left: number, cause: unknown): AppError {
  const files = left === 1 ? "1 file" : `${left} files`;
  const next = `dockstat stacks set ${name} --dir ${flags.dir}${flags.noDeploy ? "" : " --deploy"}`;
  return new AppError(
    "failed",
    `${why}. Stack "${name}" is stored without ${files} and was not deployed. Continue with "${next}"`,
    { cause },
  );
}

/** Explains what relative paths of a new stack are relative to, if its text has some. */
async function noteRelativePaths(compose: string): Promise<void> {
  const paths = await namedFiles(compose).catch(() => []);
  if (paths.length === 0) return;
  printError(
    `Note: relative paths (${list(paths)}) are relative to the stack's folder in DockStat's data folder, ` +
      "not to the compose file. --dir DIR sends the files in DIR too\n",
  );
}

/**
 * Prints what a deployment of a project would change, asks about it on a terminal, and adopts the project.
 *
 * @throws {AppError} "not-found", "failed", also when the answer was no.
 */
export async function adopt(
  { client, signal, names: [project = ""], flags: { on, yes } }: Task,
  ask: Ask | undefined = canAsk() ? askYes : undefined,
): Promise<void> {
  const { hostId } = on === undefined ? findStack(await client.stacks(signal), project, on) : { hostId: on };
  const request = { method: "POST", body: { project, hostId } } as const;
  const { warnings } = await client.ask<AdoptionPreview>("/stacks/adopt?dryRun=1", { ...request, signal });
  for (const { service, message } of warnings) {
    printError(`${printable(service)}: ${printable(message)}\n`);
  }
  const needsAnswer = warnings.length > 0 && ask !== undefined && !yes;
  if (needsAnswer && !await ask(`Adopt "${printable(project)}"?`, signal)) {
    throw new AppError("failed", "Nothing was adopted");
  }
  printDone("Adopted", await client.ask<AdoptedStack>("/stacks/adopt", request));
}

/** Finds the operation of a new stack; it may have ended before the answer was written. */
async function newestOperation({ client }: Task, { stack_id, name }: Stack): Promise<Started> {
  const [newest] = await client.ask<Operation[]>(`/operations?stack_id=${stack_id}`);
  if (newest === undefined) throw new AppError("failed", `No operation was started on stack "${name}"`);
  return newest;
}

/** Prints that a stack was stored, and the warnings about its texts. */
export function printSaved(done: string, stack: SavedStack, label: string): void {
  printDone(done, stack);
  printWarnings(stack.warnings, label);
}

function printWarnings(warnings: SavedStack["warnings"], label: string): void {
  for (const { path, line, column, message } of warnings) {
    const at = line === undefined ? label : `${label}:${line}${column === undefined ? "" : `:${column}`}`;
    printError(`${at}: warning: ${path}: ${message}\n`);
  }
}

function printDone(done: string, { name, hostId, stack_id }: Stack): void {
  print(`${done} stack "${name}" (ID ${stack_id}) on host "${hostId}"\n`);
}

/** Maximum number of paths in one sentence. */
const MOST_PATHS = 10;

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, MOST_PATHS).map(quoted).join(", ");
  return paths.length > MOST_PATHS ? `${shown} and ${paths.length - MOST_PATHS} more` : shown;
}
