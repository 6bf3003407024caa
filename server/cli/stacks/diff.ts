/** `dockstat stacks diff`: compares what is stored with a version, or with a file. */
import { AppError } from "../../errors.ts";
import { colorsOnly } from "../../log/format.ts";
import type { StackVersion, StackVersionContents } from "../../protocol/stack_versions.ts";
import type { Stack, StackFiles } from "../../protocol/stacks.ts";
import { print } from "../terminal.ts";
import { type Contents, paintLine, renderDifference } from "./difference.ts";
import { findOne, pathOf, type Task } from "./task.ts";
import { readText } from "./texts.ts";

/**
 * Prints the difference between a version (by default the one deployed last) and what is stored, or between what is
 * stored and a file.
 *
 * @throws {AppError} "not-found", "usage" for a file that cannot be read, "failed" if no version was deployed.
 */
export async function diff(task: Task): Promise<void> {
  const { file } = task.flags;
  const stack = await findOne(task);
  const [old, next] = file === undefined
    ? await versionsOf(task, stack)
    : await storedAndFile(task, stack, file);
  const lines = renderDifference(old, next);
  const isEqual = `No difference between ${old.name} and ${next.name}`;
  print(`${(lines.length === 0 ? [isEqual] : forOutput(lines)).join("\n")}\n`);
}

/** Returns the version to compare with, and the current one. */
async function versionsOf({ client, signal, flags }: Task, stack: Stack): Promise<[Contents, Contents]> {
  const path = `${pathOf(stack)}/versions`;
  const all = await client.ask<StackVersion[]>(path, { signal });
  const current = all.find(({ current }) => current)?.version;
  const number = flags.version ?? deployedLast(all)?.version;
  if (number === undefined || current === undefined) {
    throw new AppError(
      "failed",
      `Stack "${stack.name}" was never deployed: choose a version with --version, or a file with --file`,
    );
  }
  const read = (version: number | string) =>
    client.ask<StackVersionContents>(`${path}/${version}`, { signal });
  const [old, next] = [await read(number), await read(current)];
  return [{ ...old, name: `version ${number}` }, { ...next, name: "stored" }];
}

/** Returns the version that was deployed last. */
function deployedLast(versions: readonly StackVersion[]): StackVersion | undefined {
  const deployed = versions.filter(({ deployed_at }) => deployed_at !== null);
  return deployed.sort((one, other) => Date.parse(other.deployed_at!) - Date.parse(one.deployed_at!))[0];
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
