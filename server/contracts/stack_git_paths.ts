/** Paths of stacks from Git, a part of the table behind `/openapi.json`. */
import { BODY_REFUSALS, type HttpPath, STARTED } from "./http_operation.ts";
import { type OptionDocs, WAIT } from "./options.ts";

const CHANGE = { tag: "stacks", need: "change" } as const;
const DELIVERED = {
  200: { description: "Nothing was started, or with wait=1 the operation has ended.", schema: "GitDelivery" },
  202: { description: "An operation was started or queued.", schema: "GitDelivery" },
} as const;

const PULL: OptionDocs = {
  dryRun: {
    description: "1: only compare the stack with its branch.",
    schema: { type: "string", enum: ["1", "0"] },
    example: "0",
  },
  commit: {
    description: "The only commit that is accepted, such as `to` of the difference that was shown.",
    schema: { type: "string", pattern: "^(?:[0-9a-f]{40}|[0-9a-f]{64})$" },
    example: "0123456789abcdef0123456789abcdef01234567",
  },
  rewritten: {
    description: "1: accept a commit that does not follow the one of the stack.",
    schema: { type: "string", enum: ["1", "0"] },
    example: "0",
  },
};

/** Paths of stacks from Git. */
export const STACK_GIT_PATHS: Readonly<Record<string, HttpPath>> = {
  "/stacks/git": {
    post: {
      ...CHANGE,
      id: "createGitStack",
      summary: "Create a stack from a branch of a Git repository, and deploy it",
      body: "NewGitStack",
      query: WAIT,
      answers: {
        201: {
          description: "The stack, and warnings about likely mistakes.",
          schema: "SavedStack",
          location: true,
        },
      },
      refusals: [409, ...BODY_REFUSALS, 502, 503],
    },
  },
  "/stacks/{id}/git": {
    put: {
      ...CHANGE,
      id: "changeStackGit",
      summary: "Change when a stack from Git is pulled: schedule, webhook, redeploy token",
      body: "GitChange",
      answers: { 200: { description: "The Git side; a new secret is shown once.", schema: "ChangedGit" } },
      refusals: [404, ...BODY_REFUSALS],
    },
  },
  "/stacks/{id}/git/pull": {
    post: {
      ...CHANGE,
      id: "pullStackGit",
      summary: "Pull the branch, and deploy the stack if its own files have changed",
      query: { ...PULL, ...WAIT },
      answers: {
        ...STARTED,
        200: {
          description: "With wait=1: the finished operation. With dryRun=1: the difference.",
          schemas: ["OperationWithMessages", "GitDifference"],
        },
      },
      refusals: [404, 409, 422, 502, 503],
    },
  },
  "/stacks/{id}/git/webhook": {
    post: {
      ...CHANGE,
      id: "deliverStackGit",
      need: "signed",
      summary: "Accept a push webhook from GitHub, GitLab or Gitea, signed with the stack's secret",
      raw: true,
      answers: DELIVERED,
      refusals: [409, 413],
    },
  },
  "/stacks/{id}/git/redeploy": {
    post: {
      ...CHANGE,
      id: "redeployStackGit",
      need: "signed",
      summary: "Pull the branch, authorized by the redeploy token of the stack",
      query: WAIT,
      answers: DELIVERED,
    },
  },
};
