/** `dockstat stacks`: operates the stacks of a running DockStat. */
import { openServerClient } from "../server_client.ts";
import { act, cancel } from "./act.ts";
import { diff } from "./diff.ts";
import type { StackRequest, StackVerb } from "./flags.ts";
import { git, pullGit } from "./git.ts";
import { followLogs } from "./output.ts";
import { release, remove } from "./remove.ts";
import { adopt, create, set } from "./save.ts";
import { show } from "./show.ts";
import { renderStacks } from "./table.ts";
import { findOne, type Task } from "./task.ts";
import { versions } from "./versions.ts";
import { type Flags, loadConfig } from "../../config/config.ts";
import { postCommands } from "../../protocol/commands.ts";
import { showsColors } from "../color.ts";
import { print } from "../terminal.ts";

const RUNS: Readonly<Record<StackVerb, (task: Task) => Promise<void>>> = {
  ...Object.fromEntries(postCommands("stack").map((name) => [name, act])) as Record<
    ReturnType<typeof postCommands<"stack">>[number],
    typeof act
  >,
  ls: async ({ client, signal }) => {
    print(renderStacks(await client.stacks(signal), showsColors()).join("\n") + "\n");
  },
  logs: async (task) => await followLogs(task.client, await findOne(task), task.flags.tail, task.signal),
  rm: (task) => remove(task),
  "pull-git": (task) => pullGit(task),
  adopt: (task) => adopt(task),
  ...{ git, show, create, set, diff, cancel, release, versions },
};

/**
 * Runs a command and waits for the end of its operation.
 *
 * @throws {AppError} "usage" for wrong usage, any other code when the command failed.
 */
export async function runStacks(request: StackRequest, flags: Flags, signal: AbortSignal): Promise<void> {
  const client = await openServerClient(await loadConfig(flags));
  await RUNS[request.verb]({ ...request, client, signal });
}
