/** Starts operations of a running DockStat, shows their progress, and reports how they have ended. */
import { AppError } from "../errors.ts";
import { printable } from "../log/format.ts";
import type { Operation, OperationWithMessages } from "../protocol/operations.ts";
import { followOperation } from "./follow_operation.ts";
import { openProgress, type Progress } from "./progress.ts";
import { quoted } from "./quoted.ts";
import type { ServerClient } from "./server_client.ts";
import { print, printError } from "./terminal.ts";

/** An operation that was started. */
export type Started = Pick<Operation, "operation_id">;

/** A request that starts an operation. */
export interface StartRequest {
  /** Name of its object, for messages. */
  readonly name: string;
  readonly method: "POST" | "DELETE";
  readonly path: string;
}

/**
 * Runs one operation after the other; a failure does not stop the rest.
 *
 * @throws {AppError} "failed" with all failures.
 */
export async function runEach(
  client: ServerClient,
  requests: readonly StartRequest[],
  signal: AbortSignal,
): Promise<void> {
  const failures: string[] = [];
  for (const { name, method, path } of requests) {
    try {
      if (signal.aborted) throw new AppError("failed", `Stopped before "${name}"`);
      await finishOperation(client, name, await client.ask<Started>(path, { method }), signal);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failures.push(error.message);
    }
  }
  if (failures.length > 0) throw new AppError("failed", failures.join("\n"));
}

/**
 * Shows the progress of an operation until its end, then its warnings on standard error, and the paths that it kept.
 *
 * @param name Name of its object, for messages.
 * @throws {AppError} "failed" unless it succeeds.
 */
export async function finishOperation(
  client: ServerClient,
  name: string,
  { operation_id }: Started,
  signal: AbortSignal,
): Promise<void> {
  const { action, state, error, kept = [], warnings } = await follow();
  for (const warning of new Set(warnings)) {
    printError(`warning: ${printable(warning.replace(/^warning: /i, ""))}\n`);
  }
  if (state === "succeeded") {
    if (kept.length > 0) print(`Kept files that DockStat did not write: ${kept.map(quoted).join(", ")}\n`);
    return;
  }
  const was = state === "failed" ? "has failed" : `was ${state}`;
  const what = `${action.charAt(0).toUpperCase()}${action.slice(1)} "${name}" ${was}`;
  throw new AppError("failed", error ? `${what}: ${error}` : what);

  async function follow(): Promise<OperationWithMessages> {
    using progress = withoutWarnings(openProgress());
    return await followOperation(client, operation_id, progress, signal);
  }
}

/** Leaves out warnings of the whole operation, which are printed after its end. */
function withoutWarnings(progress: Progress): Progress {
  return {
    report(action, step) {
      if (step.state !== "warning" || step.resource !== null) progress.report(action, step);
    },
    output: (step, line) => progress.output(step, line),
    note: (text) => progress.note(text),
    [Symbol.dispose]: () => progress[Symbol.dispose](),
  };
}
