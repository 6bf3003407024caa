/**
 * The only import of dockerode, for the calls that are not made every second: details, networks, volumes, images, and
 * everything that changes a container. It is loaded with the first of them, because it costs 100 ms and 20 MB.
 */
// @ts-types="../types/dockerode.d.ts"
import Docker from "dockerode";
import { USER_AGENT } from "../version.ts";
import type { EngineCall } from "./engine.ts";
import { joined, LARGEST } from "./answer_bytes.ts";
import { parseHead } from "./text/http_head.ts";
import type { Answer } from "./http_client.ts";

/** Accepts every status, so that the answer stays a stream: dockerode reads a refusal without a bound. */
const EVERY_STATUS = new Proxy({}, { get: () => true });

/** Opens dockerode for one engine. */
export function openDockerode(address: object, version: string): Docker {
  return new Docker({ ...address, version, headers: { "User-Agent": USER_AGENT } });
}

/**
 * Sends a request and reads the answer.
 *
 * @throws the system's error when the connection fails or the signal aborts, {TypeError} for an answer of more than 16
 *   MiB.
 */
export async function sendWith(
  docker: Docker,
  { method, path, body }: EngineCall,
  abortSignal: AbortSignal,
): Promise<Answer> {
  const stream = await new Promise<AsyncIterable<Uint8Array> & { readonly statusCode: number }>(
    (done, failed) => {
      const request = {
        method,
        isStream: true,
        statusCodes: EVERY_STATUS,
        abortSignal,
        ...target(path, body),
      };
      docker.modem.dial(request, (error, stream) => error ? failed(error) : done(stream));
    },
  );
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    // Leaving the loop closes the connection; dockerode itself would keep an answer of any size.
    if (size > LARGEST.list) throw new TypeError("the answer is too large");
    parts.push(chunk);
  }
  return {
    head: parseHead(`HTTP/1.1 ${stream.statusCode} `),
    text: joined(parts),
    call: `${method} ${path}`,
  };
}

/**
 * Returns path and body as dockerode expects them: it writes its own options behind a "?", and without options it cuts
 * the last character off a path that has one.
 */
function target(path: string, body: unknown): { readonly path: string; readonly options?: object } {
  if (body !== undefined) return { path, options: { _body: body, _query: {} } };
  return { path: path.includes("?") ? `${path}?` : path };
}
