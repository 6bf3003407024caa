/** Stacks from Git over HTTP: creation, pulls, settings, the webhook, and redeployment with a separate token. */
import { credentialsOf } from "../access/credentials.ts";
import { AppError } from "../errors.ts";
import type { AutomaticPulls } from "../git/automatic.ts";
import type { GitStacks } from "../git/git_stacks.ts";
import type { Webhooks } from "../git/webhook.ts";
import { readBody, readBytes } from "../http/body.ts";
import { jsonResponse } from "../http/problem.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { Path, RoutedRequest } from "../http/router.ts";
import { GitChange, type GitDelivery } from "../protocol/git/git.ts";
import { withoutOptions } from "./filters.ts";
import { answerStarted, flag, idOf, type OperationServices } from "./operations.ts";

/** Largest delivery of a webhook, bytes. */
const MOST_BYTES = 1024 * 1024;

/** Stacks from Git, and what pulls them. */
export interface GitServices {
  readonly git: {
    readonly stacks: GitStacks;
    readonly pulls: AutomaticPulls;
    readonly webhooks: Webhooks;
  };
}

/** A commit. */
const commitOption: Option<string> = {
  parse: (text) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : undefined,
  expected: "the whole name of a commit",
};

/** Returns the paths below stacks from Git. */
export function gitPaths(
  services: GitServices & OperationServices,
  bodyBytes: number,
): Readonly<Record<string, Path>> {
  const { git: { pulls, webhooks } } = services;
  return {
    "/stacks/{id}/git": {
      PUT: withoutOptions(async ({ request, params }) => {
        const stackId = idOf(params, "stack");
        return jsonResponse(pulls.change(stackId, await readBody(request, GitChange, bodyBytes)));
      }),
    },
    "/stacks/{id}/git/pull": { POST: (call) => pull(call, services) },
    "/stacks/{id}/git/webhook": {
      needs: { POST: "signed" },
      POST: withoutOptions(async ({ request, params }) => {
        const stackId = idOf(params, "stack");
        webhooks.checkHead(stackId, request.headers);
        const body = await readBytes(request, Math.min(bodyBytes, MOST_BYTES));
        return answerDelivery(webhooks.deliver(stackId, request.headers, body));
      }),
    },
    "/stacks/{id}/git/redeploy": {
      needs: { POST: "signed" },
      POST: async ({ request, url, params }) => {
        const { wait } = parseOptions(url.searchParams, { wait: flag });
        const stackId = idOf(params, "stack");
        const [credential] = credentialsOf(request.headers);
        if (credential?.kind !== "bearer" || !pulls.isToken(stackId, credential.secret)) throw wrongToken();
        const running = pulls.start(stackId);
        if (running === undefined) return answerDelivery({ outcome: "queued", operation_id: null });
        if (wait[0]) return await answerEnded(running.operation.operation_id, running.done, services);
        return answerDelivery({ outcome: "started", operation_id: running.operation.operation_id });
      },
    },
  };
}

async function pull(
  { url, params }: RoutedRequest,
  services: GitServices & OperationServices,
): Promise<Response> {
  const options = { wait: flag, dryRun: flag, commit: commitOption, rewritten: flag };
  const { wait, dryRun, commit, rewritten } = parseOptions(url.searchParams, options);
  const stackId = idOf(params, "stack");
  const { stacks } = services.git;
  if (dryRun[0]) return jsonResponse(await stacks.difference(stackId));
  const running = stacks.pull(stackId, { commit: commit[0], rewritten: rewritten[0] });
  return await answerStarted(running, wait[0], services);
}

function answerDelivery(delivery: GitDelivery): Response {
  return jsonResponse(delivery, delivery.outcome === "ignored" ? 200 : 202);
}

/** Answers with the end of a redeployment, without texts: its token reads nothing. */
async function answerEnded(
  operationId: number,
  done: Promise<void>,
  { stacks }: OperationServices,
): Promise<Response> {
  await done;
  const { state } = stacks.operation(operationId);
  return jsonResponse({ outcome: state === "succeeded" ? "succeeded" : "failed", operation_id: operationId });
}

function wrongToken(): AppError {
  return new AppError(
    "unauthorized",
    "Cannot redeploy: expected the redeploy token of this stack as Authorization: Bearer",
    {
      headers: { "www-authenticate": 'Bearer realm="dockstat-redeploy"' },
    },
  );
}
