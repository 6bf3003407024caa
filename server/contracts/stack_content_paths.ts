/** Paths of a stack's files and versions, a part of the table behind `/openapi.json`. */
import { BODY_REFUSALS, type HttpPath, STARTED } from "./http_operation.ts";
import { WAIT } from "./options.ts";

const CHANGE = { tag: "stacks", need: "change" } as const;

/** Returns a path of drafts; `refused` are the refusals besides those of every path. */
export function draftPath(suffix: string, whose: string, refused?: readonly number[]): HttpPath {
  const need = { tag: "stacks", need: "secrets" } as const;
  const answers = { 200: { description: "The draft.", schema: "Draft" } } as const;
  const refusals = refused ?? (suffix === "" ? [404] : []);
  return {
    get: {
      ...need,
      id: `get${suffix}Draft`,
      summary: `Unsaved texts of ${whose}`,
      answers,
      refusals,
    },
    put: {
      ...CHANGE,
      id: `put${suffix}Draft`,
      summary: `Store unsaved texts of ${whose}; at most 4 MiB and 100 texts`,
      body: "DraftChange",
      answers,
      refusals: [...refusals, ...BODY_REFUSALS],
    },
    delete: {
      ...CHANGE,
      id: `delete${suffix}Draft`,
      summary: `Discard the draft of ${whose}`,
      answers: { 204: { description: "It is deleted.", empty: true } },
      refusals,
    },
  };
}

/** Paths of files and versions. */
export const STACK_CONTENT_PATHS: Readonly<Record<string, HttpPath>> = {
  "/stacks/draft": draftPath("New", "a new stack"),
  "/stacks/{id}/draft": draftPath("", "a stack"),
  "/stacks/uploads": {
    post: {
      ...CHANGE,
      id: "uploadFile",
      summary: "Keep the bytes of a file for a save; 1 MiB each, for an hour, 32 MiB in all",
      raw: true,
      answers: { 201: { description: "The digest that the save names.", schema: "Upload" } },
      refusals: [413],
    },
  },
  "/stacks/{id}/files": {
    get: {
      id: "listStackFiles",
      summary: "Its further files; of an adopted stack those that its text names",
      tag: "stacks",
      need: "secrets",
      answers: { 200: { description: "By path.", schema: "StackFile", list: true } },
      refusals: [404],
    },
  },
  "/stacks/{id}/files/{path}": {
    get: {
      id: "getStackFile",
      summary: "One file, byte for byte",
      tag: "stacks",
      need: "secrets",
      answers: { 200: { description: "Its bytes, to be saved.", type: "application/octet-stream" } },
      refusals: [404],
    },
    put: {
      ...CHANGE,
      id: "putStackFile",
      summary: "Store a file; 1 MiB each, 16 MiB and 1,000 files in all",
      query: {
        mode: {
          description: "Permissions in octal; without it they stay, and a new file gets 644.",
          schema: { type: "string", pattern: "^[0-7]{3}$" },
          example: "755",
        },
      },
      raw: true,
      answers: {
        200: { description: "The file was replaced.", schema: "StackFile" },
        201: { description: "The file is new.", schema: "StackFile" },
      },
      refusals: [404, 409, 413, 422, 507],
    },
    delete: {
      ...CHANGE,
      id: "deleteStackFile",
      summary: "Delete a file that the compose file does not name",
      answers: { 204: { description: "It is deleted.", empty: true } },
      refusals: [404, 409],
    },
  },
  "/stacks/{id}/changes": {
    get: {
      id: "listStackChanges",
      summary: "The changes that a deployment would make, by service",
      tag: "stacks",
      need: "secrets",
      answers: { 200: { description: "By name of the service.", schema: "PlannedChange", list: true } },
      refusals: [404, 409, 422, 502, 503],
    },
  },
  "/stacks/{id}/versions": {
    get: {
      id: "listStackVersions",
      summary: "Its versions, newest first; each save makes one, and the newest 50 are kept",
      tag: "stacks",
      need: "view",
      answers: { 200: { description: "Newest first.", schema: "StackVersion", list: true } },
      refusals: [404],
    },
  },
  "/stacks/{id}/versions/{version}": {
    get: {
      id: "getStackVersion",
      summary: "One version with its texts",
      tag: "stacks",
      need: "secrets",
      answers: { 200: { description: "Texts byte for byte.", schema: "StackVersionContents" } },
      refusals: [404],
    },
  },
  "/stacks/{id}/versions/{version}/deploy": {
    post: {
      ...CHANGE,
      id: "deployStackVersion",
      summary: "Restore a version, and deploy it with the image digests of its last deployment",
      query: WAIT,
      answers: STARTED,
      refusals: [404, 409, 422, 503, 507],
    },
  },
  "/stacks/{id}/versions/{version}/restore": {
    post: {
      ...CHANGE,
      id: "restoreStackVersion",
      summary: "Store the texts and files of a version again, without a deployment",
      answers: {
        200: { description: "The stack, and warnings about likely mistakes.", schema: "SavedStack" },
      },
      refusals: [404, 409, 422, 503, 507],
    },
  },
};
