/** A proxy before an engine that lets through what docker-socket-proxy would, by the same variables. */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy that listens. */
export interface SocketProxy extends AsyncDisposable {
  /** Such as `tcp://127.0.0.1:40123`. */
  readonly url: string;
  /** What was refused, as `POST /containers/create`. */
  readonly refused: readonly string[];
}

/**
 * Listens before an engine's socket.
 *
 * @param grants Its environment: a section of the API by its name in capitals, "1" where it is open.
 */
export async function startSocketProxy(
  socketPath: string,
  grants: Readonly<Record<string, string>>,
): Promise<SocketProxy> {
  const refused: string[] = [];
  const server = createServer((asked, answer) => {
    if (isGranted(asked, grants)) return forward(socketPath, asked, answer);
    refused.push(`${asked.method} ${plainPath(asked)}`);
    answer.writeHead(403, { "content-type": "text/html" }).end(
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

/** Without POST nothing but GET and HEAD goes through; then the first part of the path decides. */
function isGranted(asked: IncomingMessage, grants: Readonly<Record<string, string>>): boolean {
  const reads = asked.method === "GET" || asked.method === "HEAD";
  if (!reads && grants["POST"] !== "1") return false;
  const section = plainPath(asked).split("/")[1] ?? "";
  return grants[section.replace("_", "").toUpperCase()] === "1";
}

/** The path without the version of the API and without options. */
function plainPath({ url = "/" }: IncomingMessage): string {
  return url.replace(/^\/v[\d.]+(?=\/)/, "").replace(/\?.*$/, "");
}

function forward(socketPath: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { method, url, headers } = asked;
  const onward = request({ socketPath, method, path: url, headers }, (given) => {
    answer.writeHead(given.statusCode ?? 502, given.headers);
    answer.flushHeaders();
    given.pipe(answer);
  });
  onward.on("error", () => answer.destroy());
  answer.on("close", () => onward.destroy());
  asked.pipe(onward);
}
