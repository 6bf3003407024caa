/** Standard output and standard error; nothing else writes to them but the log. */

const encoder = new TextEncoder();

/** Writes to standard output, where answers go. */
export function print(text: string): void {
  write(Deno.stdout, text);
}

/** Writes to standard error, where complaints go. */
export function complain(text: string): void {
  write(Deno.stderr, text);
}

function write(to: { writeSync(bytes: Uint8Array): number }, text: string): void {
  const bytes = encoder.encode(text);
  try {
    for (let at = 0; at < bytes.length;) at += to.writeSync(bytes.subarray(at));
  } catch (error) {
    // Whoever read the pipe has enough, as in: dockstat stats | head -1
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
