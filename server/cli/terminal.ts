/** Standard output and standard error; only the log writes to them as well. */

const encoder = new TextEncoder();

/** Writes to standard output, which is for answers; returns false when the reader has gone. */
export function print(text: string): boolean {
  return write(Deno.stdout, text);
}

/** Writes to standard error; returns false when the reader has gone. */
export function printError(text: string): boolean {
  return write(Deno.stderr, text);
}

/** Returns columns and rows of the terminal on standard output; 0 where it does not know its size. */
export function terminalSize(): { columns: number; rows: number } {
  const { columns, rows } = Deno.consoleSize();
  return { columns: columns || 80, rows: rows || 24 };
}

/** Reports whether a write failed because the terminal was closed. */
function isClosedTerminal(error: unknown): boolean {
  return error instanceof Error &&
    /\bEIO\b|os error 5\b/.test(`${(error as { code?: string }).code} ${error.message}`);
}

function write(to: { writeSync(bytes: Uint8Array): number }, text: string): boolean {
  const bytes = encoder.encode(text);
  try {
    for (let at = 0; at < bytes.length;) at += to.writeSync(bytes.subarray(at));
    return true;
  } catch (error) {
    // The reader of the pipe has closed it, as in: dockstat stats | head -1
    if (error instanceof Deno.errors.BrokenPipe || isClosedTerminal(error)) return false;
    throw error;
  }
}
