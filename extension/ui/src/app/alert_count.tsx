import { useFiring } from "../lib/open_alerts.ts";
import { LABELS } from "./labels.ts";

/** Number of alerts that are firing. */
export function AlertCount() {
  const { length } = useFiring();
  if (length === 0) return null;
  return <span className="count" aria-label={LABELS.firing(length)}>{length}</span>;
}
