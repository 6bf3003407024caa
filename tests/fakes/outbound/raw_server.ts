/** A TCP server that answers every request with fixed bytes, such as hostile ones. */
export interface RawServer extends AsyncDisposable {
  readonly port: number;
  /** Texts that the connections have sent. */
  readonly requests: string[];
  /** Number of open connections. */
  readonly open: number;
}

/** Options of {@linkcode rawServer}. */
export interface RawOptions {
  /** Leaves the connection open after the answer. */
  readonly keepOpen?: boolean;
  /** Text that is sent after the answer until the client closes the connection. */
  readonly repeat?: string;
}

/** Listens on a free port of 127.0.0.1. */
export function rawServer(answer: string, options: RawOptions = {}): RawServer {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const connections = new Set<Deno.TcpConn>();
  const requests: string[] = [];
  const serve = async (conn: Deno.TcpConn) => {
    requests.push(await readRequest(conn));
    const encoder = new TextEncoder();
    await writeAll(conn, encoder.encode(answer));
    const repeated = encoder.encode(options.repeat ?? "");
    while (repeated.length > 0) await writeAll(conn, repeated);
    if (options.keepOpen) await conn.read(new Uint8Array(1));
  };
  const accepting = (async () => {
    for await (const conn of listener) {
      connections.add(conn);
      serve(conn).catch(() => {}).finally(() => {
        connections.delete(conn);
        close(conn);
      });
    }
  })();
  return {
    port: listener.addr.port,
    requests,
    get open() {
      return connections.size;
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const conn of connections) close(conn);
      await accepting;
    },
  };
}

/** Reads a request with the body that its head announces. */
async function readRequest(conn: Deno.TcpConn): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(65_536);
  for (let text = "";;) {
    const count = await conn.read(buffer);
    if (count === null) return text;
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
    const head = text.indexOf("\r\n\r\n");
    if (head < 0) continue;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (new TextEncoder().encode(text.slice(head + 4)).length >= length) return text;
  }
}

async function writeAll(conn: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
}

function close(conn: Deno.TcpConn): void {
  try {
    conn.close();
  } catch {
    // The client or the server has closed it already.
  }
}
