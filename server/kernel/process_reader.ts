/** Reads the kernel's files through a separate process, for a server that the runtime refuses them. */
import type { CpuTime, MachineReading } from "../docker/engine.ts";
import { reason } from "../errors.ts";
import { countOf, fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import type { KernelReader, KernelReading, KernelRequest } from "./kernel_reader.ts";

/** Longest answer, characters; 10,000 containers need less. */
const LONGEST_ANSWER = 16 * 1024 * 1024;

/** Options for {@linkcode ProcessReader}. */
export interface ProcessReaderOptions {
  /** Command that starts the process, and its arguments. */
  readonly command: readonly string[];
  /** Timeout of one request, ms. */
  readonly answerMs: number;
  /** Time before a process that has failed is started again, ms. */
  readonly retryMs: number;
}

/** A reader that starts its process with the first request and ends it when it is released. */
export class ProcessReader implements KernelReader {
  readonly #options: ProcessReaderOptions;
  #process: ReaderProcess | undefined;
  #forgotten: string[] = [];
  #failedAt = -Infinity;
  #failure = "";
  /** Requests are answered in their order. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ProcessReaderOptions) {
    this.#options = options;
  }

  read(request: KernelRequest): Promise<readonly KernelReading[]> {
    const reading = this.#last.then(() => this.#read(request));
    this.#last = reading;
    return reading;
  }

  machine(): Promise<MachineReading | undefined> {
    const reading = this.#last.then(() => this.#readMachine());
    this.#last = reading;
    return reading;
  }

  forget(ids: readonly string[]): void {
    if (this.#process !== undefined) this.#forgotten.push(...ids);
  }

  async release(): Promise<void> {
    await this.#last;
    await this.#end();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }

  async #read(request: KernelRequest): Promise<readonly KernelReading[]> {
    const { targets } = request;
    const readings = await this.#ask({ ...request, forget: this.#forgotten }, (answer) => {
      const found = itemsOf(answer).map(readingOf);
      if (found.length !== targets.length) throw new Error("the answer has another number of readings");
      return found;
    });
    return readings ?? withReason(targets, this.#failure);
  }

  async #readMachine(): Promise<MachineReading | undefined> {
    return await this.#ask({ machine: true, forget: this.#forgotten }, machineOf);
  }

  /** Sends a request; `undefined` when the process has failed. */
  async #ask<T>(request: object, read: (answer: unknown) => T): Promise<T | undefined> {
    if (performance.now() - this.#failedAt < this.#options.retryMs) return undefined;
    try {
      this.#process ??= new ReaderProcess(this.#options.command);
      this.#forgotten = [];
      return read(JSON.parse(await this.#process.ask(JSON.stringify(request), this.#options.answerMs)));
    } catch (error) {
      this.#failure = `the reader process failed: ${reason(error)}`;
      this.#failedAt = performance.now();
      await this.#end();
      return undefined;
    }
  }

  async #end(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    this.#forgotten = [];
    await process?.[Symbol.asyncDispose]();
  }
}

/** One running process. */
class ReaderProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #output: ReadableStreamDefaultReader<string>;
  readonly #encoder = new TextEncoder();
  #rest = "";

  constructor([program = "", ...args]: readonly string[]) {
    // Nothing from the environment, such as the token, reaches the process.
    const options = { args, stdin: "piped", stdout: "piped", stderr: "null", clearEnv: true } as const;
    this.#child = new Deno.Command(program, options).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#output = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  /**
   * Sends one request and returns the answer.
   *
   * @throws {Error} when the process ends or does not answer in time.
   */
  async ask(request: string, patienceMs: number): Promise<string> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(new Error(`no answer within ${patienceMs / 1000} s`)),
      patienceMs,
    );
    try {
      return await Promise.race([this.#exchange(request), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The process may have ended.
    await this.#input.close().catch(() => {});
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError) && !(error instanceof Deno.errors.NotFound)) throw error;
    }
    await this.#output.cancel().catch(() => {});
    await this.#child.status;
  }

  async #exchange(request: string): Promise<string> {
    await this.#input.write(this.#encoder.encode(request + "\n"));
    while (!this.#rest.includes("\n")) {
      const { done, value } = await this.#output.read();
      if (done) throw new Error("it has ended");
      this.#rest += value;
      if (this.#rest.length > LONGEST_ANSWER) throw new Error("its answer is too long");
    }
    const end = this.#rest.indexOf("\n");
    const answer = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + 1);
    return answer;
  }
}

function readingOf(value: unknown): KernelReading {
  const { raw, atMs, reason } = fieldsOf(value);
  if (raw === undefined) return { reason: textOf(reason) ?? "unknown" };
  return { raw: fieldsOf(raw), atMs: countOf(atMs) ?? 0 };
}

function machineOf(value: unknown): MachineReading {
  const machine = fieldsOf(value);
  const number = (key: string) => countOf(machine[key]) ?? null;
  const [one, five, fifteen] = itemsOf(machine["load"]).map(countOf);
  const hasLoad = one !== undefined && five !== undefined && fifteen !== undefined;
  return {
    atMs: number("atMs") ?? Date.now(),
    cpu: cpuOf(machine["cpu"]) ?? null,
    memoryBytes: number("memoryBytes"),
    memoryTotalBytes: number("memoryTotalBytes"),
    load: hasLoad ? [one, five, fifteen] : null,
    networkRxBytes: number("networkRxBytes"),
    networkTxBytes: number("networkTxBytes"),
  };
}

function cpuOf(value: unknown): CpuTime | undefined {
  const { busy, total, cpus } = fieldsOf(value);
  const [one, other, number] = [countOf(busy), countOf(total), countOf(cpus)];
  if (one === undefined || other === undefined || number === undefined) return undefined;
  return { busy: one, total: other, cpus: number };
}

function withReason(targets: readonly unknown[], reason: string): KernelReading[] {
  return targets.map(() => ({ reason }));
}
