/** Loads parts of the page from a server that may be unreachable. */

/** Delay between two attempts, ms. */
const RETRY_MS = 2000;
/** Shortest time between two reloads of the page, ms. */
const RELOAD_MS = 60_000;
/** Key of the time of the last reload. */
const RELOADED = "dockstat.reloaded";

/** The server as seen by a page whose modules fail to load. */
export interface PageServer {
  /** Returns true if the server answers. */
  readonly isReachable: () => Promise<boolean>;
  /** Reloads the page. */
  readonly reload: () => void;
}

const PAGE_SERVER: PageServer = { isReachable, reload: reloadPage };

/** Loads a module of the page and retries until the server delivers it. */
export async function loadWithRetry<T>(
  load: () => Promise<T>,
  retryMs: number = RETRY_MS,
  server: PageServer = PAGE_SERVER,
): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      // The server is unreachable; the view's fallback shows that.
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
    if (!await server.isReachable()) continue;
    try {
      return await load();
    } catch {
      // A browser remembers that a module failed: only a new page requests it again.
      server.reload();
    }
  }
}

async function isReachable(): Promise<boolean> {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

/** Reloads the page at most once per minute. */
function reloadPage(): void {
  try {
    if (Date.now() - Number(sessionStorage.getItem(RELOADED)) < RELOAD_MS) return;
    sessionStorage.setItem(RELOADED, String(Date.now()));
  } catch {
    // Without the storage nothing would limit the reloads.
    return;
  }
  location.reload();
}
