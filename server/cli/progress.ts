import type { StackAction, StepProgress } from "../protocol/stack_events.ts";
import { byteText } from "../byte_text.ts";
import { printable } from "../log/format.ts";
import { print, printError, terminalSize } from "./terminal.ts";

/** A message of an operation and the step that it is about. */
export interface ProgressMessage
  extends Pick<StepProgress, "resource" | "state">, Partial<Pick<StepProgress, "current" | "total">> {
  readonly message: string;
}

/** Output for the progress of an operation. Disposing it leaves the last state on the screen. */
export interface Progress extends Disposable {
  /** Shows a step. */
  report(action: StackAction, step: ProgressMessage): void;
  /** Shows a line that a step of a build printed. */
  output(step: string, line: string): void;
  /** Shows a message that is not part of the operation. */
  note(text: string): void;
}

/** Opens rows on a terminal, lines otherwise. */
export function openProgress(): Progress {
  if (Deno.stdout.isTerminal()) return new RowProgress(print, terminalSize);
  return {
    report: (action, step) => print(`${action}  ${textOf(step)}\n`),
    output: (step, line) => print(`building  ${outputText(step, line)}\n`),
    note: (text) => printError(`${text}\n`),
    [Symbol.dispose]() {},
  };
}

/** Interval at which running times are updated, ms. */
const TICK_MS = 200;
const CLEAR_LINE = "\x1b[2K";
const CLEAR_BELOW = "\x1b[J";
const UP = (lines: number) => lines === 0 ? "" : `\x1b[${lines}A`;

interface Row {
  text: string;
  readonly since: number;
  /** `undefined` while the step is running. */
  until: number | undefined;
}

/** One row per resource, with its newest message and its duration. */
export class RowProgress implements Progress {
  readonly #rows = new Map<string, Row>();
  readonly #timer: ReturnType<typeof setInterval>;
  #drawn = 0;

  constructor(
    readonly write: (text: string) => void,
    readonly size: () => { readonly columns: number; readonly rows: number },
    readonly now: () => number = () => performance.now(),
  ) {
    this.#timer = setInterval(() => this.#draw(), TICK_MS);
  }

  report(action: StackAction, step: ProgressMessage): void {
    const key = JSON.stringify([action, step.resource ?? step.message]);
    const since = this.#rows.get(key)?.since ?? this.now();
    const until = step.state === "working" && step.resource !== null ? undefined : this.now();
    this.#rows.set(key, { text: textOf(step), since, until });
    this.#draw();
  }

  output(step: string, line: string): void {
    this.note(outputText(step, line).slice(0, this.size().columns));
  }

  note(text: string): void {
    this.write(`${UP(this.#drawn)}\r${CLEAR_BELOW}${text}\n`);
    this.#drawn = 0;
    this.#draw();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    for (const row of this.#rows.values()) row.until ??= this.now();
    this.#draw();
  }

  #draw(): void {
    const { columns, rows } = this.size();
    const all = [...this.#rows.values()].map((row) => this.#line(row).slice(0, columns));
    // Rows above the top of the terminal cannot be redrawn.
    const room = Math.max(1, rows - 1);
    const hidden = all.length - room;
    const lines = hidden > 0 ? [`… ${hidden + 1} more above`, ...all.slice(hidden + 1)] : all;
    const text = lines.map((line) => `${CLEAR_LINE}${line}\n`).join("");
    this.write(UP(this.#drawn) + "\r" + text + CLEAR_BELOW);
    this.#drawn = lines.length;
  }

  #line({ text, since, until }: Row): string {
    const seconds = ((until ?? this.now()) - since) / 1000;
    return seconds < 0.05 && until !== undefined ? text : `${text}  ${seconds.toFixed(1)}s`;
  }
}

function outputText(step: string, line: string): string {
  return `${printable(step)} | ${printable(line)}`;
}

function textOf({ message, resource, state, current = null, total = null }: ProgressMessage): string {
  const isMoving = state === "working" && current !== null && total !== null;
  const text = `${printable(message)}${isMoving ? ` (${byteText(current)} of ${byteText(total)})` : ""}`;
  return state === "warning" && resource === null ? `Warning: ${text}` : text;
}
