import { Alert, Link } from "@mui/material";
import { useFiring } from "../../../lib/open_alerts.ts";
import { hrefTo } from "../../../lib/route.ts";
import { safeText } from "../../../lib/safe_text.ts";
import { PAGE_LABELS } from "../model/labels_page.ts";

/** Alerts about a container that are firing, with a link to all alerts. */
export function FiringNotice({ containerId }: { readonly containerId: string }) {
  const firing = useFiring().filter((alert) => alert.containerId === containerId);
  if (firing.length === 0) return null;
  const all = <Link href={hrefTo("alerts")} color="inherit">{PAGE_LABELS.allAlerts}</Link>;
  return (
    <Alert severity="error" action={all} sx={{ py: 0 }}>
      {firing.map(({ rule, reason }) => safeText(`${rule.name}: ${reason}`)).join(" · ")}
    </Alert>
  );
}
