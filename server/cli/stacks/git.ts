/** `dockstat stacks create --git`, `pull-git` and `git`: stacks from Git. */
import { AppError } from "../../errors.ts";
import { printable } from "../../log/format.ts";
import type { ChangedGit, GitChange, GitDifference } from "../../protocol/git/git.ts";
import type { StackGit } from "../../protocol/git/stack_git.ts";
import type { SavedStack, Stack, StackFiles } from "../../protocol/stacks.ts";
import { aligned } from "../aligned.ts";
import { askYes, canAsk } from "../confirm.ts";
import { finishOperation, type Started } from "../finish_operation.ts";
import { quoted } from "../quoted.ts";
import { print, printError } from "../terminal.ts";
import { renderDifference } from "./difference.ts";
import type { Ask } from "./remove.ts";
import { localTime } from "./table.ts";
import { findOne, pathOf, type Task } from "./task.ts";
import { readTexts } from "./texts.ts";

/**
 * Creates a stack from a branch of a repository, and deploys it by default.
 *
 * @throws {AppError} "failed", "busy" for a name that exists.
 */
export async function createFromGit(task: Task): Promise<void> {
  const { client, signal, names: [name = ""], flags, flags: { git: url, branch = "main", path = "", on } } =
    task;
  const { env } = await readTexts(flags);
  const body = {
    ...{ name, git: { url, branch, path }, deploy: flags.noDeploy !== true },
    ...on !== undefined && { hostId: on },
    ...env !== undefined && { env },
  };
  const stack = await client.ask<SavedStack>("/stacks/git", { method: "POST", body });
  print(
    `Created stack "${printable(stack.name)}" (ID ${stack.stack_id}) from branch "${printable(branch)}"\n`,
  );
  for (const { message } of stack.warnings) printError(`warning: ${printable(message)}\n`);
  if (stack.operation !== null) await finishOperation(client, stack.name, stack.operation, signal);
}

/**
 * Shows what a pull would change, asks on a terminal, and pulls that commit.
 *
 * @throws {AppError} "not-found", "failed", also for a rewritten branch and when the answer was no.
 */
export async function pullGit(
  task: Task,
  ask: Ask | undefined = canAsk() ? askYes : undefined,
): Promise<void> {
  const { client, signal, flags: { yes, rewritten, dryRun } } = task;
  const stack = await findOne(task);
  await askGit(task, stack);
  const path = `${pathOf(stack)}/git/pull`;
  const difference = await client.ask<GitDifference>(`${path}?dryRun=1`, { method: "POST", signal });
  const { compose } = await client.ask<StackFiles>(`${pathOf(stack)}/compose`, { signal });
  print(`${renderPull(difference, compose).join("\n")}\n`);
  if (dryRun) return;
  if (!difference.forward && !rewritten) {
    throw new AppError(
      "failed",
      "Nothing was pulled: the branch was rewritten. Pass --rewritten to accept it",
    );
  }
  const changes = difference.compose !== null || difference.env !== null || difference.files.length > 0;
  const isYes = !changes || ask === undefined || yes || await ask(`Pull "${printable(stack.name)}"?`, signal);
  if (!isYes) throw new AppError("failed", "Nothing was pulled");
  const accepted = `?commit=${difference.to}${rewritten ? "&rewritten=1" : ""}`;
  const started = await client.ask<Started>(path + accepted, { method: "POST" });
  await finishOperation(client, stack.name, started, signal);
}

/** Renders a difference as lines. */
export function renderPull(
  { from, to, subject, forward, compose, env, files }: GitDifference,
  stored: string,
): string[] {
  const names = [from, to].map((commit) => commit.slice(0, 12));
  const texts = compose === null ? [] : renderDifference(
    { name: names[0]!, compose: stored },
    { name: names[1]!, compose },
  );
  return [
    from === to ? `Commit ${names[0]} is the newest` : `${names[0]} -> ${names[1]} ${printable(subject)}`,
    ...forward ? [] : ["The branch was rewritten: the new commit does not descend from the old one"],
    ...texts,
    ...env === null ? [] : ["file changed: .env of the repository"],
    ...files.map(({ path, change }) => `file ${change}: ${quoted(path)}`),
    ...compose === null && env === null && files.length === 0 ? ["None of the stack's files differ"] : [],
  ];
}

/**
 * Prints the Git side of a stack, after the changes that the flags ask for.
 *
 * @throws {AppError} "not-found", "failed" for a stack that does not come from Git.
 */
export async function git(task: Task): Promise<void> {
  const { client, flags: { schedule, webhook, redeployToken } } = task;
  const stack = await findOne(task);
  const state = await askGit(task, stack);
  const change: GitChange = {
    ...schedule !== undefined && { schedule: schedule === "off" ? null : schedule },
    ...webhook !== undefined && { webhook: webhook === "new" },
    ...redeployToken !== undefined && { token: redeployToken === "new" },
  };
  if (Object.keys(change).length === 0) {
    print(`${renderGit(state).join("\n")}\n`);
    return;
  }
  const changed = await client.ask<ChangedGit>(`${pathOf(stack)}/git`, { method: "PUT", body: change });
  const { webhook_secret: secret, redeploy_token: token } = changed;
  print(`${renderGit(changed).join("\n")}\n`);
  if (secret !== null) {
    print(`\nSecret of the webhook, shown once: ${secret}\nPath: ${pathOf(stack)}/git/webhook\n`);
  }
  if (token !== null) print(`\nRedeploy token, shown once: ${token}\nPath: ${pathOf(stack)}/git/redeploy\n`);
}

/** Returns the Git side of a stack, which is absent for other stacks. */
async function askGit({ client, signal }: Task, stack: Stack): Promise<StackGit> {
  const { git: state } = await client.ask<Stack>(pathOf(stack), { signal });
  if (state !== undefined) return state;
  throw new AppError("failed", `Stack "${stack.name}" does not come from Git`);
}

/** Renders the Git side of a stack as lines. */
export function renderGit(
  { url, branch, path, commit, pulled_at, schedule, webhook, token, error }: StackGit,
): string[] {
  const facts: readonly (readonly [string, string | null])[] = [
    ["Repository", printable(url)],
    ["Branch", printable(branch)],
    ["Compose file", quoted(path)],
    ["Commit", `${commit.slice(0, 12)}, pulled ${localTime(pulled_at)}`],
    ["Schedule", schedule === null ? "off" : `every ${schedule}`],
    ["Webhook", webhook ? "on" : "off"],
    ["Redeploy token", token ? "on" : "off"],
    ["Problem", error === null ? null : printable(error)],
  ];
  return aligned(facts.flatMap(([title, text]) => text === null ? [] : [[title, text]]));
}
