/** Transport of a browser: the server that served the page, with the session of this browser. */
import type { NewSession } from "../../../../../server/protocol/session.ts";
import {
  type Channel,
  type ChannelListener,
  isProblem,
  type Question,
  Refusal,
  type Transport,
  Unreachable,
} from "./transport.ts";
import type { Session } from "../session.ts";
import { openWebSocket } from "./web_socket.ts";

/** Connects to the server that served this page. */
export class BrowserTransport implements Transport {
  readonly kind = "browser";

  /** @param base Base URL, such as `http://127.0.0.1:9876/`. */
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
    const { method = "GET", body, signal } = question;
    const sent = this.session.headers();
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const headers = { ...sent, ...type };
    const text = body === undefined ? null : JSON.stringify(body);
    const answer = await reach(
      this.base,
      () => fetch(new URL(path, this.base), { method, headers, body: text, signal: signal ?? null }),
    );
    const value: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return value as T;
    if (answer.status === 401 && "authorization" in sent && this.session.secret.value !== undefined) {
      // The session has ended. What needs none is requested again without it.
      this.session.end();
      return await this.ask<T>(path, question);
    }
    throw isProblem(value) ? new Refusal(value) : new Unreachable(`${this.base} answered ${answer.status}`);
  }

  open(path: string, listener: ChannelListener): Channel {
    const url = new URL(path, this.base);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return openWebSocket(url.href, this.session.protocols(), listener);
  }

  describe(): Readonly<Record<string, string>> {
    return { "transport": "browser", "server": new URL(this.base).origin };
  }
}

async function reach(base: string, request: () => Promise<Response>): Promise<Response> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Unreachable(`Cannot reach DockStat at ${new URL(base).origin}`, { cause });
  }
}
