/** Ports for programs that are started later, or that return on their port. */

/** Ports that the system neither gives to connections nor to listeners that ask for any port. */
const [FIRST, COUNT] = [11_000, 20_000];
const given = new Set<number>();

/** Finds a free port, which no other connection or listener gets by chance until it is used. */
export function freePort(): number {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (given.has(port) || !isFree(port)) continue;
    given.add(port);
    return port;
  }
}

function isFree(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}
