/** `/stacks`, `/projects` and `/operations` over HTTP. */
import { readBody } from "../http/body.ts";
import { AppError } from "../errors.ts";
import { jsonResponse } from "../http/problem.ts";
import { Adoption, NewStack, StackChange, StackDraft } from "../protocol/stack_requests.ts";
import {
  type OperationOutput,
  type OperationWithMessages,
  type StartedOperation,
} from "../protocol/operations.ts";
import { type StackFiles } from "../protocol/stacks.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { Path, RoutedRequest } from "../http/router.ts";
import { withoutOptions } from "./filters.ts";
import type { Editor } from "../stacks/editor.ts";
import { publicDetails, publicOperation } from "../stacks/public_view.ts";
import type { Running } from "../stacks/running.ts";
import type { Stacks } from "../stacks/stacks.ts";
import type { Journal } from "../store/journal.ts";
import { postCommands } from "../protocol/commands.ts";

/** Number of newest messages in `GET /operations/{id}`. */
const LAST_MESSAGES = 100;
/** Number of operations in `GET /operations`. */
const LAST_OPERATIONS = 100;

const flag: Option<boolean> = {
  parse: (text) => text === "1" ? true : text === "0" ? false : undefined,
  expected: "1 or 0",
};
/** A numeric id. */
export const idOption: Option<number> = {
  parse: (text) => /^\d{1,15}$/.test(text) ? Number(text) : undefined,
  expected: "a whole number",
};

type Paths = Readonly<Record<string, Path>>;

/** Services of these paths. */
export interface StackServices {
  readonly stacks: Stacks;
  readonly editor: Editor;
  readonly journal: Journal;
}

/** Returns the paths of stacks, projects and operations, without the socket. */
export function stackPaths(services: StackServices, bodyBytes: number): Paths {
  const { stacks, editor } = services;
  return {
    ...textPaths(stacks, editor, bodyBytes),
    ...ownPaths(services, bodyBytes),
    ...actionPaths(services),
    ...operationPaths(services),
  };
}

/** Paths that create stacks. */
function textPaths(stacks: Stacks, editor: Editor, bodyBytes: number): Paths {
  return {
    "/stacks": {
      GET: withoutOptions(() => jsonResponse(stacks.list())),
      POST: withoutOptions(async ({ request }) => {
        const { stack, warnings } = await editor.create(await readBody(request, NewStack, bodyBytes));
        return jsonResponse({ ...stack, warnings }, 201, { location: `/stacks/${stack.stack_id}` });
      }),
    },
    "/stacks/validate": {
      reads: true,
      POST: withoutOptions(async ({ request }) =>
        jsonResponse(await editor.validate(await readBody(request, StackDraft, bodyBytes)))
      ),
    },
    "/stacks/adopt": {
      POST: withoutOptions(async ({ request }) => {
        const { stack, warnings } = await editor.adopt(await readBody(request, Adoption, bodyBytes));
        return jsonResponse({ ...stack, warnings }, 201, { location: `/stacks/${stack.stack_id}` });
      }),
    },
  };
}

/** Paths of one stack and its texts. */
function ownPaths(services: StackServices, bodyBytes: number): Paths {
  const { stacks, editor } = services;
  return {
    "/stacks/{id}": {
      GET: withoutOptions(({ params }) => jsonResponse(stacks.get(idOf(params, "stack")))),
      PUT: withoutOptions(async ({ request, params }) => {
        const stackId = idOf(params, "stack");
        stacks.record(stackId);
        const { stack, warnings } = await editor.change(
          stackId,
          await readBody(request, StackChange, bodyBytes),
        );
        return jsonResponse({ ...stack, warnings });
      }),
      DELETE: async ({ url, params }) => {
        const options = parseOptions(url.searchParams, { volumes: flag, wait: flag });
        const args = options.volumes[0] ? ["--volumes"] : [];
        return await answerStarted(
          await stacks.act(idOf(params, "stack"), "remove", { args }),
          options.wait[0],
          services,
        );
      },
    },
    "/stacks/{id}/accept": {
      POST: withoutOptions(async ({ params }) => {
        const { stack, warnings } = await editor.accept(idOf(params, "stack"));
        return jsonResponse({ ...stack, warnings });
      }),
    },
    "/stacks/{id}/compose": {
      need: "secrets",
      GET: withoutOptions(async ({ params }) => {
        const { compose, env } = await stacks.texts(idOf(params, "stack"));
        return jsonResponse({ compose, env: env ?? "" } satisfies StackFiles);
      }),
    },
  };
}

/** Paths of commands on stacks and projects. */
function actionPaths(services: StackServices): Paths {
  const { stacks } = services;
  return {
    "/stacks/{id}/cancel": {
      POST: async ({ url, params }) => {
        const { wait } = parseOptions(url.searchParams, { wait: flag });
        return await answerStarted(stacks.cancel(idOf(params, "stack")), wait[0], services);
      },
    },
    ...Object.fromEntries(
      postCommands("stack").map((command) => [`/stacks/{id}/${command}`, {
        POST: async ({ url, params }: RoutedRequest) => {
          const { wait } = parseOptions(url.searchParams, { wait: flag });
          return await answerStarted(await stacks.act(idOf(params, "stack"), command), wait[0], services);
        },
      }]),
    ),
    ...Object.fromEntries(
      postCommands("project").map((command) => [`/projects/{hostId}/{project}/${command}`, {
        POST: async ({ url, params: { hostId = "", project = "" } }: RoutedRequest) => {
          const { wait } = parseOptions(url.searchParams, { wait: flag });
          return await answerStarted(await stacks.actOnProject(hostId, project, command), wait[0], services);
        },
      }]),
    ),
  };
}

function operationPaths(services: StackServices): Paths {
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
    "/operations/{id}/output": {
      // Builds and hooks may print secrets.
      need: "secrets",
      GET: withoutOptions(({ params }) => {
        const { operation_id } = stacks.operation(idOf(params, "operation"));
        const { output } = journal.notes(operation_id);
        return jsonResponse({ output: [...output] } satisfies OperationOutput);
      }),
    },
  };
}

function idOf({ id = "" }: RoutedRequest["params"], what: string): number {
  const number = idOption.parse(id);
  if (number === undefined) throw new AppError("not-found", `There is no ${what} "${id.slice(0, 80)}"`);
  return number;
}

async function answerStarted(
  { operation, done }: Running,
  wait: boolean | undefined,
  services: StackServices,
): Promise<Response> {
  const { operation_id, stack_id, project } = operation;
  if (!wait) {
    const owner = stack_id === null ? { stack_id, project } : { stack_id };
    const answer: StartedOperation = { ...owner, operation_id };
    return jsonResponse(answer, 202, { location: `/operations/${operation_id}` });
  }
  await done;
  return jsonResponse(withMessages(operation_id, services));
}

/** Returns an operation with its newest messages and its warnings. */
function withMessages(operationId: number, { stacks, journal }: StackServices): OperationWithMessages {
  const operation = stacks.operation(operationId);
  const entries = journal.ofOperation(operationId, LAST_MESSAGES);
  const messages = entries.map(({ event }) => event.data.message);
  const { warnings } = journal.notes(operationId);
  const events = entries.map(({ event, seq }) => ({ ...event, seq }));
  return { ...operation, messages, warnings, events };
}
