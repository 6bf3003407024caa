/** Commands of `dockstat stacks` that start or cancel an operation. */
import { AppError } from "../../errors.ts";
import type { OperationWithMessages } from "../../protocol/operations.ts";
import type { Stack } from "../../protocol/stacks.ts";
import { finishOperation, runEach, type Started } from "../finish_operation.ts";
import { print } from "../terminal.ts";
import { findAll, findOne, pathOf, type Task } from "./task.ts";

/** Runs a command on one stack after the other; a failure does not stop the rest. */
export async function act(task: Task): Promise<void> {
  const stacks = await findAll(task);
  const requests = stacks.map((stack) => (
    { name: stack.name, method: "POST", path: endpointOf(stack, task) } as const
  ));
  await runEach(task.client, requests, task.signal);
}

function endpointOf(stack: Stack, { verb, flags: { service, build, recreate } }: Task): string {
  const one = service === undefined ? "" : `/services/${encodeURIComponent(service)}`;
  const options = [...build ? ["build=1"] : [], ...recreate ? ["recreate=1"] : []].join("&");
  return `${pathOf(stack)}${one}/${verb}${options && `?${options}`}`;
}

/**
 * Deploys a stack and waits for the end.
 *
 * @throws {AppError} "failed".
 */
export async function deploy({ client, signal }: Task, stack: Stack): Promise<void> {
  const started = await client.ask<Started>(`${pathOf(stack)}/deploy`, { method: "POST" });
  await finishOperation(client, stack.name, started, signal);
}

/**
 * Cancels the operation of a stack and waits for its end.
 *
 * @throws {AppError} "failed" when nothing runs, or the operation ended in another way.
 */
export async function cancel(task: Task): Promise<void> {
  const { client, signal } = task;
  const stack = await findOne(task);
  const path = `${pathOf(stack)}/cancel?wait=1`;
  const { action, state } = await client.ask<OperationWithMessages>(path, { method: "POST", signal });
  if (state !== "cancelled") {
    throw new AppError("failed", `Cannot cancel ${action} "${stack.name}": it has ended (${state})`);
  }
  print(`Cancelled ${action} "${stack.name}"\n`);
}
