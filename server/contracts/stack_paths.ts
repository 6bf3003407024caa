/** Paths of stacks, projects and operations, a part of the table behind `/openapi.json`. */
import { BODY_REFUSALS, type HttpOperation, type HttpPath, STARTED } from "./http_operation.ts";
import { COMMANDS, postCommands } from "../protocol/commands.ts";
import { ADOPTION, DEPLOYMENT, KEEP, OPERATION_FILTERS, REMOVAL, WAIT } from "./options.ts";
import { STACK_CONTENT_PATHS } from "./stack_content_paths.ts";
import { STACK_GIT_PATHS } from "./stack_git_paths.ts";

const EDITED = {
  description: "The stack, and warnings about likely mistakes.",
  schema: "SavedStack",
} as const;
const MADE = { 201: { ...EDITED, location: true } } as const;
const PREVIEW = { schema: "RemovalPreview", description: "With dryRun=1: what it would delete." } as const;

const EDITS = { tag: "stacks", need: "change", refusals: [409, ...BODY_REFUSALS, 503] } as const;

/** Paths of stacks, and of projects that DockStat did not create. */
export const STACK_PATHS: Readonly<Record<string, HttpPath>> = {
  "/stacks": {
    get: {
      id: "listStacks",
      summary: "All stacks, and the projects that DockStat did not create",
      tag: "stacks",
      need: "view",
      answers: { 200: { description: "Stacks first.", schema: "Stack", list: true } },
      socket: true,
    },
    post: {
      id: "createStack",
      summary: "Create a stack, and deploy it",
      body: "NewStack",
      query: WAIT,
      answers: MADE,
      ...EDITS,
    },
  },
  "/stacks/validate": {
    post: {
      id: "validateStack",
      summary: "Validate texts without storing them",
      tag: "stacks",
      need: "secrets",
      body: "StackDraft",
      answers: { 200: { description: "Compose accepts them.", schema: "ValidatedStack" } },
      refusals: [404, ...BODY_REFUSALS, 503],
    },
  },
  "/stacks/plan": {
    post: {
      id: "planDeployment",
      summary: "Everything that a deployment or an update would change; runs nothing",
      tag: "stacks",
      need: "secrets",
      body: "PlanDraft",
      answers: {
        200: { description: "Services, images, volumes, networks, clashes.", schema: "DeploymentPlan" },
      },
      refusals: [404, 409, ...BODY_REFUSALS, 502, 503],
    },
  },
  "/stacks/adopt": {
    post: {
      ...EDITS,
      id: "adoptProject",
      summary: "Adopt a project whose compose file can be read here",
      body: "Adoption",
      query: ADOPTION,
      answers: {
        200: { description: "With dryRun=1: what a deployment would change.", schema: "AdoptionPreview" },
        201: {
          description: "The stack, and what a deployment would change.",
          schema: "AdoptedStack",
          location: true,
        },
      },
      refusals: [404, ...EDITS.refusals],
    },
  },
  "/stacks/{id}": {
    get: {
      id: "getStack",
      summary: "One stack",
      tag: "stacks",
      need: "view",
      answers: { 200: { description: "The stack.", schema: "Stack" } },
      refusals: [404],
    },
    put: {
      ...EDITS,
      id: "changeStack",
      summary: "Change the texts and files of a stack, as one version",
      body: "StackChange",
      query: WAIT,
      answers: { 200: EDITED },
      refusals: [404, ...EDITS.refusals],
    },
    delete: {
      ...command(
        "removeStack",
        `${COMMANDS.remove.summary}; files that DockStat did not write stay, named in kept`,
      ),
      query: { ...REMOVAL, ...KEEP, ...WAIT },
      answers: removal("With wait=1 or keep=1: the finished operation."),
    },
  },
  "/stacks/{id}/accept": {
    post: {
      id: "acceptStackFiles",
      summary: "Store its files as they are now, after they were changed outside DockStat",
      tag: "stacks",
      need: "change",
      answers: { 200: EDITED },
      refusals: [404, 409, 422, 503],
    },
  },
  "/stacks/{id}/compose": {
    get: {
      id: "getStackFiles",
      summary: "Its texts",
      tag: "stacks",
      need: "secrets",
      answers: { 200: { description: "Byte for byte.", schema: "StackFiles" } },
      refusals: [404],
    },
  },
  "/projects/{hostId}/{project}": {
    delete: {
      ...command(
        "removeProject",
        "Remove the containers and networks of a project that DockStat did not create",
      ),
      query: { ...REMOVAL, ...WAIT },
      answers: removal("With wait=1: the finished operation."),
    },
  },
  ...STACK_CONTENT_PATHS,
  ...STACK_GIT_PATHS,
  "/stacks/{id}/cancel": { post: command("cancelStack", "Cancel the running operation") },
  ...commandPaths(),
};

function commandPaths(): Readonly<Record<string, HttpPath>> {
  const stacks = postCommands("stack").map((name) => {
    const { summary } = COMMANDS[name];
    const query = name === "deploy" ? { ...DEPLOYMENT, ...WAIT } : WAIT;
    return [`/stacks/{id}/${name}`, { post: { ...command(`${name}Stack`, summary), query } }] as const;
  });
  const services = postCommands("service").map((name) => {
    const summary = `${COMMANDS[name].summary} of one service`;
    const path = `/stacks/{id}/services/{service}/${name}`;
    return [path, { post: command(`${name}Service`, summary) }] as const;
  });
  const projects = postCommands("project").map((name) => {
    const summary = `${COMMANDS[name].summary} of a project that DockStat did not create`;
    return [`/projects/{hostId}/{project}/${name}`, { post: command(`${name}Project`, summary) }] as const;
  });
  return Object.fromEntries([...stacks, ...services, ...projects]);
}

/** Answers of a removal; a preview has the same status as an operation that was waited for. */
function removal(waited: string): HttpOperation["answers"] {
  return {
    ...STARTED,
    200: { description: `${waited} ${PREVIEW.description}`, schemas: [STARTED[200].schema, PREVIEW.schema] },
  };
}

function command(id: string, summary: string): HttpOperation {
  return {
    id,
    summary,
    tag: "stacks",
    need: "change",
    query: WAIT,
    answers: STARTED,
    refusals: [404, 409, 503],
  };
}

/** Paths of operations. */
export const OPERATION_PATHS: Readonly<Record<string, HttpPath>> = {
  "/operations": {
    get: {
      id: "listOperations",
      summary: "Newest operations, newest first",
      tag: "operations",
      need: "view",
      query: OPERATION_FILTERS,
      answers: { 200: { description: "100 at most.", schema: "Operation", list: true } },
    },
  },
  "/operations/{id}": {
    get: {
      id: "getOperation",
      summary: "One operation",
      tag: "operations",
      need: "view",
      answers: { 200: { description: "The operation.", schema: "OperationWithMessages" } },
      refusals: [404],
    },
  },
  "/operations/{id}/cancel": {
    post: { ...command("cancelOperation", "Cancel an operation that has not ended"), tag: "operations" },
  },
  "/operations/{id}/failure": {
    get: {
      id: "getOperationFailure",
      summary: "Cause, location and remedy of a failed operation",
      tag: "operations",
      need: "secrets",
      answers: { 200: { description: "The cause.", schema: "Failure" } },
      refusals: [404],
    },
  },
  "/operations/{id}/output": {
    get: {
      id: "getOperationOutput",
      summary: "The output of Compose and its builds, besides the progress",
      tag: "operations",
      need: "secrets",
      answers: { 200: { description: "The newest lines.", schema: "OperationOutput" } },
      refusals: [404],
    },
  },
};
