/** Standard output and standard error; nothing else writes to them but the log. */

const encoder = new TextEncoder();

/** Writes to standard output, where answers go; false when whoever read it has gone. */
export function print(text: string): boolean {
  return write(Deno.stdout, text);
}

/** Writes to standard error, where complaints go; false when whoever read it has gone. */
export function complain(text: string): boolean {
  return write(Deno.stderr, text);
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
