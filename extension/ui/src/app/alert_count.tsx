import { lazy, Suspense } from "react";
import { loadWithRetry } from "../lib/load_with_retry.ts";
import { useFiring, useOpenAlerts } from "../lib/open_alerts.ts";
import { useObservable } from "../lib/use_observable.ts";
import { LABELS } from "./labels.ts";

const Notices = lazy(() => loadWithRetry(() => import("../features/alerts/notices/notices.tsx")));

/** Number of alerts that are firing, with notifications where the browser allows them. */
export function AlertCount() {
  const { length } = useFiring();
  const isKnown = useObservable(useOpenAlerts().page) !== undefined;
  // The browser reads the permission from another process, which the first rows need not wait for.
  const mayNotify = isKnown && "Notification" in globalThis && Notification.permission === "granted";
  return (
    <>
      {length > 0 && <span className="count" aria-label={LABELS.firing(length)}>{length}</span>}
      {mayNotify && (
        <Suspense>
          <Notices />
        </Suspense>
      )}
    </>
  );
}
