/** Loads parts of the page from a server that may be unreachable. */

/** Delay between two attempts, ms. */
const RETRY_MS = 2000;
/** Shortest time between two reloads of the page, ms. */
const RELOAD_MS = 60_000;
/** Key of the time of the last reload. */
const RELOADED = "dockstat.reloaded";

/** Loads a module of the page and retries until the server delivers it. */
export async function loadWithRetry<T>(
  load: () => Promise<T>,
  retryMs: number = RETRY_MS,
  reload: () => Promise<void> = reloadPage,
): Promise<T> {
  for (let attempt = 1;; attempt++) {
    try {
      return await load();
    } catch {
      // The server is unreachable; the view's fallback shows that.
      await new Promise((resolve) => setTimeout(resolve, retryMs));
      // A browser remembers that a module failed: only a new page requests it again.
      if (attempt > 1) await reload();
    }
  }
}

/** Reloads the page if the server answers again, at most once per minute. */
async function reloadPage(): Promise<void> {
  try {
    if (Date.now() - Number(sessionStorage.getItem(RELOADED)) < RELOAD_MS) return;
    const answer = await fetch(location.href, { cache: "no-store" });
    await answer.body?.cancel();
    if (!answer.ok) return;
    sessionStorage.setItem(RELOADED, String(Date.now()));
  } catch {
    return;
  }
  location.reload();
}
