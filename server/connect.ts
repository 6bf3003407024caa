/** A client of a DockStat server, for programs and for our own terminal commands. */
import { encodeBase64Url, SUBPROTOCOL } from "./access/credentials.ts";
import { AppError, reason } from "./errors.ts";

/** How to connect. */
export interface ConnectOptions {
  /** Query options of the socket, such as `{ detail: "full" }`. */
  readonly options?: Readonly<Record<string, string>>;
  /** The server's token, where it wants one. */
  readonly token?: string;
  /** Ends the connection. */
  readonly signal?: AbortSignal;
  /** Yields the greeting as well: it says that the connection stands. */
  readonly greeting?: boolean;
}

/**
 * Connects to one of the sockets and yields its frames after the greeting, parsed, until the server or the signal
 * ends the connection.
 *
 * @param server Such as `http://127.0.0.1:9876`.
 * @param path Such as `/docker/stats`, or with the options behind it `/docker/stats?batch=1`.
 * @throws {AppError} "unavailable" when nothing answers, "failed" with the words of a refusal, or when the connection
 * ends otherwise than asked.
 */
export async function* connect<T>(
  server: string,
  path: string,
  { options = {}, token, signal, greeting = false }: ConnectOptions = {},
): AsyncGenerator<T> {
  const url = new URL(path, server);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  for (const [name, value] of Object.entries(options)) url.searchParams.append(name, value);
  if (signal?.aborted) return;
  const frames: T[] = [];
  let wake = () => {};
  let opened = false;
  let ended: CloseEvent | undefined;
  const socket = new WebSocket(url, protocols(token));
  const close = () => socket.close();
  signal?.addEventListener("abort", close, { once: true });
  socket.addEventListener("open", () => opened = true);
  socket.addEventListener("message", ({ data }) => {
    frames.push(JSON.parse(data));
    wake();
  });
  socket.addEventListener("close", (event) => {
    ended = event;
    wake();
  });
  try {
    for (let greeted = greeting;;) {
      const frame = frames.shift();
      if (frame === undefined && ended !== undefined) break;
      if (frame === undefined) await new Promise<void>((resolve) => wake = resolve);
      else if (greeted) yield frame;
      else greeted = true;
    }
    if (signal?.aborted) return;
    throw opened ? endOf(url, ended) : await refusalOf(url, token);
  } finally {
    signal?.removeEventListener("abort", close);
    socket.close();
  }
}

function endOf({ origin }: URL, ended: CloseEvent | undefined): AppError {
  const words = ended?.wasClean
    ? `${origin} closed the connection: ${ended.reason || `code ${ended.code}`}`
    : `The connection to ${origin} was lost`;
  return new AppError("failed", words);
}

/** How long a server may take to say why it refuses, ms. */
const PATIENCE_MS = 5000;

/** Why a socket was not opened: a WebSocket does not tell, so the same is asked again by other means. */
async function refusalOf(url: URL, token: string | undefined): Promise<AppError> {
  const { origin, href } = new URL(url.href.replace(/^ws/, "http"));
  const headers = {
    connection: "upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": crypto.getRandomValues(new Uint8Array(16)).toBase64(),
    ...token === undefined ? {} : { authorization: `Bearer ${token}` },
  };
  try {
    const answer = await fetch(href, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    const { detail } = await answer.json();
    return new AppError("failed", typeof detail === "string" ? detail : `${origin} opens no such socket`);
  } catch (cause) {
    return new AppError("unavailable", `Cannot connect to ${origin}: ${reason(cause)}`, { cause });
  }
}

/** The subprotocol, and beside it the token: a query string would end in logs. */
function protocols(token: string | undefined): string[] {
  const bytes = new TextEncoder().encode(token ?? "");
  return token === undefined ? [SUBPROTOCOL] : [SUBPROTOCOL, `token.${encodeBase64Url(bytes)}`];
}
