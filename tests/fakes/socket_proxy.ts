/** A proxy in front of an engine that grants access like docker-socket-proxy, by the same variables. */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A listening proxy. */
export interface SocketProxy extends AsyncDisposable {
  /** Address such as `tcp://127.0.0.1:40123`. */
  readonly url: string;
  /** Refused requests, such as `POST /containers/create`. */
  readonly refused: readonly string[];
}

/**
 * Starts a proxy in front of an engine's socket.
 *
 * @param grants Its environment: the name of an API section in capitals, "1" to grant it.
 */
export async function startSocketProxy(
  socketPath: string,
  grants: Readonly<Record<string, string>>,
): Promise<SocketProxy> {
  const refused: string[] = [];
  const server = createServer((incoming, response) => {
    if (isGranted(incoming, grants)) return forward(socketPath, incoming, response);
    refused.push(`${incoming.method} ${plainPath(incoming)}`);
    response.writeHead(403, { "content-type": "text/html" }).end(
      "<html><body><h1>403 Forbidden</h1></body></html>",
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `tcp://127.0.0.1:${port}`,
    refused,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Returns whether a request is granted: first by its method, then by the first part of its path. */
function isGranted(incoming: IncomingMessage, grants: Readonly<Record<string, string>>): boolean {
  const reads = incoming.method === "GET" || incoming.method === "HEAD";
  if (!reads && grants["POST"] !== "1") return false;
  const section = plainPath(incoming).split("/")[1] ?? "";
  return grants[section.replace("_", "").toUpperCase()] === "1";
}

/** Returns the path without API version and options. */
function plainPath({ url = "/" }: IncomingMessage): string {
  return url.replace(/^\/v[\d.]+(?=\/)/, "").replace(/\?.*$/, "");
}

function forward(socketPath: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = incoming;
  const outgoing = request({ socketPath, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    answer.pipe(response);
  });
  outgoing.on("error", () => response.destroy());
  response.on("close", () => outgoing.destroy());
  incoming.pipe(outgoing);
}
