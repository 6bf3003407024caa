/** Paths of images, volumes and networks, a part of the table behind `/openapi.json`. */
import { LISTED_KINDS, type ListedKind } from "../protocol/resources/resources.ts";
import { BODY_REFUSALS, type HttpPath, STARTED } from "./http_operation.ts";
import { host, type OptionDocs, REMOVAL, WAIT } from "./options.ts";

const NAMES = { image: "Image", volume: "Volume", network: "Network" } as const;
const IDS: Readonly<Record<ListedKind, string>> = {
  image: "an id, at least 12 digits of one, or a tag without a slash, which is then removed alone",
  volume: "a name",
  network: "a name, an id, or at least 12 digits of one",
};
const HOSTS: OptionDocs = { host: { ...host, repeatable: true, max: 100 } };
const TAG: OptionDocs = {
  tag: {
    description: "Only this tag; the image stays if it has another one.",
    schema: { type: "string", minLength: 1, maxLength: 512 },
    example: "nginx:1.29",
  },
};

/** Paths of resources. */
export const RESOURCE_PATHS: Readonly<Record<string, HttpPath>> = {
  ...Object.fromEntries(LISTED_KINDS.flatMap((kind) => [[`/${kind}s`, listPath(kind)], [
    `/${kind}s/{hostId}/{id}`,
    removalPath(kind),
  ]])),
  "/prune": {
    post: {
      id: "prune",
      summary: "List what no container uses; with dryRun: false and the digest of the list, remove it",
      tag: "resources",
      need: "change",
      query: WAIT,
      body: "PruneRequest",
      answers: {
        ...STARTED,
        200: {
          description: "With dryRun the list, with wait=1 the finished operation.",
          schemas: ["PrunePreview", "OperationWithMessages"],
        },
      },
      refusals: [404, 409, ...BODY_REFUSALS, 502, 503],
    },
  },
};

function listPath(kind: ListedKind): HttpPath {
  return {
    get: {
      id: `get${NAMES[kind]}s`,
      summary: `${NAMES[kind]}s with their users and, where the engine has measured, their sizes`,
      tag: "resources",
      need: "secrets",
      query: HOSTS,
      answers: {
        200: {
          description: "By host. Without host, hosts that cannot be read are left out.",
          schema: NAMES[kind],
          list: true,
        },
      },
      refusals: [404, 502, 503],
    },
  };
}

function removalPath(kind: ListedKind): HttpPath {
  const { dryRun } = REMOVAL;
  return {
    delete: {
      id: `remove${NAMES[kind]}`,
      summary: `Remove ${kind === "image" ? "an" : "a"} ${kind} that no container uses; id is ${IDS[kind]}`,
      tag: "resources",
      need: "change",
      query: { ...kind === "image" ? TAG : {}, ...dryRun === undefined ? {} : { dryRun }, ...WAIT },
      answers: {
        ...STARTED,
        200: {
          description: "With wait=1 the finished operation, with dryRun=1 the preview.",
          schemas: ["OperationWithMessages", "RemovalPreview"],
        },
      },
      refusals: [404, 409, 502, 503],
    },
  };
}
