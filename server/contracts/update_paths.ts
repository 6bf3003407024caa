/** Paths of newer images, a part of the table behind `/openapi.json`. */
import { type HttpPath, STARTED } from "./http_operation.ts";
import { WAIT } from "./options.ts";
import { EVENT_FILTERS } from "./past_options.ts";

const HOSTS = { host: EVENT_FILTERS["host"]! };

/** Paths of newer images. */
export const UPDATE_PATHS: Readonly<Record<string, HttpPath>> = {
  "/updates": {
    get: {
      id: "getUpdates",
      summary: "Images of containers, compared with the last answers of their registries",
      tag: "containers",
      need: "secrets",
      query: HOSTS,
      answers: {
        200: { description: "One entry per host and image; contacts no registry.", schema: "ImageUpdates" },
      },
    },
  },
  "/updates/check": {
    post: {
      id: "checkUpdates",
      summary: "Check the registries of all images for newer images",
      tag: "containers",
      need: "change",
      query: { ...HOSTS, ...WAIT },
      answers: {
        200: { description: "With wait=1: the images after the check.", schema: "ImageUpdates" },
        202: { description: "The check was started, or one is already running.", schema: "ImageUpdates" },
      },
    },
  },
  "/updates/tags": {
    get: {
      id: "getImageTags",
      summary: "Tags of an image, from a registry that a stack or container uses, or Docker Hub",
      tag: "containers",
      need: "secrets",
      query: {
        image: {
          schema: { type: "string" },
          description: "Name of the image, without its tag.",
          example: "nginx",
        },
      },
      answers: { 200: { description: "The tags, or why the registry lists none.", schema: "ImageTags" } },
      refusals: [403, 429],
    },
  },
  "/stacks/{id}/services/{service}/rollback": {
    post: {
      id: "rollbackService",
      summary: "Return a service to the image that ran before its last update, pinned to its digest",
      tag: "stacks",
      need: "change",
      query: WAIT,
      answers: STARTED,
      refusals: [404, 409, 503],
    },
  },
};
