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
    const timer = setTimeout(async () => {
      const { forgetWorker, startWorker, workerHost } = await import("./offline_worker.ts");
      await (access === "full" ? startWorker : forgetWorker)(workerHost());
    }, DELAY_MS);
    return () => clearTimeout(timer);
  }, [access, desktop]);
}
