/** Transport of a browser: the server that served the page, with the session of this browser. */
import type { NewSession } from "../../../../../server/protocol/session.ts";
import {
  type ByteChannel,
  type ByteListener,
  type Channel,
  type ChannelListener,
  isProblem,
  type Question,
  Refusal,
  type Transport,
  Unreachable,
} from "./transport.ts";
import { openByteSocket } from "./byte_socket.ts";
import type { Session } from "../session.ts";
import { openWebSocket } from "./web_socket.ts";

/** Connects to the server that served this page. */
export class BrowserTransport implements Transport {
  readonly kind = "browser";

  /** @param base Base URL with a slash at its end, such as `http://127.0.0.1:9876/` or `https://example.org/dockstat/`. */
  constructor(readonly base: string, readonly session: Session) {}

  /**
   * Exchanges the token for a session.
   *
   * @throws {Refusal} for a wrong token.
   */
  async signIn(token: string): Promise<void> {
    const { session } = await this.ask<NewSession>("/sessions", { method: "POST", body: { token } });
    this.session.start(session);
  }

  /** Ends the session, here and on the server. */
  async signOut(): Promise<void> {
    try {
      await this.ask("/sessions/current", { method: "DELETE" });
    } finally {
      this.session.end();
    }
  }

  async ask<T>(path: string, question: Question = {}): Promise<T> {
    const answer = await this.#send(path, question);
    return await answer.json().catch(() => undefined) as T;
  }

  async read(path: string, signal?: AbortSignal): Promise<Uint8Array> {
    const answer = await this.#send(path, signal === undefined ? {} : { signal });
    return new Uint8Array(await reach(this.base, () => answer.arrayBuffer()));
  }

  async #send(path: string, question: Question): Promise<Response> {
    const { method = "GET", signal } = question;
    const sent = this.session.headers();
    const { type, body } = contentsOf(question);
    const headers = { ...sent, ...type === undefined ? {} : { "content-type": type } };
    const answer = await reach(
      this.base,
      () =>
        fetch(this.#urlOf(path), {
          method,
          headers,
          body,
          signal: signal ?? null,
          // The server learns the page's path, which decides what a sign-out clears.
          referrerPolicy: "same-origin",
        }),
    );
    if (answer.ok) return answer;
    const value: unknown = await answer.json().catch(() => undefined);
    if (answer.status === 401 && "authorization" in sent && this.session.secret.value !== undefined) {
      // The session has ended. What needs none is requested again without it.
      this.session.end();
      return await this.#send(path, question);
    }
    throw isProblem(value) ? new Refusal(value) : new Unreachable(`${this.base} answered ${answer.status}`);
  }

  open(path: string, listener: ChannelListener): Channel {
    return openWebSocket(this.#socketUrlOf(path), this.session.protocols(), listener);
  }

  openBytes(path: string, listener: ByteListener): ByteChannel {
    return openByteSocket(this.#socketUrlOf(path), this.session.protocols(), listener);
  }

  #socketUrlOf(path: string): string {
    const url = this.#urlOf(path);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return url.href;
  }

  /** Returns the address of a path. It is relative to the page, since a proxy may serve the page under a path. */
  #urlOf(path: string): URL {
    return new URL(`.${path}`, this.base);
  }

  describe(): Readonly<Record<string, string>> {
    return { "transport": "browser", "server": addressOf(this.base) };
  }
}

/** Returns the contents of a request with their type. */
function contentsOf({ body, bytes }: Question): { readonly type?: string; readonly body: BodyInit | null } {
  if (bytes !== undefined) return { type: "application/octet-stream", body: bytes as BodyInit };
  return body === undefined ? { body: null } : { type: "application/json", body: JSON.stringify(body) };
}

/** Returns the address of a server for messages, without a query and fragment. */
function addressOf(base: string): string {
  const { origin, pathname } = new URL(base);
  return origin + pathname.replace(/\/$/, "");
}

async function reach<T>(base: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Unreachable(`Cannot reach DockStat at ${addressOf(base)}`, { cause });
  }
}
