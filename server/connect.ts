/** A client of a DockStat server, for programs and for our own terminal commands. */
import { encodeBase64Url, SUBPROTOCOL } from "./credentials.ts";
import { AppError } from "./errors.ts";

/** How to connect. */
export interface ConnectOptions {
  /** Query options of the socket, such as `{ detail: "full" }`. */
  readonly options?: Readonly<Record<string, string>>;
  /** The server's token, where it wants one. */
  readonly token?: string;
  /** Ends the connection. */
  readonly signal?: AbortSignal;
}

/**
 * Connects to one of the sockets and yields its frames after the greeting, parsed, until the server or the signal
 * ends the connection.
 *
 * @param server Such as `http://127.0.0.1:9876`.
 * @param path Such as `/docker/stats`.
 * @throws {AppError} "failed" when the connection cannot be made, or ends otherwise than asked.
 */
export async function* connect<T>(
  server: string,
  path: string,
  { options = {}, token, signal }: ConnectOptions = {},
): AsyncGenerator<T> {
  const url = new URL(path, server);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.search = new URLSearchParams(options).toString();
  const frames: T[] = [];
  let wake = () => {};
  let ended: CloseEvent | undefined;
  const socket = new WebSocket(url, protocols(token));
  const close = () => socket.close();
  signal?.addEventListener("abort", close, { once: true });
  socket.addEventListener("message", ({ data }) => {
    frames.push(JSON.parse(data));
    wake();
  });
  socket.addEventListener("close", (event) => {
    ended = event;
    wake();
  });
  try {
    for (let greeted = false;;) {
      const frame = frames.shift();
      if (frame === undefined && ended !== undefined) break;
      if (frame === undefined) await new Promise<void>((resolve) => wake = resolve);
      else if (greeted) yield frame;
      else greeted = true;
    }
    if (signal?.aborted) return;
    throw new AppError(
      "failed",
      `${url.origin} closed the connection: ${ended?.reason || `code ${ended?.code}`}`,
    );
  } finally {
    signal?.removeEventListener("abort", close);
    socket.close();
  }
}

/** The subprotocol, and beside it the token: a query string would end in logs. */
function protocols(token: string | undefined): string[] {
  const bytes = new TextEncoder().encode(token ?? "");
  return token === undefined ? [SUBPROTOCOL] : [SUBPROTOCOL, `token.${encodeBase64Url(bytes)}`];
}
