import { useEffect, useState } from "react";
import { useClient } from "../../../lib/client.ts";
import { useOpenAlerts } from "../../../lib/open_alerts.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { BrowserNotices } from "./browser_notices.ts";

/** Shows notifications while the page is open; renders nothing. */
export default function Notices() {
  const { transport } = useClient();
  const page = useObservable(useOpenAlerts().page);
  const [notices] = useState(() => new BrowserNotices(transport));
  useEffect(() => {
    if (page !== undefined) void notices.take(page.alerts.filter(({ state }) => state === "firing"));
  }, [page, notices]);
  return null;
}
