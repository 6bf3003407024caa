import type { StackAction } from "../../protocol/stack_events.ts";
import { printable } from "../../log/format.ts";
import { print, printError, terminalSize } from "../terminal.ts";

/** Where the words about an operation go. Disposing it leaves the last state standing. */
export interface Progress extends Disposable {
  /** Something has happened, such as "Creating network web_default". */
  tell(action: StackAction, message: string): void;
  /** Something that is not of the operation itself. */
  note(text: string): void;
}

/** Rows for a terminal, lines for anything else. */
export function openProgress(): Progress {
  if (Deno.stdout.isTerminal()) return new RowProgress(print, terminalSize);
  return {
    tell: (action, message) => print(`${action}  ${printable(message)}\n`),
    note: (text) => printError(`${text}\n`),
    [Symbol.dispose]() {},
  };
}

/** How often the times are counted up, ms. */
const TICK_MS = 200;
const CLEAR_LINE = "\x1b[2K";
const CLEAR_BELOW = "\x1b[J";
const UP = (lines: number) => lines === 0 ? "" : `\x1b[${lines}A`;

interface Row {
  message: string;
  readonly since: number;
  /** `undefined` while it goes on. */
  until: number | undefined;
}

/** One row per resource, each with its newest message and its time. */
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

  tell(action: StackAction, message: string): void {
    const key = `${action} ${resourceOf(message)}`;
    const since = this.#rows.get(key)?.since ?? this.now();
    this.#rows.set(key, {
      message: printable(message),
      since,
      until: isUnderWay(message) ? undefined : this.now(),
    });
    this.#draw();
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
    // What has scrolled out of the terminal cannot be redrawn.
    const room = Math.max(1, rows - 1);
    const hidden = all.length - room;
    const lines = hidden > 0 ? [`… ${hidden + 1} more above`, ...all.slice(hidden + 1)] : all;
    const text = lines.map((line) => `${CLEAR_LINE}${line}\n`).join("");
    this.write(UP(this.#drawn) + "\r" + text + CLEAR_BELOW);
    this.#drawn = lines.length;
  }

  #line({ message, since, until }: Row): string {
    const seconds = ((until ?? this.now()) - since) / 1000;
    return seconds < 0.05 && until !== undefined ? message : `${message}  ${seconds.toFixed(1)}s`;
  }
}

/** What a message is about: "network web_default" of "Creating network web_default". */
function resourceOf(message: string): string {
  return message.replace(/^[A-Z][a-z]+ /, "").replace(/^image /, "").replace(/: .*$/s, "");
}

function isUnderWay(message: string): boolean {
  return /^[A-Z][a-z]+ing /.test(message) || /: (\d\d?) %$/.test(message);
}
