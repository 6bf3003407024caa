/** The way of a browser: the server that the page came from, with the cookie that its link has set. */
import {
  type Channel,
  type ChannelListener,
  isProblem,
  type Question,
  Refusal,
  type Transport,
  Unreachable,
} from "./transport.ts";
import { openWebSocket } from "./web_socket.ts";

/** Reaches the server that serves this page. */
export class BrowserTransport implements Transport {
  readonly kind = "browser";

  /** @param base Such as `http://127.0.0.1:9876/`. */
  constructor(readonly base: string) {}

  async ask<T>(path: string, { method = "GET", body, signal }: Question = {}): Promise<T> {
    const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const text = body === undefined ? null : JSON.stringify(body);
    const answer = await reach(
      this.base,
      () => fetch(new URL(path, this.base), { method, headers, body: text, signal: signal ?? null }),
    );
    const value: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return value as T;
    throw isProblem(value) ? new Refusal(value) : new Unreachable(`${this.base} answered ${answer.status}`);
  }

  open(path: string, listener: ChannelListener): Channel {
    const url = new URL(path, this.base);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return openWebSocket(url.href, ["dockstat.v1"], listener);
  }

  describe(): Readonly<Record<string, string>> {
    return { "way": "browser", "server": new URL(this.base).origin };
  }
}

async function reach(base: string, request: () => Promise<Response>): Promise<Response> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Unreachable(`DockStat does not answer at ${new URL(base).origin}`, { cause });
  }
}
