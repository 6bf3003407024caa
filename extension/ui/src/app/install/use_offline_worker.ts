import { useEffect } from "react";
import { useAbout, useClient } from "../../lib/client.ts";

/** Time after which the worker is started or removed, ms, since the first rows come first. */
const DELAY_MS = 2000;

/** Starts the service worker for users who are signed in, and removes it for others. */
export function useOfflineWorker(): void {
  const access = useAbout()?.access;
  const { desktop } = useClient();
  useEffect(() => {
    if (access === undefined || desktop !== undefined) return;
    const timer = setTimeout(() => void follow(access === "full"), DELAY_MS);
    return () => clearTimeout(timer);
  }, [access, desktop]);
}

async function follow(isSignedIn: boolean): Promise<void> {
  try {
    const { forgetWorker, startWorker, workerHost } = await import("./offline_worker.ts");
    await (isSignedIn ? startWorker : forgetWorker)(workerHost());
  } catch {
    // The server is unreachable: the next visit tries again.
  }
}
