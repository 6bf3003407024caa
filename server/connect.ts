/** A client of a DockStat server, for programs and for the CLI. */
import { encodeBase64Url, SUBPROTOCOL } from "./access/credentials.ts";
import { AppError, reason } from "./errors.ts";

/** Close code of a socket that has sent everything, as with `until`. */
const NORMAL_CLOSURE = 1000;

/** Options for {@linkcode connect}. */
export interface ConnectOptions {
  /** Query options of the socket, such as `{ detail: "full" }`. */
  readonly options?: Readonly<Record<string, string>>;
  /** The server's token, if it needs one. */
  readonly token?: string;
  /** Closes the connection. */
  readonly signal?: AbortSignal;
  /** Also yields the greeting, which shows that the connection is open. */
  readonly greeting?: boolean;
}

/**
 * Connects to a socket and yields its parsed frames after the greeting, until the server or the signal ends the
 * connection.
 *
 * @param server URL such as `http://127.0.0.1:9876`, with the base path if the server has one.
 * @param path Path such as `/docker/stats`, optionally with options: `/docker/stats?batch=1`.
 * @throws {AppError} "unavailable" when nothing answers, "usage" for a wrong option, "failed" with the message of
 * another refusal, or when the connection is lost.
 */
export async function* connect<T>(
  server: string,
  path: string,
  { options = {}, token, signal, greeting = false }: ConnectOptions = {},
): AsyncGenerator<T> {
  const url = new URL(`./${path.replace(/^\/+/, "")}`, server.endsWith("/") ? server : `${server}/`);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  for (const [name, value] of Object.entries(options)) url.searchParams.append(name, value);
  if (signal?.aborted) return;
  const frames: unknown[] = [];
  let wake = () => {};
  let opened = false;
  let ended: CloseEvent | undefined;
  const socket = new WebSocket(url, socketProtocols(token));
  const close = () => socket.close();
  signal?.addEventListener("abort", close, { once: true });
  socket.addEventListener("open", () => opened = true);
  socket.addEventListener("message", ({ data }) => {
    frames.push(data);
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
      else if (greeted) yield parseFrame<T>(url, frame);
      else greeted = true;
    }
    if (signal?.aborted || ended?.code === NORMAL_CLOSURE) return;
    throw opened ? endOf(url, ended) : await refusalOf(url, token);
  } finally {
    signal?.removeEventListener("abort", close);
    socket.close();
  }
}

function parseFrame<T>({ origin }: URL, frame: unknown): T {
  try {
    return JSON.parse(String(frame));
  } catch (cause) {
    throw new AppError("failed", `${origin} sent a frame that is not JSON`, { cause });
  }
}

function endOf({ origin }: URL, ended: CloseEvent | undefined): AppError {
  const message = ended?.wasClean
    ? `${origin} closed the connection: ${ended.reason || `code ${ended.code}`}`
    : `The connection to ${origin} was lost`;
  return new AppError("failed", message);
}

/** Timeout of the request for the reason of a refusal, ms. */
const PATIENCE_MS = 5000;

/** Returns the reason of a refused upgrade; a WebSocket does not expose it, so the same path is requested by HTTP. */
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
    const code = answer.status === 400 ? "usage" : "failed";
    return new AppError(code, typeof detail === "string" ? detail : `${origin} opens no such socket`);
  } catch (cause) {
    return new AppError("unavailable", `Cannot connect to ${origin}: ${reason(cause)}`, { cause });
  }
}

/** Returns the subprotocols, including the token, which would end up in logs as part of a query. */
export function socketProtocols(token: string | undefined): string[] {
  const bytes = new TextEncoder().encode(token ?? "");
  return token === undefined ? [SUBPROTOCOL] : [SUBPROTOCOL, `token.${encodeBase64Url(bytes)}`];
}
