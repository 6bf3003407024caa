/** `dockstat stacks rm` and `release`. */
import { AppError } from "../../errors.ts";
import { printable } from "../../log/format.ts";
import type { OperationWithMessages } from "../../protocol/operations.ts";
import type { RemovalPreview } from "../../protocol/removal.ts";
import type { Stack } from "../../protocol/stacks.ts";
import { byteText } from "../byte_text.ts";
import { askYes, canAsk } from "../confirm.ts";
import { print } from "../terminal.ts";
import { finishOperation, type Started } from "../finish_operation.ts";
import { quoted } from "../quoted.ts";
import { findOne, pathOf, type Task } from "./task.ts";

/** Asks a question, and returns whether the answer is yes. */
export type Ask = (question: string, signal: AbortSignal) => Promise<boolean>;

/**
 * Removes a stack or a project. On a terminal it first lists what will be deleted, and asks.
 *
 * @throws {AppError} "not-found", "failed", also when the answer was no.
 */
export async function remove(
  task: Task,
  ask: Ask | undefined = canAsk() ? askYes : undefined,
): Promise<void> {
  const { client, flags: { volumes, yes } } = task;
  const stack = await findOne(task);
  if (ask !== undefined && !yes) await question(task, stack, ask);
  const path = `${pathOf(stack)}${volumes ? "?volumes=1" : ""}`;
  await finishOperation(
    client,
    stack.name,
    await client.ask<Started>(path, { method: "DELETE" }),
    task.signal,
  );
}

async function question({ client, signal, flags: { volumes } }: Task, stack: Stack, ask: Ask): Promise<void> {
  const path = `${pathOf(stack)}?dryRun=1${volumes ? "&volumes=1" : ""}`;
  const preview = await client.ask<RemovalPreview>(path, { method: "DELETE", signal });
  print(`${renderPreview(stack, preview).join("\n")}\n`);
  const isYes = await ask(`Remove "${printable(stack.name)}"?`, signal).catch((cause: unknown) => {
    if (signal.aborted) return false;
    throw cause;
  });
  if (!isYes) throw new AppError("failed", "Nothing was removed");
}

/** Renders what a removal deletes and keeps, as lines. */
export function renderPreview(
  { name }: Pick<Stack, "name">,
  { containers, networks, volumes, files }: RemovalPreview,
): string[] {
  const sized = volumes.map(({ name, bytes }) => bytes === null ? name : `${name} (${byteText(bytes)})`);
  return [
    `Removing "${printable(name)}" deletes`,
    ...line("containers", containers.map(printable)),
    ...line("networks", networks.map(printable)),
    ...line("volumes with their data", sized.map(printable)),
    ...line("files", files.deleted.map(quoted)),
    ...files.kept.length === 0 ? [] : ["and keeps", ...line("files", files.kept.map(quoted))],
  ];
}

function line(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`  ${what}: ${names.join(", ")}`];
}

/**
 * Deletes the record of a stack, and prints the paths that stay.
 *
 * @throws {AppError} "not-found", "failed".
 */
export async function release(task: Task): Promise<void> {
  const stack = await findOne(task);
  const path = `${pathOf(stack)}?keep=1`;
  const { kept = [] } = await task.client.ask<OperationWithMessages>(path, { method: "DELETE" });
  print(
    `Released stack "${stack.name}": its containers stay${
      kept.length === 0 ? "" : ", and so do these paths:"
    }\n`,
  );
  for (const one of kept) print(`  ${quoted(one)}\n`);
}
