/** A receiver of webhooks on 127.0.0.1. */
export interface Receiver extends AsyncDisposable {
  readonly port: number;
  /** Bodies that it has received, oldest first. */
  readonly received: Received[];
  /** Status of its answers. */
  status: number;
  /** Called with each body. */
  onReceived: (body: Received) => void;
}

// deno-lint-ignore no-explicit-any -- bodies of any shape; tests check individual keys
type Received = any;

/** Listens on a port, a free one by default. */
export function receiver(port = 0): Receiver {
  const received: Received[] = [];
  const server = Deno.serve({ port, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const body = await request.json();
    received.push(body);
    it.onReceived(body);
    return new Response(null, { status: it.status });
  });
  const it: Receiver = {
    port: server.addr.port,
    received,
    status: 204,
    onReceived: () => {},
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return it;
}
