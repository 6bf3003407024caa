/** `GET /openapi.json` and `GET /asyncapi.json`; the generators are loaded on the first request. */
import { jsonResponse } from "../http/problem.ts";

/** Answers `GET /openapi.json`. */
export async function getOpenApi(basePath: string): Promise<Response> {
  const { openApi } = await import("../contracts/openapi.ts");
  return jsonResponse(openApi(basePath));
}

/** Answers `GET /asyncapi.json`. */
export async function getAsyncApi(url: URL, basePath: string): Promise<Response> {
  const { asyncApi } = await import("../contracts/asyncapi.ts");
  return jsonResponse(asyncApi(url, basePath));
}
