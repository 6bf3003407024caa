/** Histories around alerts. */
import { useEffect, useState } from "react";
import type { Alert } from "../../../../../../server/protocol/alerts/alert.ts";
import type { KeptCurve } from "../../../../../../server/protocol/past/history.ts";
import { useAbout, useClient } from "../../../lib/client.ts";
import { type AlertCurve, curveOf } from "../model/alert_curve.ts";

/** Interval of readings while the alert has not ended, ms. */
const INTERVAL_MS = 60_000;

/** The curve of an alert: `undefined` until the server has answered, `null` if nothing was kept. */
export function useCurve(alert: Alert, now: number): AlertCurve | null | undefined {
  const { transport } = useClient();
  // The history of more than ten minutes needs the token.
  const path = useAbout()?.access === "full" ? alert.curve : null;
  const [curve, setCurve] = useState<AlertCurve | null>();
  const reading = alert.endedAt === null ? Math.floor(now / INTERVAL_MS) : 0;
  useEffect(() => {
    if (path === null) return setCurve(null);
    let isCurrent = true;
    transport.ask<{ readonly series: readonly KeptCurve[] }>(path)
      .then(({ series }) => isCurrent && setCurve(curveOf(alert, series) ?? null))
      .catch(() => isCurrent && setCurve((known) => known ?? null));
    return () => {
      isCurrent = false;
    };
    // The alert's other keys change with every reading of the list.
  }, [transport, path, reading, alert.id]);
  return curve;
}
