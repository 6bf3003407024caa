/** A socket that comes back: it is opened again after each loss, later each time, and says how it stands. */
import type { About } from "../../../../server/protocol/about.ts";
import { Observable } from "./observable.ts";
import { type Channel, type ChannelEnd, Refusal, type Transport } from "./transport/transport.ts";

/** How a live socket stands. Times are epoch ms; `lastFrameAt` is `null` until a first frame has come. */
export type LiveState =
  | { readonly phase: "connecting"; readonly lastFrameAt: number | null }
  | { readonly phase: "open"; readonly lastFrameAt: number | null }
  | {
    readonly phase: "waiting";
    readonly lastFrameAt: number | null;
    readonly nextTryAt: number;
    readonly why: string;
  }
  /** The server will not have us: trying again would not help. */
  | { readonly phase: "refused"; readonly lastFrameAt: number | null; readonly why: string };

/** What a live socket needs. */
export interface LiveOptions {
  /** The path and its options, asked for at each connect: `since` grows. */
  readonly path: () => string;
  /** Called with each frame. */
  readonly onFrame: (text: string) => void;
  /** Called at each greeting: what was known before may be old. */
  readonly onOpen?: () => void;
  /**
   * Asked when the socket has not opened: why the server will not have us, `undefined` when it is only a loss.
   * What the server says to `/about` unless it is given.
   */
  readonly refusal?: (transport: Transport) => Promise<string | undefined>;
  /** Between 0 and 1; tests set it. */
  readonly random?: () => number;
}

/** The first and the longest wait between two tries, ms. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** The ticket has run out: a new one is there for the asking, and nothing is wrong. */
const POLICY = 1008;
/** A ticket that lives shorter than this, ms, is renewed as slowly as a lost connection. */
const RENEW_MS = 5000;

/** One socket, kept open until it is disposed. */
export class LiveSocket {
  readonly state = new Observable<LiveState>({ phase: "connecting", lastFrameAt: null });
  /** The newest ends first; for reports of faults. */
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

  /** Tries now instead of later. */
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
    if (opened && end.code === POLICY && Date.now() - this.#renewedAt > RENEW_MS) {
      this.#renewedAt = Date.now();
      return this.#connect();
    }
    // A refused upgrade looks like a broken connection: a question over HTTP tells which it is.
    const refusal = opened ? undefined : await (this.options.refusal ?? refusalOf)(this.transport);
    if (this.#disposed) return;
    if (refusal !== undefined) {
      return this.state.set({ phase: "refused", lastFrameAt: this.#lastFrameAt, why: refusal });
    }
    this.#wait(end.reason || "the connection was lost");
  }

  /** Everybody who has lost the same server comes back at a different moment. */
  #wait(why: string): void {
    const longest = Math.min(FIRST_WAIT_MS * 2 ** this.#failures++, LONGEST_WAIT_MS);
    const wait = longest * (0.5 + (this.options.random ?? Math.random)() / 2);
    this.state.set({ phase: "waiting", lastFrameAt: this.#lastFrameAt, nextTryAt: Date.now() + wait, why });
    this.#timer = setTimeout(() => this.#connect(), wait);
  }
}

/** What the server says against us when it is asked about itself; `undefined` when it does not, or does not answer. */
export async function refusalOf(transport: Transport): Promise<string | undefined> {
  try {
    const { access } = await transport.ask<About>("/about");
    return access === "none" ? "Sign in to see this." : undefined;
  } catch (error) {
    return error instanceof Refusal && error.problem.status < 500 ? error.message : undefined;
  }
}
