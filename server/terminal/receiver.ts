/** The frames of a terminal's client. */
import * as v from "valibot";
import { type Client, CLOSE } from "../http/socket.ts";
import { START_LIMITS, TerminalControl, TerminalStart } from "../protocol/terminal/frames.ts";
import type { Size } from "./exec.ts";
import type { TerminalBounds } from "./bounds.ts";
import { Input, type Window } from "./flow.ts";

const EXPECTED = 'the first frame must be a JSON text such as {"cmd": ["sh"], "user": null}';
const CONTROL =
  'expected {"resize": [cols, rows]} with whole numbers from 1 to 500, {"ack": bytes} or {"eof": true}';
/** Longest text frame; a command of 256 texts fits many times over. */
const LONGEST_TEXT = START_LIMITS.wordLength * 8;

/** Reads the frames of one client. A frame that is not valid closes its socket with 1008. */
export class Receiver {
  /** Input for the command; it may come before the command runs. */
  readonly input: Input;
  /** Takes the acknowledgements of output. */
  window: Window | undefined;
  /** Called when the client has changed {@linkcode size}. */
  onResize: () => void = () => {};
  readonly #start = Promise.withResolvers<TerminalStart | undefined>();
  #size: Size;
  #isStarted = false;

  constructor(
    readonly client: Client,
    readonly hostId: string,
    size: Size,
    { inputBytes, openingMs }: Pick<TerminalBounds, "inputBytes" | "openingMs">,
  ) {
    this.#size = size;
    this.input = new Input(inputBytes, client.signal);
    client.receive((frame) => this.#take(frame));
    const timer = setTimeout(() => this.#refuse(EXPECTED), openingMs);
    const end = () => this.#start.resolve(undefined);
    this.#start.promise.then(() => clearTimeout(timer));
    if (client.signal.aborted) end();
    else client.signal.addEventListener("abort", end, { once: true });
  }

  /** Current size of the terminal. */
  get size(): Size {
    return this.#size;
  }

  /** The first frame; `undefined` when the client is gone or sent another one. */
  get start(): Promise<TerminalStart | undefined> {
    return this.#start.promise;
  }

  #take(frame: string | Uint8Array<ArrayBuffer>): void {
    if (typeof frame !== "string") this.#bytes(frame);
    else if (frame.length > LONGEST_TEXT) this.#refuse("a text frame is too long");
    else if (this.#isStarted) this.#control(parsed(frame));
    else this.#open(parsed(frame));
  }

  #open(value: unknown): void {
    const start = v.safeParse(TerminalStart, value);
    if (!start.success) {
      const [issue] = start.issues;
      const path = v.getDotPath(issue);
      return this.#refuse(path === null ? EXPECTED : `${EXPECTED}: ${path}: expected ${issue.message}`);
    }
    this.#isStarted = true;
    this.#start.resolve(start.output);
  }

  #bytes(bytes: Uint8Array): void {
    if (!this.#isStarted) this.#refuse(EXPECTED);
    else if (!this.input.add(bytes)) {
      this.#refuse("input arrives faster than the command reads it");
    }
  }

  #control(value: unknown): void {
    const control = v.safeParse(TerminalControl, value);
    if (!control.success) return this.#refuse(CONTROL);
    const { output } = control;
    if ("ack" in output) return this.window?.acknowledge(output.ack);
    if ("eof" in output) return this.input.end();
    this.#size = output.resize;
    this.onResize();
  }

  #refuse(message: string): void {
    const error = `Cannot use this terminal: ${message}`;
    this.client.send(JSON.stringify({ hostId: this.hostId, error, kind: "refused" }));
    this.client.close(CLOSE.policy, "a frame is not valid");
    this.#start.resolve(undefined);
  }
}

/** Returns `undefined` for text that is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
