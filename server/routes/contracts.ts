/** `GET /openapi.json` and `GET /asyncapi.json`: the documents are made, and their makers loaded, when somebody asks. */
import { jsonResponse } from "../http/problem.ts";

/** What is answered over HTTP. */
export async function getOpenApi(): Promise<Response> {
  const { openApi } = await import("../contracts/openapi.ts");
  return jsonResponse(openApi());
}

/** What is sent over the sockets. */
export async function getAsyncApi(url: URL): Promise<Response> {
  const { asyncApi } = await import("../contracts/asyncapi.ts");
  return jsonResponse(asyncApi(url));
}
