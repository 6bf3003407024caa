/** A socket that reconnects with backoff and publishes its state. */
import type { About } from "../../../../server/protocol/about.ts";
import { Observable } from "./observable.ts";
import { type Channel, type ChannelEnd, Refusal, type Transport } from "./transport/transport.ts";

/** State of a live socket. Times are epoch ms; `lastFrameAt` is `null` before the first frame. */
export type LiveState =
  | { readonly phase: "connecting"; readonly lastFrameAt: number | null }
  | { readonly phase: "open"; readonly lastFrameAt: number | null }
  | {
    readonly phase: "waiting";
    readonly lastFrameAt: number | null;
    readonly nextTryAt: number;
    readonly why: string;
  }
  /** The server refused the connection, so retries would fail as well. */
  | { readonly phase: "refused"; readonly lastFrameAt: number | null; readonly why: string };

/** Options for {@linkcode LiveSocket}. */
export interface LiveOptions {
  /** Returns path and query; called at each connect, because `since` changes. */
  readonly path: () => string;
  /** Called with each frame. */
  readonly onFrame: (text: string) => void;
  /** Called after each connect, since known state may be outdated then. */
  readonly onOpen?: () => void;
  /**
   * Returns the reason for a refusal when a socket did not open; `undefined` when the connection was merely lost.
   * Default: {@linkcode refusalOf}.
   */
  readonly refusal?: (transport: Transport) => Promise<string | undefined>;
  /** Jitter between 0 and 1; default `Math.random`. */
  readonly random?: () => number;
}

/** First and longest retry delay, ms. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Close code of an expired ticket; a new ticket is requested without delay. */
const TICKET_EXPIRED = 1008;
/** Tickets that expire sooner than this, ms, are renewed with backoff. */
const RENEW_MS = 5000;

/** One socket that stays connected until it is disposed. */
export class LiveSocket {
  /** Current state. */
  readonly state = new Observable<LiveState>({ phase: "connecting", lastFrameAt: null });
  /** Last closures, newest first; for diagnostics. */
  readonly ends: ChannelEnd[] = [];
  #channel: Channel | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #renewedAt = 0;
  #lastFrameAt: number | null = null;
  #disposed = false;

  constructor(readonly transport: Transport, readonly options: LiveOptions) {
    this.#connect();
  }

  /** Connects immediately instead of after the delay. */
  readonly retry = (): void => {
    const { phase } = this.state.value;
    if (phase !== "waiting" && phase !== "refused") return;
    clearTimeout(this.#timer);
    this.#connect();
  };

  [Symbol.dispose](): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#channel?.close();
  }

  #connect(): void {
    this.state.set({ phase: "connecting", lastFrameAt: this.#lastFrameAt });
    let opened = false;
    this.#channel = this.transport.open(this.options.path(), {
      opened: () => {
        opened = true;
        this.#failures = 0;
        this.state.set({ phase: "open", lastFrameAt: this.#lastFrameAt });
        this.options.onOpen?.();
      },
      frame: (text) => {
        this.#lastFrameAt = Date.now();
        this.options.onFrame(text);
      },
      closed: (end) => this.#closed(end, opened),
    });
  }

  async #closed(end: ChannelEnd, opened: boolean): Promise<void> {
    this.ends.unshift(end);
    this.ends.length = Math.min(this.ends.length, 5);
    if (this.#disposed) return;
    if (opened && end.code === TICKET_EXPIRED && Date.now() - this.#renewedAt > RENEW_MS) {
      this.#renewedAt = Date.now();
      return this.#connect();
    }
    // Browsers report a refused upgrade like a broken connection, so an HTTP request finds the reason.
    const refusal = opened ? undefined : await (this.options.refusal ?? refusalOf)(this.transport);
    if (this.#disposed) return;
    if (refusal !== undefined) {
      return this.state.set({ phase: "refused", lastFrameAt: this.#lastFrameAt, why: refusal });
    }
    this.#retryLater(end.reason || "connection lost");
  }

  /** Retries after a jittered delay, so that clients of one server do not reconnect together. */
  #retryLater(why: string): void {
    const longest = Math.min(FIRST_WAIT_MS * 2 ** this.#failures++, LONGEST_WAIT_MS);
    const wait = longest * (0.5 + (this.options.random ?? Math.random)() / 2);
    this.state.set({ phase: "waiting", lastFrameAt: this.#lastFrameAt, nextTryAt: Date.now() + wait, why });
    this.#timer = setTimeout(() => this.#connect(), wait);
  }
}

/** Returns why the server refuses this client; `undefined` when it does not, or does not answer. */
export async function refusalOf(transport: Transport): Promise<string | undefined> {
  try {
    const { access } = await transport.ask<About>("/about");
    return access === "none" ? "Sign in to see this." : undefined;
  } catch (error) {
    return error instanceof Refusal && error.problem.status < 500 ? error.message : undefined;
  }
}
