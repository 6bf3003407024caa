/** The socket of one command: its frames, and flow control in both directions. */
import { socketProtocols } from "../../connect.ts";
import type { TerminalStart } from "../../protocol/terminal/frames.ts";

/** The end of a command. */
export interface CommandEnd {
  /** `null` when it is unknown. */
  readonly exit: number | null;
  /** The server's reason of a failure. */
  readonly error: string | undefined;
}

/** Input that the server has not acknowledged, bytes. */
const WINDOW_BYTES = 512 * 1024;
/** Size of a frame of input, bytes. */
const FRAME_BYTES = 64 * 1024;

/** The socket of one command. */
export class ExecSocket implements Disposable {
  readonly #socket: WebSocket;
  readonly #ended = Promise.withResolvers<CommandEnd | undefined>();
  readonly #ready = Promise.withResolvers<void>();
  #writing: Promise<void> = Promise.resolve();
  #error: string | undefined;
  #exit: number | null | undefined;
  #sent = 0;
  #accepted = 0;
  #shown = 0;
  #wake = () => {};

  /** @param show Writes output, and resolves once it is written. */
  constructor(
    url: URL,
    token: string | undefined,
    start: TerminalStart,
    readonly show: (bytes: Uint8Array) => Promise<void>,
  ) {
    const socket = this.#socket = new WebSocket(url, socketProtocols(token));
    socket.binaryType = "arraybuffer";
    let isGreeted = false;
    socket.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data !== "string") return this.#output(new Uint8Array(data));
      if (isGreeted) return this.#take(JSON.parse(data));
      isGreeted = true;
      socket.send(JSON.stringify({ ...start, flow: true }));
      this.#ready.resolve();
    });
    socket.addEventListener("close", () => {
      this.#ready.resolve();
      this.#wake();
      this.#writing.then(() => this.#ended.resolve(this.#end));
    });
  }

  /** The end of the command, after all output is written; `undefined` when the connection was lost. */
  get ended(): Promise<CommandEnd | undefined> {
    return this.#ended.promise;
  }

  /** Sends input as fast as the command reads it. */
  async send(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#ready.promise;
    for (let at = 0; at < bytes.length && this.#isOpen; at += FRAME_BYTES) {
      const frame = bytes.subarray(at, at + FRAME_BYTES);
      this.#socket.send(frame);
      this.#sent += frame.length;
      while (this.#sent - this.#accepted > WINDOW_BYTES && this.#isOpen) {
        await new Promise<void>((resolve) => this.#wake = resolve);
      }
    }
  }

  /** Sends a size, or the end of the input. */
  async control(
    frame: { readonly resize: readonly [number, number] } | { readonly eof: true },
  ): Promise<void> {
    await this.#ready.promise;
    if (this.#isOpen) this.#socket.send(JSON.stringify(frame));
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  get #end(): CommandEnd | undefined {
    if (this.#exit === undefined && this.#error === undefined) return undefined;
    return { exit: this.#exit ?? null, error: this.#error };
  }

  /** Writes in order. A reader that closes its pipe ends the command, as it ends other programs. */
  #output(bytes: Uint8Array): void {
    this.#writing = this.#writing.then(() => this.show(bytes)).then(() => {
      this.#shown += bytes.length;
      if (this.#isOpen) this.#socket.send(JSON.stringify({ ack: this.#shown }));
    }).catch(() => {
      this.#exit ??= 0;
      this.#socket.close();
    });
  }

  #take({ ack, exit, error }: { ack?: number; exit?: number | null; error?: string }): void {
    if (ack !== undefined) this.#accepted = ack;
    if (exit !== undefined) this.#exit = exit;
    if (error !== undefined) this.#error = error;
    this.#wake();
  }
}
