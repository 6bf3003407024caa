/** A running command of `dockstat stacks`, and the stacks that it names. */
import { postCommands } from "../../protocol/commands.ts";
import type { Stack } from "../../protocol/stacks.ts";
import { AppError } from "../../errors.ts";
import { findStack, type ServerClient } from "../server_client.ts";
import type { StackRequest, StackVerb } from "./flags.ts";

/** A parsed command with its client and signal. */
export interface Task extends StackRequest {
  readonly client: ServerClient;
  readonly signal: AbortSignal;
}

/** Commands that also act on projects that DockStat did not create. */
const ALSO_PROJECTS: readonly StackVerb[] = [...postCommands("project"), "logs", "show", "diff", "rm"];

/** Finds all stacks before anything is started, so that a wrong name changes nothing. */
export async function findAll({ client, signal, verb, names, flags }: Task): Promise<Stack[]> {
  const stacks = await client.stacks(signal);
  return names.map((name) => {
    const stack = findStack(stacks, name, flags.on);
    // Services and texts of a project have no path.
    if (stack.managed || ALSO_PROJECTS.includes(verb) && namesWhole(flags)) return stack;
    const what = flags.service === undefined ? `${verb} "${stack.name}"` : `${verb} one service of "${name}"`;
    throw new AppError(
      "failed",
      `Cannot ${what}: DockStat did not create it. Adopt it with "dockstat stacks adopt ${stack.name}"`,
    );
  });
}

/** Reports whether a command is about the whole project, not about a service or a text. */
function namesWhole({ service, file, version }: StackRequest["flags"]): boolean {
  return (service ?? file ?? version) === undefined;
}

/**
 * Finds the only stack of a command.
 *
 * @throws {AppError} "not-found", "usage" when several match, "failed" for a project that the command cannot act on.
 */
export async function findOne(task: Task): Promise<Stack> {
  const [stack] = await findAll(task);
  return stack!;
}

/** Returns the path of a stack, or of a project that DockStat did not create. */
export function pathOf({ stack_id, hostId, name }: Stack): string {
  return stack_id === null
    ? `/projects/${encodeURIComponent(hostId)}/${encodeURIComponent(name)}`
    : `/stacks/${stack_id}`;
}
