/**
 * Transport of Docker Desktop: HTTP through Desktop's service, and sockets on a loopback port with a ticket. Where no
 * port is reachable, the output of a command in the container replaces the sockets.
 */
import type { Session } from "../../../../../server/protocol/session.ts";
import { openBridge } from "./bridge.ts";
import type { DesktopClient } from "./desktop.ts";
import {
  type Channel,
  type ChannelListener,
  isProblem,
  type Question,
  reasonOf,
  Refusal,
  type Transport,
  Unreachable,
} from "./transport.ts";
import { openWebSocket } from "./web_socket.ts";

/** Number of consecutive failed sockets after which the port counts as unreachable. */
const BLOCKED_AFTER = 2;
/** Close code of a connection that failed. */
const FAILED: number = 1006;

/** Connects to the extension's server. */
export class DesktopTransport implements Transport {
  readonly kind = "desktop";
  #wsBase: string | null | undefined;
  #unopened = 0;

  constructor(
    readonly client: DesktopClient,
    readonly page: { readonly origin: string; readonly protocol: string },
  ) {}

  async ask<T>(path: string, { method = "GET", body, bytes, signal }: Question = {}): Promise<T> {
    const type = bytes !== undefined ? "application/octet-stream" : "application/json";
    const headers: Record<string, string> = (bytes ?? body) === undefined ? {} : { "content-type": type };
    const data = bytes === undefined ? body : textOf(bytes);
    const answer = parsed(await this.#request({ url: path, method, headers, data }));
    signal?.throwIfAborted();
    if (isProblem(answer)) throw new Refusal(answer);
    return answer as T;
  }

  async read(path: string, signal?: AbortSignal): Promise<Uint8Array> {
    const answer = await this.#request({ url: path, method: "GET", headers: {}, data: undefined });
    signal?.throwIfAborted();
    if (isProblem(answer)) throw new Refusal(answer);
    // Desktop parses JSON, whose bytes are then not known.
    if (typeof answer !== "string") {
      throw new Unreachable("Docker Desktop cannot load this file. Use a browser");
    }
    return new TextEncoder().encode(answer);
  }

  open(path: string, listener: ChannelListener): Channel {
    let closed = false;
    let channel: Channel | undefined;
    this.#connect(path, listener).then((opened) => {
      channel = opened;
      if (closed) opened.close();
    }, (error) => {
      if (!closed) listener.closed({ code: FAILED, reason: reasonOf(error) });
    });
    return {
      close() {
        closed = true;
        channel?.close();
      },
    };
  }

  describe(): Readonly<Record<string, string>> {
    const base = this.#wsBase === undefined ? "not requested yet" : this.#wsBase ?? "no published port";
    return {
      "transport": this.#blocked ? "Docker Desktop, with commands" : "Docker Desktop",
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

  /** Requests a session at each connect, because the port changes when the container restarts. */
  async #connect(path: string, listener: ChannelListener): Promise<Channel> {
    const { wsBase, ticket } = await this.ask<Session>("/session", { method: "POST", body: this.page });
    if (wsBase !== this.#wsBase) this.#unopened = 0;
    this.#wsBase = wsBase;
    if (wsBase === null || this.#blocked) return openBridge(this.client, path, listener);
    return openWebSocket(`${wsBase}${path}`, ["dockstat.v1", `ticket.${ticket}`], this.#counting(listener));
  }

  /** Counts consecutive sockets that did not open. */
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
      throw new Unreachable("Cannot reach DockStat because Docker Desktop offers no extension service");
    }
    try {
      return bodyOf(await service.request(config));
    } catch (error) {
      throw toRefusal(error);
    }
  }
}

/** Returns the body; newer versions of Desktop wrap it with status and headers, older ones do not. */
function bodyOf(answer: unknown): unknown {
  const { headers, status, data } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  const wrapped = headers !== undefined && typeof status === "number" && data !== undefined;
  return wrapped ? data : answer;
}

/** Returns a file's text: Desktop sends no other bytes. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new Error("Docker Desktop can store text files only. Use a browser for others", { cause });
  }
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    // Plain text is the answer itself.
    return value;
  }
}

/** Converts Desktop's error, whose message contains the refusal's body or only its status. */
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
  return new Unreachable(`Cannot reach DockStat's service: ${text}`, { cause: error });
}
