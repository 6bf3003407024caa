/** A mail server without TLS on 127.0.0.1. */
export interface SmtpServer extends AsyncDisposable {
  readonly port: number;
  /** Lines that it has received. */
  readonly lines: string[];
}

/** Listens on a free port; it offers a login, and accepts every message. */
export function smtpServer(): SmtpServer {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const lines: string[] = [];
  const open = new Set<Deno.TcpConn>();
  const serving: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const conn of listener) {
      open.add(conn);
      serving.push(serve(conn, lines).catch(() => {}));
    }
  })();
  return {
    port: listener.addr.port,
    lines,
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const conn of open) {
        try {
          conn.close();
        } catch {
          // The client has closed it.
        }
      }
      await Promise.all([accepting, ...serving]);
    },
  };
}

async function serve(conn: Deno.TcpConn, lines: string[]): Promise<void> {
  const encoder = new TextEncoder();
  const say = async (text: string) => void await conn.write(encoder.encode(`${text}\r\n`));
  await say("220 mail.example");
  let isData = false;
  let rest = "";
  for await (const chunk of conn.readable) {
    rest += new TextDecoder().decode(chunk);
    const parts = rest.split("\r\n");
    rest = parts.pop()!;
    for (const line of parts) {
      lines.push(line);
      if (isData && line !== ".") continue;
      if (line === "DATA") await say("354 go");
      else await say(line.startsWith("EHLO") ? "250-mail.example\r\n250 AUTH PLAIN" : answerTo(line));
      isData = line === "DATA";
    }
  }
}

function answerTo(line: string): string {
  return line.startsWith("AUTH") ? "235 ok" : line === "QUIT" ? "221 bye" : "250 ok";
}
