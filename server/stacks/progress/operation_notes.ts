/** Warnings and output of an operation, both bounded. */
import type { Journal } from "../../store/journal.ts";
import type { Redact } from "../../compose/env_values.ts";
import type { WriteRetry } from "./write_retry.ts";

/** Limit of warnings. */
const MAX_WARNINGS = 100;
/** Limit of kept lines of output; the newest stay. */
const MAX_LINES = 500;
/** Limit of one warning or line, characters. */
const MAX_LENGTH = 2000;
/** Shortest distance between two writes of the output, ms. */
const WRITE_MS = 1000;

/** The notes of one operation. */
export class OperationNotes {
  readonly #warnings = new Set<string>();
  readonly #output: string[] = [];
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

  /** Keeps a line of output. */
  print(text: string): void {
    this.#output.push(this.hide(text).slice(0, MAX_LENGTH));
    if (this.#output.length > MAX_LINES) this.#output.shift();
    this.#isWritten = false;
    if (performance.now() - this.#writtenAt >= WRITE_MS) this.#write();
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
