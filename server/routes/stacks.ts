/** `/stacks` over HTTP: creating, changing and removing stacks. */
import { readBody } from "../http/body.ts";
import { jsonResponse } from "../http/problem.ts";
import { parseOptions } from "../http/query.ts";
import type { Path } from "../http/router.ts";
import { Adoption, NewStack, PlanDraft, StackChange, StackDraft } from "../protocol/stack_requests.ts";
import type { StackFiles } from "../protocol/stacks.ts";
import type { Adopter } from "../stacks/adopter.ts";
import type { EditResult } from "../stacks/editor.ts";
import { withoutOptions } from "./filters.ts";
import { answerStarted, flag, idOf, operationPaths, withMessages } from "./operations.ts";
import { NewGitStack } from "../protocol/git/git.ts";
import { gitPaths, type GitServices } from "./stack_git.ts";
import { actionPaths, type ActionServices } from "./stack_actions.ts";
import { draftPaths, type DraftServices } from "./stack_drafts.ts";
import { contentPaths, type ContentServices } from "./stack_contents.ts";

type Paths = Readonly<Record<string, Path>>;

/** Services of these paths. */
export interface StackServices extends ActionServices, ContentServices, DraftServices, GitServices {
  readonly adopter: Adopter;
}

/** Returns the paths of stacks, projects and operations, without the socket. */
export function stackPaths(services: StackServices, bodyBytes: number): Paths {
  return {
    ...draftPaths(services, bodyBytes),
    ...textPaths(services, bodyBytes),
    ...gitPaths(services, bodyBytes),
    ...ownPaths(services, bodyBytes),
    ...contentPaths(services, bodyBytes),
    ...actionPaths(services),
    ...operationPaths(services),
  };
}

/** Paths that create stacks. */
function textPaths(services: StackServices, bodyBytes: number): Paths {
  const { stacks, editor, adopter, deploymentPreview } = services;
  return {
    "/stacks": {
      GET: withoutOptions(() => jsonResponse(stacks.list())),
      POST: async ({ request, url }) => {
        const { wait } = parseOptions(url.searchParams, { wait: flag });
        const result = await editor.create(await readBody(request, NewStack, bodyBytes));
        return await answerEdited(result, 201, wait[0], services);
      },
    },
    "/stacks/git": {
      POST: async ({ request, url }) => {
        const { wait } = parseOptions(url.searchParams, { wait: flag });
        const result = await services.git.stacks.create(await readBody(request, NewGitStack, bodyBytes));
        return await answerEdited(result, 201, wait[0], services);
      },
    },
    "/stacks/validate": {
      reads: true,
      POST: withoutOptions(async ({ request }) =>
        jsonResponse(await editor.validate(await readBody(request, StackDraft, bodyBytes)))
      ),
    },
    "/stacks/plan": {
      reads: true,
      POST: withoutOptions(async ({ request }) =>
        jsonResponse(await deploymentPreview.plan(await readBody(request, PlanDraft, bodyBytes)))
      ),
    },
    "/stacks/adopt": {
      POST: async ({ request, url }) => {
        const { dryRun } = parseOptions(url.searchParams, { dryRun: flag });
        const wanted = await readBody(request, Adoption, bodyBytes);
        if (dryRun[0]) return jsonResponse({ warnings: (await adopter.preview(wanted)).warnings });
        const { stack, warnings } = await adopter.adopt(wanted);
        return jsonResponse({ ...stack, warnings }, 201, { location: `/stacks/${stack.stack_id}` });
      },
    },
  };
}

/** Paths of one stack and its texts. */
function ownPaths(services: StackServices, bodyBytes: number): Paths {
  const { stacks, editor } = services;
  return {
    "/stacks/{id}": {
      GET: withoutOptions(({ params, trusted }) => {
        const stackId = idOf(params, "stack");
        const git = services.git.stacks.state(stackId, trusted);
        return jsonResponse({ ...stacks.get(stackId), ...git && { git } });
      }),
      PUT: async ({ request, url, params }) => {
        const { wait } = parseOptions(url.searchParams, { wait: flag });
        const stackId = idOf(params, "stack");
        stacks.record(stackId);
        const change = await readBody(request, StackChange, bodyBytes);
        services.git.stacks.checkText(stackId, change.compose);
        for (const { path } of change.files ?? []) services.git.stacks.checkFile(stackId, path);
        const result = await editor.change(stackId, change);
        return await answerEdited(result, 200, wait[0], services);
      },
      DELETE: async ({ url, params }) => await remove(idOf(params, "stack"), url, services),
    },
    "/stacks/{id}/accept": {
      POST: withoutOptions(async ({ params }) =>
        answerEdited(await editor.accept(idOf(params, "stack")), 200, false, services)
      ),
    },
    "/stacks/{id}/compose": {
      need: "secrets",
      fileName: (_url, { id }) => `stack-${id}`,
      GET: withoutOptions(async ({ params }) => {
        const stackId = idOf(params, "stack");
        const { compose, env } = await stacks.texts(stackId);
        const base = services.git.stacks.own.rows.get(stackId)?.env;
        return jsonResponse(
          { compose, env: env ?? "", ...base !== undefined && { git_env: base } } satisfies StackFiles,
        );
      }),
    },
  };
}

async function remove(stackId: number, url: URL, services: StackServices): Promise<Response> {
  const { stacks, removal } = services;
  const query = parseOptions(url.searchParams, { volumes: flag, keep: flag, dryRun: flag, wait: flag });
  const options = { volumes: query.volumes[0] ?? false, keep: query.keep[0] ?? false };
  if (query.dryRun[0]) return jsonResponse(await removal.preview(stackId, options));
  // Nothing takes time, and the answer names the paths that stay.
  if (options.keep) return await answerStarted(stacks.release(stackId), true, services);
  return await answerStarted(await stacks.act(stackId, "remove", options), query.wait[0], services);
}

/** Answers with the stack and, when its deployment was waited for, the finished operation. */
async function answerEdited(
  { stack, warnings, running }: EditResult,
  status: number,
  wait: boolean | undefined,
  services: StackServices,
): Promise<Response> {
  const headers = status === 201 ? { location: `/stacks/${stack.stack_id}` } : {};
  if (!wait) return jsonResponse({ ...stack, warnings }, status, headers);
  await running?.done;
  const operation = running === undefined ? null : withMessages(running.operation.operation_id, services);
  const now = stack.stack_id === null ? stack : services.stacks.get(stack.stack_id);
  return jsonResponse({ ...now, operation, warnings }, status, headers);
}
