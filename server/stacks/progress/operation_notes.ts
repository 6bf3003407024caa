/** Warnings and output of an operation, both bounded. */
import type { Journal, PrintedLine } from "../../store/journal.ts";
import type { Redact } from "../../compose/env_values.ts";
import type { WriteRetry } from "./write_retry.ts";

/** Limit of warnings. */
const MAX_WARNINGS = 100;
/** Limit of kept lines of output; the newest stay. */
const MAX_LINES = 500;
/** Limit of kept lines of one step of a build, so that the others stay. */
const MAX_STEP_LINES = 200;
/** Limit of one warning or line, characters. */
const MAX_LENGTH = 2000;
/** Shortest distance between two writes of the output, ms. */
const WRITE_MS = 1000;

/** The notes of one operation. */
export class OperationNotes {
  readonly #warnings = new Set<string>();
  readonly #output: PrintedLine[] = [];
  /** Number of kept lines of each step. */
  readonly #counts = new Map<string, number>();
  #writtenAt = -Infinity;
  #isWritten = true;

  /** @param hide Cuts secrets out of each line. */
  constructor(
    readonly operationId: number,
    readonly journal: Journal,
    readonly writes: WriteRetry,
    readonly hide: Redact,
  ) {}

  /** Keeps a warning; returns it without secrets, or `undefined` if it is known already. */
  warn(text: string): string | undefined {
    const warning = this.hide(text).slice(0, MAX_LENGTH);
    if (this.#warnings.has(warning) || this.#warnings.size >= MAX_WARNINGS) return undefined;
    this.#warnings.add(warning);
    this.#write();
    return warning;
  }

  /**
   * Keeps a line of output.
   *
   * @param step The step of a build that printed it.
   */
  print(text: string, step?: string): void {
    const line = this.hide(text).slice(0, MAX_LENGTH);
    if (step === undefined) this.#output.push(line);
    else this.#printStep(this.hide(step).slice(0, MAX_LENGTH), line);
    if (this.#output.length > MAX_LINES) this.#drop(0);
    this.#isWritten = false;
    if (performance.now() - this.#writtenAt >= WRITE_MS) this.#write();
  }

  #printStep(step: string, line: string): void {
    const count = this.#counts.get(step) ?? 0;
    this.#output.push([step, line]);
    this.#counts.set(step, count + 1);
    if (count >= MAX_STEP_LINES) this.#drop(this.#output.findIndex((one) => stepOf(one) === step));
  }

  #drop(index: number): void {
    const [dropped] = this.#output.splice(index, 1);
    const step = dropped && stepOf(dropped);
    if (step === undefined) return;
    const count = (this.#counts.get(step) ?? 1) - 1;
    if (count === 0) this.#counts.delete(step);
    else this.#counts.set(step, count);
  }

  /** Writes the lines that were not written yet. */
  flush(): void {
    if (!this.#isWritten) this.#write();
  }

  #write(): void {
    this.#isWritten = true;
    this.#writtenAt = performance.now();
    const [warnings, output] = [[...this.#warnings], [...this.#output]];
    this.writes.write(() => this.journal.setNotes(this.operationId, warnings, output));
  }
}

function stepOf(line: PrintedLine): string | undefined {
  return typeof line === "string" ? undefined : line[0];
}
