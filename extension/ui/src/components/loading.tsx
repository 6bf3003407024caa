import { Alert, Button, LinearProgress } from "@mui/material";
import { useEffect, useState } from "react";
import { LABELS } from "./labels.ts";

/** Delay before the placeholder explains itself, ms. */
const EXPLAIN_AFTER_MS = 3000;

/** Most views load sooner than the bar appears, which would only flash. */
const LATER = {
  animation: "ds-appear 0s 150ms both",
  "@keyframes ds-appear": { from: { visibility: "hidden" } },
} as const;

/** Placeholder of a view that is loading; after some seconds it explains the delay and offers a reload. */
export function Loading() {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), EXPLAIN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const reload = (
    <Button size="small" color="inherit" onClick={() => location.reload()}>{LABELS.reload}</Button>
  );
  return (
    <>
      <LinearProgress aria-label={LABELS.loading} sx={LATER} />
      {isLong && (
        <Alert severity="info" action={reload} sx={{ m: 2 }}>
          {LABELS.unreachable}
        </Alert>
      )}
    </>
  );
}
