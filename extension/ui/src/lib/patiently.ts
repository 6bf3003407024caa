/** Loading parts of the page from a server that may be away. */

/** Between two tries, ms. */
const PAUSE_MS = 2000;

/** Loads a part of the page, again and again until the server gives it. */
export async function patiently<T>(load: () => Promise<T>, pauseMs: number = PAUSE_MS): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      // The server is away; whoever waits is told so by what stands there meanwhile.
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
