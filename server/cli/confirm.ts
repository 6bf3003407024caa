/** Questions on the terminal. */
import { untilAborted } from "../duration.ts";
import { printError } from "./terminal.ts";

/** Reports whether a question can be asked: a terminal shows it, and a terminal answers. */
export function canAsk(): boolean {
  return Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
}

/**
 * Asks a question, and returns whether the answer is yes; anything else is no.
 *
 * @throws the reason of the signal when it aborts.
 */
export async function askYes(question: string, signal: AbortSignal): Promise<boolean> {
  printError(`${question} [y/N] `);
  const buffer = new Uint8Array(1024);
  try {
    const length = await untilAborted(Deno.stdin.read(buffer), signal);
    return isYes(new TextDecoder().decode(buffer.subarray(0, length ?? 0)));
  } catch (error) {
    // The next message begins a line.
    printError("\n");
    throw error;
  }
}

/** Reports whether a line means yes. */
export function isYes(line: string): boolean {
  return /^\s*y(es)?\s*$/i.test(line);
}
