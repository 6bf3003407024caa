/** A real HTTP server on a free port, which answers as a test says. */

/** Server with its address and the requests that have come. */
export interface TestServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:49731/`. */
  readonly base: string;
  readonly requests: Pick<Request, "method" | "url" | "headers">[];
}

/** Starts a server on a free port of this machine. */
export function serve(answer: (request: Request) => Response | Promise<Response>): TestServer {
  const requests: TestServer["requests"] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { method, url, headers } = request;
    requests.push({ method, url, headers: new Headers(headers) });
    return answer(request);
  });
  return {
    base: `http://127.0.0.1:${server.addr.port}/`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
