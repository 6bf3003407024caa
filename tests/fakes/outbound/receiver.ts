/** A receiver of webhooks on 127.0.0.1. */
export interface Receiver extends AsyncDisposable {
  readonly port: number;
  /** Bodies that it has received, oldest first. */
  readonly received: Received[];
  /** Status of its answers. */
  status: number;
}

// deno-lint-ignore no-explicit-any -- bodies of any shape; tests check individual keys
type Received = any;

/** Listens on a port, a free one by default. */
export function receiver(port = 0): Receiver {
  const received: Received[] = [];
  const server = Deno.serve({ port, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    received.push(await request.json());
    return new Response(null, { status: it.status });
  });
  const it: Receiver = {
    port: server.addr.port,
    received,
    status: 204,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return it;
}
