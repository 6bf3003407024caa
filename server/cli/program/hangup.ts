/** SIGHUP, which a terminal sends to its programs when it is closed. */
import { parseCommandLine } from "../main.ts";

/** Reports whether this process has a terminal; asked at its start, since a closed terminal no longer counts as one. */
export function hasTerminal(): boolean {
  return [Deno.stdin, Deno.stdout, Deno.stderr].some((stream) => stream.isTerminal());
}

/** Reports whether SIGHUP ends a command: always on a terminal, and elsewhere unless it serves. */
export function endsOnHangup(args: readonly string[], terminal: boolean): boolean {
  if (terminal) return true;
  try {
    return parseCommandLine(args).command !== "serve";
  } catch {
    // It will be refused, which takes no time.
    return true;
  }
}
