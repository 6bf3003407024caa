/** `dockstat stacks diff`: what a deployment would change; compares what is stored with a version, or with a file. */
import { colorsOnly } from "../../log/format.ts";
import type { StackVersion, StackVersionContents } from "../../protocol/stack_versions.ts";
import type { DeploymentPlan, Stack, StackFiles } from "../../protocol/stacks.ts";
import { print } from "../terminal.ts";
import { type Contents, paintLine, renderDifference } from "./difference.ts";
import { renderPlan } from "./plan.ts";
import { findOne, pathOf, type Task } from "./task.ts";
import { readText } from "./texts.ts";

/**
 * Prints the difference between a version and what is stored, or between what is stored and a file. Without either, it
 * compares with the version that was deployed last, and lists what a deployment would change. With `--json` it prints
 * this list only, as `POST /stacks/plan` returns it. A project that DockStat did not create has this list only.
 *
 * @throws {AppError} "not-found", "usage" for a file that cannot be read, "failed".
 */
export async function diff(task: Task): Promise<void> {
  const { flags: { file, version, json } } = task;
  const stack = await findOne(task);
  if (json) return void print(`${JSON.stringify(await planOf(task, stack))}\n`);
  if (stack.stack_id === null) return printPlan(await planOf(task, stack));
  const texts = file === undefined ? await versionsOf(task, stack) : await storedAndFile(task, stack, file);
  if (texts !== undefined) printDifference(...texts);
  if (file !== undefined || version !== undefined) return;
  const plan = await planOf(task, stack);
  if (texts !== undefined) print("\n");
  printPlan(plan);
}

function planOf({ client, signal }: Task, { stack_id, name, hostId }: Stack): Promise<DeploymentPlan> {
  const body = stack_id === null ? { project: name, hostId } : { stack_id };
  return client.ask("/stacks/plan", { method: "POST", body, signal });
}

function printPlan(plan: DeploymentPlan): void {
  print(`${renderPlan(plan).join("\n")}\n`);
}

function printDifference(old: Contents, next: Contents): void {
  const lines = renderDifference(old, next);
  const isEqual = `No difference between ${old.name} and ${next.name}`;
  print(`${(lines.length === 0 ? [isEqual] : forOutput(lines)).join("\n")}\n`);
}

/** Returns the version to compare with, and the current one; `undefined` if none is named and none was deployed. */
async function versionsOf(
  { client, signal, flags }: Task,
  stack: Stack,
): Promise<[Contents, Contents] | undefined> {
  const path = `${pathOf(stack)}/versions`;
  const all = await client.ask<StackVersion[]>(path, { signal });
  const current = all.find(({ current }) => current)?.version;
  const number = flags.version ?? deployedLast(all)?.version;
  if (number === undefined || current === undefined) return undefined;
  const read = (version: number | string) =>
    client.ask<StackVersionContents>(`${path}/${version}`, { signal });
  const [old, next] = [await read(number), await read(current)];
  return [{ ...old, name: `version ${number}` }, { ...next, name: "stored" }];
}

/** Returns the version that was deployed last: the newest one, since clocks may have been set back meanwhile. */
export function deployedLast(
  versions: readonly Pick<StackVersion, "version" | "deployed_at">[],
): Pick<StackVersion, "version"> | undefined {
  const deployed = versions.filter(({ deployed_at }) => deployed_at !== null);
  return deployed.sort((one, other) => other.version - one.version)[0];
}

async function storedAndFile(
  { client, signal }: Task,
  stack: Stack,
  file: string,
): Promise<[Contents, Contents]> {
  const { compose } = await client.ask<StackFiles>(`${pathOf(stack)}/compose`, { signal });
  const name = file === "-" ? "standard input" : file;
  return [{ name: "stored", compose }, { name, compose: await readText("--file", file) }];
}

/** A terminal receives neither control characters of a text nor, with NO_COLOR, colors. */
function forOutput(lines: readonly string[]): readonly string[] {
  if (!Deno.stdout.isTerminal()) return lines;
  const clean = lines.map(colorsOnly);
  return Deno.noColor ? clean : clean.map(paintLine);
}
