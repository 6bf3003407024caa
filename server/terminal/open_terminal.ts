/** One open terminal: the bytes between a client and a command, from its start to its end. */
import { pause, untilAborted } from "../duration.ts";
import type { EngineStream } from "../docker/engine.ts";
import { AppError } from "../errors.ts";
import type { Client } from "../http/socket.ts";
import type { TerminalStart } from "../protocol/terminal/frames.ts";
import { fieldsOf } from "../untrusted_json.ts";
import type { TerminalBounds } from "./bounds.ts";
import { type EndedTerminal, endProcesses, MARK } from "./ending.ts";
import { Exec, type ExecState } from "./exec.ts";
import { type Attempt, type Failure, stopped, toFailure } from "./failures.ts";
import { Window } from "./flow.ts";
import { Multiplexed } from "./multiplexed.ts";
import type { Receiver } from "./receiver.ts";

/** Parts of a terminal. */
export interface TerminalParts extends Pick<EndedTerminal, "engine" | "host"> {
  readonly hostId: string;
  readonly container: { readonly id: string; readonly name: string };
  readonly client: Client;
  readonly receiver: Receiver;
  readonly start: TerminalStart;
  readonly bounds: TerminalBounds;
}

/** The end of a terminal. */
export interface TerminalEnd {
  /** `null` when it is unknown. */
  readonly exitCode: number | null;
  /** Reason when the command could not start, or did not end as a command does. */
  readonly failure: Failure | undefined;
  /** Reason why the command may still run; `undefined` once it has ended. */
  readonly leftover: string | undefined;
}

/** Starts bash where it exists, and otherwise sh: one command, so nothing runs only to find a shell. */
const SHELL = ["sh", "-c", "command -v bash >/dev/null 2>&1 && exec bash; exec sh"];
/** Longest text of a runtime that could not start a command, in bytes. */
const LONGEST_TEXT = 4096;
/** Exit code of a process that was killed, as every process of a container that stops. */
const KILLED = 137;
/** Time for the end of a container to be reported, ms. */
const STOPPING_MS = 500;
/** Longest wait for an answer about the end of a command, ms. */
const PATIENCE_MS = 3000;

/** A terminal that runs once. */
export class OpenTerminal {
  /** Bytes that the command received. */
  bytesIn = 0;
  /** Bytes that the client received. */
  bytesOut = 0;
  readonly #parts: TerminalParts;
  readonly #signal: AbortSignal;
  readonly #window: Window;

  /** @param signal Ends the terminal. */
  constructor(parts: TerminalParts, signal: AbortSignal) {
    const { start: { flow = false }, bounds } = parts;
    this.#parts = parts;
    this.#signal = signal;
    this.#window = new Window(flow ? bounds.windowBytes : Infinity, signal);
    parts.receiver.window = this.#window;
  }

  /** Runs the command until it ends, or until the signal aborts and its processes are ended; never rejects. */
  async run(): Promise<TerminalEnd> {
    const mark = crypto.randomUUID();
    try {
      return await this.#runMarked(await this.#create(mark), mark);
    } catch (error) {
      // Nothing was started.
      return { exitCode: null, failure: this.#failure(error), leftover: undefined };
    }
  }

  async #create(mark: string): Promise<Exec> {
    const { engine, container, start: { cmd, tty = true } } = this.#parts;
    return await Exec.create(engine, container.id, {
      cmd: cmd.length === 0 ? SHELL : cmd,
      user: this.#attempt.user,
      tty,
      env: [`${MARK}=${mark}`, ...tty ? ["TERM=xterm-256color"] : []],
      ...tty ? { size: this.#parts.receiver.size } : {},
    }, this.#within(this.#parts.bounds.startMs));
  }

  async #runMarked(exec: Exec, mark: string): Promise<TerminalEnd> {
    const { engine, container, bounds, host } = this.#parts;
    using open = new Held();
    let failure: Failure | undefined;
    let stream: EngineStream | undefined;
    try {
      stream = await untilAborted(exec.start(open.signal), this.#within(bounds.startMs));
      await this.#connect(exec, stream);
    } catch (error) {
      failure = this.#failure(error);
    }
    const state = await lastState(exec, bounds, this.#signal).catch(() => undefined);
    if (state?.running === false) return await this.#ended(state, failure);
    const write = async (bytes: Uint8Array) => await stream?.write(bytes).catch(() => {});
    const leftover = await endProcesses(
      { engine, containerId: container.id, exec, mark, host, write },
      bounds,
    );
    return { exitCode: null, failure: failure ?? this.#lost(), leftover };
  }

  async #ended({ exitCode }: ExecState, failure: Failure | undefined): Promise<TerminalEnd> {
    const hasStopped = failure === undefined && exitCode === KILLED && await this.#containerStops();
    return { exitCode, failure: hasStopped ? stopped(this.#attempt) : failure, leftover: undefined };
  }

  async #connect(exec: Exec, stream: EngineStream): Promise<void> {
    const started = await this.#started(exec);
    if (!started) throw new AppError("engine-refused", await textOf(stream, this.#signal));
    if (exec.command.tty) this.#followSize(exec);
    // A failed write means that the connection is lost, which ends the output as well.
    this.#sendInput(stream).catch(() => {});
    try {
      await this.#sendOutput(stream, exec.command.tty);
    } finally {
      this.#parts.receiver.input.end();
    }
  }

  /** Passes sizes on, one after the other, since answers of the engine could overtake each other. */
  #followSize(exec: Exec): void {
    const { receiver } = this.#parts;
    let resizing = Promise.resolve();
    receiver.onResize = () => {
      // A command that has just ended has no size.
      resizing = resizing.then(() => exec.resize(receiver.size, this.#signal)).catch(() => {});
    };
    receiver.onResize();
  }

  /** Waits until the process exists; returns false if it could not be started. */
  async #started(exec: Exec): Promise<boolean> {
    const { bounds: { startMs, pollMs } } = this.#parts;
    const signal = this.#within(startMs);
    for (;;) {
      signal.throwIfAborted();
      const { started, exitCode } = await exec.state(signal);
      if (started || exitCode !== null) return started;
      await pause(pollMs, signal);
    }
  }

  async #sendInput(stream: EngineStream): Promise<void> {
    const { client, receiver: { input }, start: { flow = false, tty = true } } = this.#parts;
    for await (const bytes of input.read()) {
      await stream.write(bytes);
      this.bytesIn += bytes.length;
      if (flow) client.send(JSON.stringify({ ack: this.bytesIn }));
    }
    if (!tty && !this.#signal.aborted) await stream.endInput();
  }

  async #sendOutput(stream: EngineStream, tty: boolean): Promise<void> {
    const multiplexed = new Multiplexed();
    const chunks = stream.output[Symbol.asyncIterator]();
    for (;;) {
      const { value, done } = await untilAborted(chunks.next(), this.#signal);
      if (done) return;
      for (const frame of tty ? [value as Uint8Array<ArrayBuffer>] : multiplexed.frames(value)) {
        await this.#send(frame, tty ? frame.length : frame.length - 1);
      }
    }
  }

  async #send(frame: Uint8Array<ArrayBuffer>, bytes: number): Promise<void> {
    const { client } = this.#parts;
    await this.#window.room();
    await client.room();
    this.#signal.throwIfAborted();
    client.send(frame);
    this.bytesOut += bytes;
    this.#window.send(bytes);
  }

  get #attempt(): Attempt {
    const { hostId, container: { name }, start: { cmd, user } } = this.#parts;
    return { hostId, name, cmd, user: user || undefined };
  }

  /** Returns the failure of an error; `undefined` when the terminal was ended from outside. */
  #failure(error: unknown): Failure | undefined {
    return this.#signal.aborted ? undefined : toFailure(error, this.#attempt);
  }

  #lost(): Failure | undefined {
    return this.#failure(new AppError("engine-unreachable", "it closed the connection of this terminal"));
  }

  #within(ms: number): AbortSignal {
    return AbortSignal.any([this.#signal, AbortSignal.timeout(ms)]);
  }

  /** Waits a moment for the end of the container, which an engine reports after its processes have ended. */
  async #containerStops(): Promise<boolean> {
    for (const until = performance.now() + STOPPING_MS; performance.now() < until;) {
      if (!await this.#containerRuns()) return true;
      await pause(this.#parts.bounds.pollMs, this.#signal);
    }
    return false;
  }

  async #containerRuns(): Promise<boolean> {
    const { engine, container: { id } } = this.#parts;
    const path = `/containers/${id}/json`;
    const inspection = engine.call({ method: "GET", path }, AbortSignal.timeout(PATIENCE_MS));
    return await inspection.then(
      (found) => fieldsOf(fieldsOf(found)["State"])["Running"] === true,
      () => false,
    );
  }
}

/** A signal that aborts at the end of its scope. */
class Held implements Disposable {
  readonly #end = new AbortController();
  readonly signal = this.#end.signal;

  [Symbol.dispose](): void {
    this.#end.abort();
  }
}

/** Reads the state after the end of the output, which can come before the engine knows of the exit. */
async function lastState(exec: Exec, { pollMs }: TerminalBounds, ended: AbortSignal): Promise<ExecState> {
  const until = performance.now() + 1000;
  for (;;) {
    const state = await exec.state(AbortSignal.timeout(PATIENCE_MS));
    if (!state.running || ended.aborted || performance.now() > until) return state;
    await pause(pollMs, ended);
  }
}

/** Reads the text that a runtime printed instead of starting a command. */
async function textOf({ output }: EngineStream, signal: AbortSignal): Promise<string> {
  let text = "";
  const chunks = output[Symbol.asyncIterator]();
  while (text.length < LONGEST_TEXT) {
    const { value, done } = await untilAborted(chunks.next(), signal);
    if (done) break;
    text += new TextDecoder().decode(value);
  }
  return text;
}
