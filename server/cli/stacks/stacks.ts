/** `dockstat stacks`: operates the stacks of a running DockStat. */
import { findStack, openServerClient, type ServerClient } from "../server_client.ts";
import type { StackFlags, StackRequest, StackVerb } from "./flags.ts";
import { finishOperation, runEach, type Started } from "../finish_operation.ts";
import { followLogs } from "./output.ts";
import { renderStacks } from "./table.ts";
import { type Flags, loadConfig } from "../../config/config.ts";
import { postCommands } from "../../protocol/commands.ts";
import { AppError, reason } from "../../errors.ts";
import type { SavedStack, Stack } from "../../protocol/stacks.ts";
import type { Operation } from "../../protocol/operations.ts";
import { print, printError } from "../terminal.ts";

/** A parsed command with its client and signal. */
interface Task extends StackRequest {
  readonly client: ServerClient;
  readonly signal: AbortSignal;
}

/** Commands that also act on projects that DockStat did not create. */
const ALSO_PROJECTS: readonly StackVerb[] = [...postCommands("project"), "logs"];

/**
 * Runs a command and waits for the end of its operation.
 *
 * @throws {AppError} "usage" for wrong usage, any other code when the command failed.
 */
export async function runStacks(request: StackRequest, flags: Flags, signal: AbortSignal): Promise<void> {
  const client = await openServerClient(await loadConfig(flags));
  const task = { ...request, client, signal };
  switch (request.verb) {
    case "ls":
      print(renderStacks(await client.stacks(signal)).join("\n") + "\n");
      return;
    case "create":
      return await create(task);
    case "adopt":
      return await adopt(task);
    case "logs": {
      const [stack] = await findAll(task);
      return await followLogs(client, stack!, request.flags.tail, signal);
    }
    default:
      return await act(task);
  }
}

async function create({ client, signal, names: [name], flags }: Task): Promise<void> {
  const { file = "", envFile, on, noDeploy = false } = flags;
  const body = {
    name,
    compose: await readText("--file", file),
    ...(envFile === undefined ? {} : { env: await readText("--env-file", envFile) }),
    ...(on === undefined ? {} : { hostId: on }),
    deploy: !noDeploy,
  };
  // Not aborted before it has finished, since it would then be unclear whether the stack exists.
  const stack = await client.ask<SavedStack>("/stacks", { method: "POST", body });
  tellEdited("Created", stack, file);
  if (noDeploy) return;
  const operation = stack.operation ?? await newestOperation(client, stack);
  await finishOperation(client, stack.name, operation, signal);
}

async function adopt({ client, signal, names: [project = ""], flags: { on } }: Task): Promise<void> {
  const { hostId } = on === undefined ? findStack(await client.stacks(signal), project, on) : { hostId: on };
  const stack = await client.ask<SavedStack>("/stacks/adopt", { method: "POST", body: { project, hostId } });
  tellEdited("Adopted", stack, "compose file");
}

async function act(task: Task): Promise<void> {
  const { client, signal, verb, flags } = task;
  const stacks = await findAll(task);
  await runEach(
    client,
    stacks.map((stack) => ({ name: stack.name, ...endpointOf(stack, verb, flags) })),
    signal,
  );
}

/** Finds all stacks before anything is started, so that a wrong name changes nothing. */
async function findAll({ client, signal, verb, names, flags: { on } }: Task): Promise<Stack[]> {
  const stacks = await client.stacks(signal);
  return names.map((name) => {
    const stack = findStack(stacks, name, on);
    if (stack.managed || ALSO_PROJECTS.includes(verb)) return stack;
    throw new AppError(
      "failed",
      `Cannot ${verb} "${stack.name}": DockStat did not create it. Adopt it with "dockstat stacks adopt ${stack.name}"`,
    );
  });
}

function endpointOf({ stack_id, hostId, name }: Stack, verb: StackVerb, { volumes }: StackFlags) {
  if (verb === "rm") {
    return { method: "DELETE", path: `/stacks/${stack_id}${volumes ? "?volumes=1" : ""}` } as const;
  }
  const whose = stack_id === null
    ? `/projects/${encodeURIComponent(hostId)}/${encodeURIComponent(name)}`
    : `/stacks/${stack_id}`;
  return { method: "POST", path: `${whose}/${verb}` } as const;
}

/** Finds the operation of a new stack; it may have ended before the answer was written. */
async function newestOperation(client: ServerClient, { stack_id, name }: Stack): Promise<Started> {
  const [newest] = await client.ask<Operation[]>(`/operations?stack_id=${stack_id}`);
  if (newest === undefined) throw new AppError("failed", `No operation was started on stack "${name}"`);
  return newest;
}

function tellEdited(done: string, { name, hostId, stack_id, warnings }: SavedStack, file: string): void {
  print(`${done} stack "${name}" (ID ${stack_id}) on host "${hostId}"\n`);
  for (const { path, line, column, message } of warnings) {
    const at = line === undefined ? file : `${file}:${line}${column === undefined ? "" : `:${column}`}`;
    printError(`${at}: warning: ${path}: ${message}\n`);
  }
}

async function readText(flag: string, path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    const why = cause instanceof Deno.errors.NotFound ? "there is no such file" : reason(cause);
    throw new AppError("usage", `${flag}: cannot read "${path}": ${why}`, { cause });
  }
}
