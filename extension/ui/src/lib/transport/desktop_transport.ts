/**
 * The way of Docker Desktop: HTTP through Desktop's service, sockets on a loopback port with a ticket, and where no
 * port can be reached the output of a command in the container.
 */
import { openBridge } from "./bridge.ts";
import type { DesktopClient } from "./desktop.ts";
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

/** The answer of `POST /session`. */
interface Session {
  /** Such as `ws://127.0.0.1:49731`; `null` when no port is published. */
  readonly wsBase: string | null;
  readonly ticket: string;
  readonly expiresAt: string;
}

/** So many sockets that do not open, one after the other, mean that the port cannot be reached from here. */
const BLOCKED_AFTER = 2;
const FAILED: number = 1006;

/** Reaches the server of the extension. */
export class DesktopTransport implements Transport {
  readonly kind = "desktop";
  #wsBase: string | null | undefined;
  #unopened = 0;

  constructor(
    readonly client: DesktopClient,
    readonly page: { readonly origin: string; readonly protocol: string },
  ) {}

  async ask<T>(path: string, { method = "GET", body, signal }: Question = {}): Promise<T> {
    const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const answer = await this.#request({ url: path, method, headers, data: body });
    signal?.throwIfAborted();
    if (isProblem(answer)) throw new Refusal(answer);
    return answer as T;
  }

  open(path: string, listener: ChannelListener): Channel {
    let closed = false;
    let channel: Channel | undefined;
    this.#connect(path, listener).then((opened) => {
      channel = opened;
      if (closed) opened.close();
    }, (error) => {
      if (!closed) {
        listener.closed({ code: FAILED, reason: error instanceof Error ? error.message : String(error) });
      }
    });
    return {
      close() {
        closed = true;
        channel?.close();
      },
    };
  }

  describe(): Readonly<Record<string, string>> {
    const base = this.#wsBase === undefined ? "not asked yet" : this.#wsBase ?? "no port is published";
    return {
      "way": this.#blocked ? "Docker Desktop, by command" : "Docker Desktop",
      "sockets": base,
      "page origin": this.page.origin,
      "page protocol": this.page.protocol,
      "ddClient": Object.keys(this.client).join(", "),
      "vm": Object.keys(this.client.extension.vm ?? {}).join(", "),
    };
  }

  get #blocked(): boolean {
    return this.#wsBase === null || this.#unopened >= BLOCKED_AFTER;
  }

  /** The port may be another after each restart: it is asked for at each connect. */
  async #connect(path: string, listener: ChannelListener): Promise<Channel> {
    const { wsBase, ticket } = await this.ask<Session>("/session", { method: "POST", body: this.page });
    if (wsBase !== this.#wsBase) this.#unopened = 0;
    this.#wsBase = wsBase;
    if (wsBase === null || this.#blocked) return openBridge(this.client, path, listener);
    return openWebSocket(`${wsBase}${path}`, ["dockstat.v1", `ticket.${ticket}`], this.#counting(listener));
  }

  /** Counts the sockets that did not open. */
  #counting(listener: ChannelListener): ChannelListener {
    let opened = false;
    return {
      opened: () => {
        opened = true;
        this.#unopened = 0;
        listener.opened();
      },
      frame: (text) => listener.frame(text),
      closed: (end) => {
        if (!opened) this.#unopened++;
        listener.closed(end);
      },
    };
  }

  async #request(
    config: { url: string; method: string; headers: Record<string, string>; data: unknown },
  ): Promise<unknown> {
    const service = this.client.extension.vm?.service;
    if (service === undefined) {
      throw new Unreachable("Docker Desktop gives no way to the extension's service");
    }
    try {
      return bodyOf(await service.request(config));
    } catch (error) {
      throw toRefusal(error);
    }
  }
}

/** Newer versions of Desktop answer with status and headers around the body, older ones with the body alone. */
function bodyOf(answer: unknown): unknown {
  const { headers, status, data } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  const wrapped = headers !== undefined && typeof status === "number" && data !== undefined;
  return parsed(wrapped ? data : answer);
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    // A text that is no JSON is the answer itself.
    return value;
  }
}

/** Desktop's error carries the refusal's body somewhere in its message, or only its status. */
function toRefusal(error: unknown): Error {
  const { message, statusCode } = (error ?? {}) as {
    readonly message?: unknown;
    readonly statusCode?: unknown;
  };
  const text = typeof message === "string" ? message : String(error);
  const body = parsed(text.slice(Math.max(text.indexOf("{"), 0)));
  if (isProblem(body)) return new Refusal(body);
  if (typeof statusCode === "number" && statusCode >= 400) {
    return new Refusal({ type: "about:blank", title: "Refused", status: statusCode, detail: text });
  }
  return new Unreachable(`DockStat's service does not answer: ${text}`, { cause: error });
}
