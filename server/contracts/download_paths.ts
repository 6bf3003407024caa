/** Paths of downloads, a part of the table behind `/openapi.json`. */
import { BODY_REFUSALS, type HttpPath } from "./http_operation.ts";

/** Paths that let a browser save an answer. */
export const DOWNLOAD_PATHS: Readonly<Record<string, HttpPath>> = {
  "/downloads": {
    post: {
      id: "createDownload",
      summary: "An address under which a browser can save an answer without the token",
      tag: "server",
      need: "secrets",
      body: "NewDownload",
      answers: { 200: { description: "The address.", schema: "Download" } },
      refusals: [404, ...BODY_REFUSALS],
    },
  },
  "/downloads/{download}": {
    get: {
      id: "getDownload",
      summary: "The answer to save, once",
      tag: "server",
      need: "nothing",
      answers: { 200: { description: "The file.", type: "application/octet-stream" } },
      refusals: [404, 409, 422, 503],
    },
  },
};
