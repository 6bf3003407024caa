/** Standard output and standard error; nothing else writes to them but the log. */

const encoder = new TextEncoder();

/** Writes to standard output, where answers go; false when whoever read it has gone. */
export function print(text: string): boolean {
  return write(Deno.stdout, text);
}

/** Writes to standard error, where complaints go; false when whoever read it has gone. */
export function printError(text: string): boolean {
  return write(Deno.stderr, text);
}

/** How many characters and lines the terminal on standard output has; one that does not know its size says 0. */
export function terminalSize(): { columns: number; rows: number } {
  const { columns, rows } = Deno.consoleSize();
  return { columns: columns || 80, rows: rows || 24 };
}

function write(to: { writeSync(bytes: Uint8Array): number }, text: string): boolean {
  const bytes = encoder.encode(text);
  try {
    for (let at = 0; at < bytes.length;) at += to.writeSync(bytes.subarray(at));
    return true;
  } catch (error) {
    // Whoever read the pipe has enough, as in: dockstat stats | head -1
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    return false;
  }
}
