/** WebSockets: their signal, sending with back-pressure, and close codes. */
import { protocolsOf, SUBPROTOCOL } from "../access/credentials.ts";
import { pause } from "../duration.ts";
import { AppError } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { Limits } from "../config/limits.ts";
import { GREETING } from "../protocol/greeting.ts";
import { SocketQuotas } from "./socket_quotas.ts";

/** Poll interval of a full send buffer, ms; the runtime has no drain event. */
const RECHECK_MS = 50;

/** Close codes that DockStat uses. */
export const CLOSE = { done: 1000, goingAway: 1001, policy: 1008, failed: 1011, tooSlow: 1013 } as const;

const log = getLogger(["dockstat", "socket"]);

/** A client's socket as routes see it. */
export interface Client {
  /** Aborts when the socket closes, fails, or the server stops. */
  readonly signal: AbortSignal;
  /** Sends a frame, whether or not there is room. */
  send(frame: string | Uint8Array<ArrayBuffer>): void;
  /** Calls a function with each frame of the client; only one function at a time receives them. */
  receive(take: (frame: string | Uint8Array<ArrayBuffer>) => void): void;
  /** Reports whether the amount buffered for the reader is below the limit. */
  hasRoom(): boolean;
  /** Resolves when there is room or the signal aborts; a reader that takes nothing is closed with 1013. */
  room(): Promise<void>;
  close(code: number, reason: string): void;
}

/** The client that opens a socket. */
export interface SocketOwner {
  readonly peer: string;
  /** True for a client that has shown the token, or needs none. */
  readonly trusted: boolean;
  /** Closes the socket with 1008 when it aborts, because the credential has ended. */
  readonly until?: AbortSignal | undefined;
  /** Size of the largest frame that the client may send, bytes; that of the limits unless set. */
  readonly frameBytes?: number | undefined;
}

/** All open sockets of a server, so that shutdown can close them. */
export class Sockets {
  readonly #open = new Set<ServerClient>();
  readonly #quotas: SocketQuotas;
  #tooSlow = 0;

  constructor(readonly limits: Limits) {
    this.#quotas = new SocketQuotas(limits);
  }

  /** Number of open sockets. */
  get size(): number {
    return this.#open.size;
  }

  /** Number of sockets closed because they read too slowly. */
  get tooSlow(): number {
    return this.#tooSlow;
  }

  /**
   * Upgrades the request, greets the client, and serves the socket until it closes.
   *
   * @throws {AppError} "malformed" for an invalid handshake, "too-many" when the limit is reached.
   */
  upgrade(
    request: Request,
    owner: SocketOwner,
    serve: (client: Client) => Promise<void>,
  ): Response {
    checkHandshake(request);
    const leave = this.#quotas.enter(owner.peer, owner.trusted);
    try {
      return this.#upgrade(request, owner, serve, leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  #upgrade(
    request: Request,
    { until, frameBytes = this.limits.frameBytes }: SocketOwner,
    serve: (client: Client) => Promise<void>,
    leave: () => void,
  ): Response {
    const { socket, response } = upgradeWebSocket(request, { idleTimeout: this.limits.idleSeconds });
    // Set explicitly: Deno finds a subprotocol only in a list with a space after each comma.
    if (protocolsOf(request.headers).includes(SUBPROTOCOL)) {
      response.headers.set("sec-websocket-protocol", SUBPROTOCOL);
    }
    const client = new ServerClient(socket, { ...this.limits, frameBytes }, () => this.#tooSlow++);
    this.#open.add(client);
    // Counted until the connection is gone, not only until its closing handshake begins.
    client.onGone(() => {
      this.#open.delete(client);
      leave();
    });
    const expire = () =>
      client.close(CLOSE.policy, "access has ended: sign in again, or request a new ticket");
    until?.addEventListener("abort", expire, { once: true, signal: client.signal });
    socket.addEventListener("open", () => {
      client.send(JSON.stringify(GREETING));
      serve(client).catch((error) => {
        log.error("A socket was closed by an unexpected error: {error}", { error });
        client.close(CLOSE.failed, "internal error");
      });
    });
    return response;
  }

  /** Closes all sockets with 1001. */
  closeAll(): void {
    for (const client of [...this.#open]) client.close(CLOSE.goingAway, "server going away");
  }
}

/** Reports whether a request asks for a WebSocket. */
export function wantsSocket(request: Request): boolean {
  return request.headers.get("upgrade")?.toLowerCase() === "websocket";
}

function upgradeWebSocket(request: Request, options: Deno.UpgradeWebSocketOptions): Deno.WebSocketUpgrade {
  try {
    return Deno.upgradeWebSocket(request, options);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new AppError("malformed", `Cannot open a WebSocket: ${cause.message}`, { cause });
  }
}

function checkHandshake({ headers }: Request): void {
  const key = headers.get("sec-websocket-key") ?? "";
  if (!/^[A-Za-z0-9+/]{22}==$/.test(key)) {
    throw new AppError("malformed", "Cannot open a WebSocket: Sec-WebSocket-Key must be 16 bytes in base64");
  }
  if (headers.get("sec-websocket-version") !== "13") {
    throw new AppError("malformed", "Cannot open a WebSocket: Sec-WebSocket-Version must be 13", {
      headers: { "sec-websocket-version": "13" },
    });
  }
}

class ServerClient implements Client {
  readonly #socket: WebSocket;
  readonly #limits: Limits;
  readonly #gone = new AbortController();
  #take: (frame: string | Uint8Array<ArrayBuffer>) => void = () => {};

  constructor(socket: WebSocket, limits: Limits, readonly onTooSlow: () => void) {
    this.#socket = socket;
    this.#limits = limits;
    socket.addEventListener("close", () => this.#gone.abort());
    socket.addEventListener("error", () => this.#gone.abort());
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
      const bytes = typeof data === "string" ? data.length : data.byteLength;
      if (bytes > limits.frameBytes) {
        this.close(CLOSE.policy, `a frame may have ${limits.frameBytes} bytes at most`);
      } else if (!this.signal.aborted) this.#take(typeof data === "string" ? data : new Uint8Array(data));
    });
  }

  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  onGone(then: () => void): void {
    this.#socket.addEventListener("close", then, { once: true });
  }

  receive(take: (frame: string | Uint8Array<ArrayBuffer>) => void): void {
    this.#take = take;
  }

  send(frame: string | Uint8Array<ArrayBuffer>): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  hasRoom(): boolean {
    return this.#socket.bufferedAmount < this.#limits.bufferBytes;
  }

  async room(): Promise<void> {
    let waits = this.#socket.bufferedAmount;
    let since = performance.now();
    while (!this.hasRoom() && !this.signal.aborted) {
      await pause(RECHECK_MS, this.signal);
      if (this.#socket.bufferedAmount < waits) since = performance.now();
      waits = this.#socket.bufferedAmount;
      if (performance.now() - since > this.#limits.patienceSeconds * 1000) {
        this.close(CLOSE.tooSlow, "reads too slowly");
      }
    }
  }

  close(code: number, reason: string): void {
    if (code === CLOSE.tooSlow && !this.signal.aborted) this.onTooSlow();
    if (this.#socket.readyState <= WebSocket.OPEN) this.#socket.close(code, reason);
    this.#gone.abort();
  }
}
