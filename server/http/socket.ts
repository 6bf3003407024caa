/** One WebSocket: its signal, a send that minds the reader, and its close codes. */
import { protocolsOf, SUBPROTOCOL } from "../access/credentials.ts";
import { pause } from "../duration.ts";
import { AppError } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { Limits } from "../config/limits.ts";
import { GREETING } from "../protocol/greeting.ts";

/** How often a full buffer is looked at again, ms: the runtime does not tell when it drains. */
const RECHECK_MS = 50;

/** Close codes that DockStat uses. */
export const CLOSE = { goingAway: 1001, policy: 1008, failed: 1011, tooSlow: 1013 } as const;

const log = getLogger(["dockstat", "socket"]);

/** A client's socket as a route sees it. */
export interface Client {
  /** Aborts when the socket closes, fails, or the server stops. */
  readonly signal: AbortSignal;
  /** Sends a frame whether there is room or not. */
  send(frame: string): void;
  /** Whether the reader keeps up: what waits for it is below the limit. */
  hasRoom(): boolean;
  /** Resolves when there is room again, or when the signal aborts: a reader that takes nothing is closed with 1013. */
  room(): Promise<void>;
  close(code: number, reason: string): void;
}

/** All open sockets of a server, so that stopping it can close them. */
export class Sockets {
  readonly #open = new Set<ServerClient>();
  readonly #perPeer = new Map<string, number>();
  #tooSlow = 0;

  constructor(readonly limits: Limits) {}

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** How many were sent away since the start because they read too slowly. */
  get tooSlow(): number {
    return this.#tooSlow;
  }

  /**
   * Makes the request a socket, greets, and serves it until it closes.
   *
   * @param until Closes it with 1008: what had opened it holds no longer.
   * @throws {AppError} "malformed" when the request is no proper WebSocket handshake, "too-many" when there is no room.
   */
  upgrade(
    request: Request,
    peer: string,
    serve: (client: Client) => Promise<void>,
    until?: AbortSignal,
  ): Response {
    checkHandshake(request);
    this.#checkRoom(peer);
    const { socket, response } = upgradeWebSocket(request, { idleTimeout: this.limits.idleSeconds });
    // Set by hand: Deno finds a protocol only in a list that has a space after each comma.
    if (protocolsOf(request.headers).includes(SUBPROTOCOL)) {
      response.headers.set("sec-websocket-protocol", SUBPROTOCOL);
    }
    const client = new ServerClient(socket, this.limits, () => this.#tooSlow++);
    this.#enter(client, peer);
    const expire = () => client.close(CLOSE.policy, "the ticket has expired: ask for a new one");
    until?.addEventListener("abort", expire, { once: true, signal: client.signal });
    socket.addEventListener("open", () => {
      client.send(JSON.stringify(GREETING));
      serve(client).catch((error) => {
        log.error("A socket was closed for a reason that was not foreseen: {error}", { error });
        client.close(CLOSE.failed, "something failed inside DockStat");
      });
    });
    return response;
  }

  #checkRoom(peer: string): void {
    const { sockets, socketsPerPeer } = this.limits;
    const own = this.#perPeer.get(peer) ?? 0;
    if (this.#open.size < sockets && own < socketsPerPeer) return;
    const [open, most, whose] = own < socketsPerPeer
      ? [this.#open.size, sockets, ""]
      : [own, socketsPerPeer, ` of ${peer}`];
    throw new AppError(
      "too-many",
      `Cannot open another socket: ${open}${whose} are open, ${most} are allowed`,
      {
        headers: { "retry-after": "10" },
      },
    );
  }

  #enter(client: ServerClient, peer: string): void {
    this.#open.add(client);
    this.#perPeer.set(peer, (this.#perPeer.get(peer) ?? 0) + 1);
    // Counted until the connection is gone, not only until it was asked to go.
    client.onGone(() => {
      this.#open.delete(client);
      const left = (this.#perPeer.get(peer) ?? 1) - 1;
      if (left > 0) this.#perPeer.set(peer, left);
      else this.#perPeer.delete(peer);
    });
  }

  /** Closes all with 1001. */
  closeAll(): void {
    for (const client of [...this.#open]) client.close(CLOSE.goingAway, "server going away");
  }
}

/** Whether a request asks to become a WebSocket. */
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

  constructor(socket: WebSocket, limits: Limits, readonly onTooSlow: () => void) {
    this.#socket = socket;
    this.#limits = limits;
    socket.addEventListener("close", () => this.#gone.abort());
    socket.addEventListener("error", () => this.#gone.abort());
    socket.addEventListener("message", ({ data }) => {
      const bytes = typeof data === "string" ? data.length : data.byteLength ?? data.size;
      if (bytes > limits.frameBytes) this.close(CLOSE.policy, `a frame may have ${limits.frameBytes} bytes`);
    });
  }

  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  onGone(then: () => void): void {
    this.#socket.addEventListener("close", then, { once: true });
  }

  send(frame: string): void {
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
