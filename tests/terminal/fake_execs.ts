/** A fake of the engine's exec calls: one process per exec, controlled by a test. */
import type { EngineCall, EngineStream } from "../../server/docker/engine.ts";
import { AppError } from "../../server/errors.ts";
import type { FakeEngine } from "../fakes/engine.ts";

/** Body of a request that creates an exec. */
interface ExecBody {
  readonly Cmd: readonly string[];
  readonly User?: string;
  readonly Tty: boolean;
  readonly Env: readonly string[];
}

/** A fake process with its terminal. */
export class FakeProcess {
  /** Text that it has received. */
  received = "";
  /** True from its start to its end. */
  running = false;
  /** True once it has a process id. */
  started = false;
  /** `null` before its end. */
  exitCode: number | null = null;
  /** True once the end of the input has arrived. */
  inputEnded = false;
  /** Sizes of its terminal, such as "80x24". */
  readonly sizes: string[] = [];
  /** Called with each piece of input. */
  onInput: (text: string) => void | Promise<void> = () => {};
  /** Called at the end of the input. */
  onInputEnd: () => void = () => {};
  readonly #output: Uint8Array[] = [];
  #wake = () => {};
  #closed = false;

  constructor(readonly body: ExecBody) {}

  /** Sends output to the client. */
  print(bytes: string | Uint8Array): void {
    this.#output.push(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
    this.#wake();
  }

  /** Ends the process. */
  exit(code: number): void {
    this.running = false;
    this.exitCode = code;
    this.#closed = true;
    this.#wake();
  }

  /** Loses the connection; the process continues. */
  disconnect(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Opens the stream of the process. */
  stream(signal: AbortSignal): EngineStream {
    signal.addEventListener("abort", () => this.disconnect());
    return {
      output: this.#read(),
      write: async (bytes) => {
        const text = byteText(bytes);
        this.received += text;
        await this.onInput(text);
      },
      endInput: () => {
        this.inputEnded = true;
        this.onInputEnd();
        return Promise.resolve();
      },
      [Symbol.dispose]: () => this.disconnect(),
    };
  }

  async *#read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = this.#output.shift();
      if (next !== undefined) yield next;
      else if (this.#closed) return;
      else await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }
}

/** The exec calls of a fake engine. */
export class FakeExecs {
  /** Every process, without those that end others. */
  readonly processes: FakeProcess[] = [];
  /** Signals and users of the commands that end processes. */
  readonly kills: string[] = [];
  /** Starts a process; a test prints and exits here. */
  onStart: (process: FakeProcess) => void = () => {};
  /** Answers a command that ends processes, with the signal's name; `undefined` prints nothing, like a missing shell. */
  onKill: (signal: string) => number | undefined = () => {
    const running = this.processes.filter(({ running }) => running);
    for (const process of running) process.exit(137);
    return running.length;
  };
  /** Refuses the creation of every exec with this message. */
  refusal: string | undefined;
  /** Keys of the container's inspection. */
  inspection: Readonly<Record<string, unknown>> = {
    State: { Running: true },
    Image: `sha256:${"a".repeat(64)}`,
  };
  readonly #all = new Map<string, FakeProcess>();

  constructor(engine: FakeEngine) {
    engine.onCall = (call) => this.#call(call);
    engine.onAttach = ({ path }, signal) => this.#start(idIn(path), signal);
  }

  #call({ method, path, body }: EngineCall): unknown {
    if (/^\/containers\/\w+\/exec$/.test(path) && method === "POST") return this.#create(body as ExecBody);
    if (/^\/containers\/\w+\/json$/.test(path)) return this.inspection;
    const process = this.#all.get(idIn(path));
    if (process === undefined) return [];
    const size = /resize\?h=(\d+)&w=(\d+)/.exec(path);
    if (size !== null) return void process.sizes.push(`${size[2]}x${size[1]}`);
    return { Running: process.running, Pid: process.started ? 7 : 0, ExitCode: process.exitCode };
  }

  #create(body: ExecBody): unknown {
    if (this.refusal !== undefined) throw new AppError("engine-refused", this.refusal);
    const id = String(this.#all.size + 1).padStart(64, "0");
    const process = new FakeProcess(body);
    this.#all.set(id, process);
    return { Id: id };
  }

  #start(id: string, signal: AbortSignal): EngineStream {
    const process = this.#all.get(id)!;
    const [, , , , mark, name] = process.body.Cmd;
    if (mark?.startsWith("DOCKSTAT_TERMINAL=")) this.#kill(process, name!);
    else {
      process.running = process.started = true;
      this.processes.push(process);
      this.onStart(process);
    }
    return process.stream(signal);
  }

  #kill(process: FakeProcess, signal: string): void {
    this.kills.push(`${signal} ${process.body.User ?? "image"}`);
    const count = this.onKill(signal);
    if (count !== undefined) process.print(`ended ${count}\n`);
    process.exit(count === undefined ? 127 : 0);
  }
}

function idIn(path: string): string {
  return /^\/exec\/(\d+)\//.exec(path)?.[1] ?? "";
}

/** Returns bytes as a text with one character per byte. */
export function byteText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
