/** `/openapi.json`: the HTTP API as an OpenAPI 3.1 document. */
import { VERSION } from "../version.ts";
import { type Answer, type HttpOperation, type HttpPath, TAGS } from "./http_operation.ts";
import { HTTP_PATHS } from "./http_paths.ts";
import type { OptionDoc, OptionDocs } from "./options.ts";
import { allSchemas, type JsonSchema, refTo, type SchemaName } from "./schemas.ts";
import { HTTP_SCHEMES } from "./security.ts";

/** A document, or a part of one. */
type Part = Readonly<Record<string, unknown>>;

const DESCRIPTION =
  `Container statistics, and the Compose stacks that run the containers. \`/asyncapi.json\` describes the
WebSocket frames. Both documents are generated from the server's own schemas. Paths with GET also answer HEAD, except
downloads. An option that is unknown, malformed, or repeated but not repeatable is refused with 400. A local request may
view without the token. Any other request needs it, except for \`/healthz\`, \`/about\`, \`POST /sessions\`, the files of
the dashboard, and Git webhooks and redeployments, which have their own secrets.`;

/** Paths whose id is a text: that of a container or a resource. */
const NAMED_BY_TEXT = /^\/(containers|images|volumes|networks)\//;

/** Reason of each refusal, by status. */
const REFUSALS: Readonly<Record<number, string>> = {
  400: "Malformed: an option, a handshake, or a body that is not JSON.",
  401: "The token or session is missing or not valid.",
  403: "Another web origin, a change with --read-only, or a host that is view only.",
  404: "Not found.",
  409: "Busy: an operation is running, the name is taken, the container runs, or there is nothing to cancel.",
  413: "The body exceeds the limit (1 MiB unless limits.bodyBytes is set).",
  415: "The body is not application/json.",
  421: "The Host header is not a name of this server.",
  422: "The content is invalid; errors gives the places and reasons.",
  429: "Too many wrong tokens from this address, or too many sockets.",
  500: "Internal error.",
  502: "The engine or the Git host refused; the detail has its message.",
  503: "The engine does not answer, Compose is missing, or the server is shutting down.",
  507: "No space is left, on the disk or for files of stacks.",
};
/** Refusals that any request can receive, by access level. */
const ALWAYS: Readonly<Record<HttpOperation["need"], readonly number[]>> = {
  nothing: [400, 403, 421, 500],
  view: [400, 401, 403, 421, 429, 500],
  secrets: [400, 401, 403, 421, 429, 500],
  change: [400, 401, 403, 421, 429, 500],
  signed: [400, 401, 403, 421, 429, 500],
  trusted: [400, 500],
};

/** Creates the document of a server with a base path, which is empty for the root. */
export function openApi(basePath = ""): Part {
  const tags = Object.entries(TAGS).map(([name, description]) => ({ name, description }));
  return {
    openapi: "3.1.0",
    info: {
      title: "DockStat",
      version: VERSION,
      summary: "What every container on your Docker hosts is doing, live",
      description: DESCRIPTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: basePath || "/", description: "Address of this document." }],
    tags,
    paths: Object.fromEntries(Object.entries(HTTP_PATHS).map(([path, one]) => [path, pathItem(path, one)])),
    components: {
      schemas: allSchemas("draft-2020-12"),
      responses: refusals(),
      securitySchemes: HTTP_SCHEMES,
    },
  };
}

function pathItem(path: string, methods: HttpPath): Part {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: name === "id" && !NAMED_BY_TEXT.test(path) || name === "version"
      ? { type: "integer", minimum: 0 }
      : { type: "string" },
  }));
  const operations = Object.entries(methods).map(([method, one]) => [method, operation(one)]);
  return { ...parameters.length > 0 ? { parameters } : {}, ...Object.fromEntries(operations) };
}

function operation({ id, summary, tag, query, body, raw, socket, ...rest }: HttpOperation): Part {
  const upgraded = { description: "With an upgrade it becomes a WebSocket: see /asyncapi.json." };
  return {
    operationId: id,
    summary,
    tags: [tag],
    security: security(rest.need, socket === true),
    ...query === undefined ? {} : { parameters: Object.entries(query).map(queryParameter) },
    ...body === undefined ? {} : { requestBody: { required: true, content: json(refTo(body)) } },
    ...raw ? { requestBody: { required: true, content: RAW } } : {},
    responses: {
      ...socket ? { 101: upgraded } : {},
      ...Object.fromEntries(Object.entries(rest.answers).map(([status, one]) => [status, response(one)])),
      ...Object.fromEntries(
        refusalsOf(rest).map((status) => [status, { $ref: `#/components/responses/${status}` }]),
      ),
    },
  };
}

const RAW = { "application/octet-stream": { schema: { type: "string", format: "binary" } } };

function refusalsOf({ need, refusals = [] }: Pick<HttpOperation, "need" | "refusals">): readonly number[] {
  return [...new Set([...ALWAYS[need], ...refusals])].sort((one, other) => one - other);
}

/** Includes an empty requirement: on a loopback address no token is needed. */
function security(need: HttpOperation["need"], socket: boolean): readonly Part[] {
  if (need === "nothing" || need === "trusted") return [];
  if (need === "signed") return [{ signature: [] }];
  const ways = [{ bearer: [] }, ...socket ? [{ subprotocol: [] }] : []];
  return need === "view" ? [{}, ...ways] : ways;
}

function queryParameter([name, option]: readonly [string, OptionDocs[string]]): Part {
  const { description, example, repeatable = false } = option;
  return {
    name,
    in: "query",
    description: repeatable ? `${description} Repeatable.` : description,
    schema: valuesOf(option),
    ...repeatable ? { style: "form", explode: true, example: [example] } : { example },
  };
}

/** Returns the schema of an option: an array for a repeatable one. */
export function valuesOf({ schema, repeatable = false, max }: OptionDoc): JsonSchema {
  if (!repeatable) return schema;
  return { type: "array", items: schema, ...max === undefined ? {} : { maxItems: max } };
}

function response(
  { description, schema, schemas, list = false, type, also, location = false, empty = false }: Answer,
): Part {
  const headers = { Location: { description: "Address of the resource.", schema: { type: "string" } } };
  const body = schemas === undefined ? shape(schema, list) : { oneOf: schemas.map(refTo) };
  const texts = [type, also].flatMap((name) =>
    name === undefined ? [] : [[name, { schema: { type: "string" } }]]
  );
  const content = { ...type === undefined ? json(body) : {}, ...Object.fromEntries(texts) };
  return { description, ...location ? { headers } : {}, ...empty ? {} : { content } };
}

function shape(schema: SchemaName | undefined, list: boolean): JsonSchema {
  if (schema === undefined) return { type: "object" };
  return list ? { type: "array", items: refTo(schema) } : refTo(schema);
}

function json(schema: JsonSchema): Part {
  return { "application/json": { schema } };
}

function refusals(): Part {
  return Object.fromEntries(
    Object.entries(REFUSALS).map(([status, description]) => [status, {
      description,
      content: { "application/problem+json": { schema: refTo("Problem") } },
    }]),
  );
}
