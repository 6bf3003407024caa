/** `/operations` over HTTP, and the answers to requests that start one. */
import { AppError } from "../errors.ts";
import { jsonResponse } from "../http/problem.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { Path, RoutedRequest } from "../http/router.ts";
import type { OperationOutput, OperationWithMessages, StartedOperation } from "../protocol/operations.ts";
import { publicDetails, publicOperation } from "../stacks/public_view.ts";
import type { Runner } from "../stacks/runner.ts";
import type { Running } from "../stacks/running.ts";
import type { Stacks } from "../stacks/stacks.ts";
import type { Journal, OperationNotes } from "../store/journal.ts";
import { withoutOptions } from "./filters.ts";

/** Number of newest messages in `GET /operations/{id}`. */
const LAST_MESSAGES = 100;
/** Number of operations in `GET /operations`. */
const LAST_OPERATIONS = 100;

/** A flag of a query. */
export const flag: Option<boolean> = {
  parse: (text) => text === "1" ? true : text === "0" ? false : undefined,
  expected: "1 or 0",
};
/** A numeric id. */
export const idOption: Option<number> = {
  parse: (text) => /^\d{1,15}$/.test(text) ? Number(text) : undefined,
  expected: "a whole number",
};

/** Services of these paths. */
export interface OperationServices {
  readonly stacks: Stacks;
  readonly runner: Runner;
  readonly journal: Journal;
}

/** Returns the paths of operations. */
export function operationPaths(services: OperationServices): Readonly<Record<string, Path>> {
  const { stacks, journal } = services;
  return {
    "/operations": {
      GET: ({ url, trusted }) => {
        const { stack_id } = parseOptions(url.searchParams, { stack_id: idOption });
        const operations = journal.operations(stack_id[0], LAST_OPERATIONS);
        return jsonResponse(trusted ? operations : operations.map(publicOperation));
      },
    },
    "/operations/{id}": {
      GET: withoutOptions(({ params, trusted }) => {
        const operation = withMessages(idOf(params, "operation"), services);
        return jsonResponse(trusted ? operation : publicDetails(operation));
      }),
    },
    "/operations/{id}/cancel": {
      POST: async ({ url, params }) => {
        const { wait } = parseOptions(url.searchParams, { wait: flag });
        return await answerStarted(cancelled(idOf(params, "operation"), services), wait[0], services);
      },
    },
    "/operations/{id}/failure": {
      // Causes quote the compose file and health checks.
      need: "secrets",
      GET: withoutOptions(async ({ params }) =>
        jsonResponse(await stacks.failure(idOf(params, "operation")))
      ),
    },
    "/operations/{id}/output": {
      fileName: (_url, { id }) => `operation-${id}`,
      // Builds and hooks may print secrets.
      need: "secrets",
      GET: withoutOptions(({ params }) => {
        const { operation_id } = stacks.operation(idOf(params, "operation"));
        const { output } = journal.notes(operation_id);
        return jsonResponse(outputOf(output));
      }),
    },
  };
}

function outputOf(printed: OperationNotes["output"]): OperationOutput {
  const steps = new Map<string, string[]>();
  for (const line of printed) {
    if (typeof line === "string") continue;
    const [name, text] = line;
    const lines = steps.get(name);
    if (lines === undefined) steps.set(name, [text]);
    else lines.push(text);
  }
  return {
    output: printed.map((line) => typeof line === "string" ? line : line[1]),
    steps: [...steps].map(([name, lines]) => ({ name, lines })),
  };
}

/** @throws {AppError} "not-found", or "busy" when it has ended. */
function cancelled(operationId: number, { stacks, runner }: OperationServices): Running {
  const { state } = stacks.operation(operationId);
  const running = runner.all().find(({ operation }) => operation.operation_id === operationId);
  if (running === undefined) {
    throw new AppError("busy", `Cannot cancel operation "${operationId}": it has ended (${state})`);
  }
  running.cancel();
  return running;
}

/**
 * Returns the id in a path.
 *
 * @throws {AppError} "not-found" for anything but a number.
 */
export function idOf({ id = "" }: RoutedRequest["params"], what: string): number {
  const number = idOption.parse(id);
  if (number === undefined) throw new AppError("not-found", `There is no ${what} "${id.slice(0, 80)}"`);
  return number;
}

/** Answers a request that started an operation; with `wait`, when it has ended. */
export async function answerStarted(
  { operation, done }: Running,
  wait: boolean | undefined,
  services: OperationServices,
): Promise<Response> {
  const { operation_id, stack_id, project } = operation;
  if (!wait) {
    const owner = stack_id !== null || project === null ? { stack_id } : { stack_id, project };
    const answer: StartedOperation = { ...owner, operation_id };
    return jsonResponse(answer, 202, { location: `/operations/${operation_id}` });
  }
  await done;
  return jsonResponse(withMessages(operation_id, services));
}

/** Returns an operation with its newest messages and its warnings. */
export function withMessages(
  operationId: number,
  { stacks, journal }: OperationServices,
): OperationWithMessages {
  const operation = stacks.operation(operationId);
  const entries = journal.ofOperation(operationId, LAST_MESSAGES);
  const messages = entries.map(({ event }) => event.data.message);
  const { warnings } = journal.notes(operationId);
  const events = entries.map(({ event, seq }) => ({ ...event, seq }));
  return { ...operation, messages, warnings, events };
}
