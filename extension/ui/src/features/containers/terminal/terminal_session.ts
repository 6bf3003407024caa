/** One session of a terminal: its socket, its flow control, and how it ended. */
import type {
  TerminalFailureKind,
  TerminalStart,
} from "../../../../../../server/protocol/terminal/frames.ts";
import { Observable } from "../../../lib/observable.ts";
import type { ByteChannel, ByteListener } from "../../../lib/transport/transport.ts";
import { TERMINAL_LABELS } from "./labels.ts";

/** Columns and rows. */
export type Size = readonly [cols: number, rows: number];

/** State of a session. */
export type SessionState =
  | { readonly phase: "opening" | "open" }
  /** It ended; `kind` is the kind of a failure. */
  | { readonly phase: "ended"; readonly reason: string; readonly kind: TerminalFailureKind | undefined };

/** Opens the socket of a terminal. */
export type OpenSocket = (size: Size, listener: ByteListener) => ByteChannel;

/** Size of a frame of input, bytes; a long paste is sent in several. */
const FRAME_BYTES = 16 * 1024;
/** Input that the server has not acknowledged, bytes. */
const WINDOW_BYTES = 256 * 1024;
/** Output after which an acknowledgement is sent, bytes. */
const ACK_BYTES = 64 * 1024;
/** Close code of a session that has ended. */
const POLICY = 1008;

/** A session of a terminal. */
export class TerminalSession implements Disposable {
  /** Current state. */
  readonly state = new Observable<SessionState>({ phase: "opening" });
  readonly #channel: ByteChannel;
  readonly #queue: Uint8Array<ArrayBuffer>[] = [];
  #sent = 0;
  #accepted = 0;
  #shown = 0;
  #reported = 0;
  #failure: { readonly error: string; readonly kind: TerminalFailureKind } | undefined;
  #exit: number | null | undefined;

  /** @param write Shows output and calls the function once it is shown. */
  constructor(
    open: OpenSocket,
    start: Pick<TerminalStart, "cmd" | "user">,
    size: Size,
    readonly write: (bytes: Uint8Array, shown: () => void) => void,
  ) {
    this.#channel = open(size, {
      opened: () => {
        this.#channel.send(JSON.stringify({ ...start, flow: true }));
        this.state.set({ phase: "open" });
      },
      text: (frame) => this.#take(JSON.parse(frame)),
      bytes: (bytes) => this.write(bytes, () => this.#acknowledge(bytes.length)),
      closed: ({ code, reason }) => this.#end(code, reason),
    });
  }

  /** Sends input; a long text goes out as fast as the command reads it. */
  send(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.state.value.phase === "ended") return;
    for (let at = 0; at < bytes.length; at += FRAME_BYTES) {
      this.#queue.push(bytes.subarray(at, at + FRAME_BYTES));
    }
    this.#flush();
  }

  /** Sends the size of the terminal. */
  resize(size: Size): void {
    if (this.state.value.phase === "open") this.#channel.send(JSON.stringify({ resize: size }));
  }

  /** Ends the session. */
  [Symbol.dispose](): void {
    this.#channel.close();
    if (this.state.value.phase !== "ended") {
      this.state.set({ phase: "ended", reason: TERMINAL_LABELS.ended(null), kind: undefined });
    }
  }

  #flush(): void {
    while (this.#queue.length > 0 && this.#sent - this.#accepted < WINDOW_BYTES) {
      const frame = this.#queue.shift()!;
      this.#sent += frame.length;
      this.#channel.send(frame);
    }
  }

  #take(frame: { ack?: number; exit?: number | null; error?: string; kind?: TerminalFailureKind }): void {
    const { ack, exit, error, kind } = frame;
    if (ack !== undefined) {
      this.#accepted = ack;
      this.#flush();
    }
    if (exit !== undefined) this.#exit = exit;
    if (error !== undefined) this.#failure = { error, kind: kind ?? "refused" };
  }

  #acknowledge(bytes: number): void {
    this.#shown += bytes;
    if (this.#shown - this.#reported < ACK_BYTES) return;
    this.#reported = this.#shown;
    this.#channel.send(JSON.stringify({ ack: this.#shown }));
  }

  #end(code: number, reason: string): void {
    this.#queue.length = 0;
    this.state.set({ phase: "ended", reason: this.#reasonOf(code, reason), kind: this.#failure?.kind });
  }

  #reasonOf(code: number, reason: string): string {
    if (this.#failure !== undefined) return this.#failure.error;
    if (this.#exit !== undefined) return TERMINAL_LABELS.ended(this.#exit);
    if (code === POLICY) return TERMINAL_LABELS.signedOut;
    return reason === "" ? TERMINAL_LABELS.lost : TERMINAL_LABELS.lostBecause(reason);
  }
}
