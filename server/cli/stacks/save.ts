/** `dockstat stacks create`, `set` and `adopt`: store the texts and files of a stack. */
import { AppError, reason } from "../../errors.ts";
import { printable } from "../../log/format.ts";
import type { Operation } from "../../protocol/operations.ts";
import type { StackFile, Upload } from "../../protocol/stack_files.ts";
import type { StackChange } from "../../protocol/stack_requests.ts";
import type { AdoptedStack, AdoptionPreview, SavedStack, Stack } from "../../protocol/stacks.ts";
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
 * Creates a stack with the files of its folder, and deploys it by default.
 *
 * @throws {AppError} "usage" for texts and files that cannot be sent, "busy" for a name that exists, "failed".
 */
export async function create(task: Task): Promise<void> {
  if (task.flags.git !== undefined) return await createFromGit(task);
  const { names: [name], flags: { dir, on, noDeploy = false } } = task;
  const texts = await readTexts(task.flags);
  const { compose, env, label } = texts;
  if (compose === undefined) throw new AppError("usage", `--dir: "${dir}" has no compose.yaml`);
  const files = await uploadFiles(task, [], texts);
  const hostId = on === undefined ? {} : { hostId: on };
  const given = { ...env === undefined ? {} : { env }, ...files.length === 0 ? {} : { files } };
  const stack = await ask(task, { name, compose, ...given, ...hostId, deploy: !noDeploy });
  printSaved("Created", stack, label);
  if (dir === undefined) await noteRelativePaths(compose);
  else printSent(files, texts);
  if (noDeploy) return;
  const started = stack.operation ?? await newestOperation(task, stack);
  await finishOperation(task.client, stack.name, started, task.signal);
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
  const stored = flags.dir === undefined ? [] : await client.ask<StackFile[]>(`${pathOf(stack)}/files`);
  const files = await uploadFiles(task, stored, texts);
  const change = {
    ...compose === undefined ? {} : { compose },
    ...env === undefined ? {} : { env },
    ...files.length === 0 ? {} : { files },
  };
  if (Object.keys(change).length > 0) {
    const saved = await client.ask<SavedStack>(pathOf(stack), { method: "PUT", body: change });
    printSaved("Saved", saved, label);
  }
  if (flags.dir !== undefined) printSent(files, texts);
  if (flags.deploy) return await deploy(task, stack);
  const { pending_changes } = await client.ask<Stack>(pathOf(stack));
  if (pending_changes) print(`Not deployed yet: "dockstat stacks deploy ${stack.name}"\n`);
}

type FileChange = NonNullable<StackChange["files"]>[number];

/**
 * Uploads the files that the stack does not have like this, so that one request can store them together.
 *
 * @returns The changes that this request names.
 */
async function uploadFiles(
  { client, signal }: Task,
  stored: readonly StackFile[],
  { files, modes, skipped }: Texts,
): Promise<readonly FileChange[]> {
  if (skipped.length > 0) {
    printError(`Not sent, because they are links or files that Compose reads by default: ${list(skipped)}\n`);
  }
  const known = new Map(stored.map((file) => [file.path, file]));
  const changes: FileChange[] = [];
  for (const [path, bytes] of files) {
    const mode = modes.get(path);
    const given = mode === undefined ? {} : { mode: modeText(mode) };
    const same = known.get(path);
    if (same?.digest === digestOf(bytes) && same.mode === (given.mode ?? same.mode)) continue;
    try {
      if (signal.aborted) throw new AppError("failed", "stopped");
      const { digest } = await client.ask<Upload>("/stacks/uploads", { method: "POST", bytes });
      changes.push({ path, upload: digest, ...given });
    } catch (cause) {
      throw new AppError("failed", `Cannot send ${quoted(path)}: ${reason(cause)}. Nothing was stored`, {
        cause,
      });
    }
  }
  return changes;
}

/** Prints the paths of the files that were stored. */
function printSent(changes: readonly FileChange[], { files }: Texts): void {
  for (const { path } of changes) print(`Sent ${quoted(path)}\n`);
  const same = files.size - changes.length;
  if (same > 0) print(`${same === 1 ? "1 file is" : `${same} files are`} unchanged\n`);
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
