import { Alert, Button, LinearProgress } from "@mui/material";
import { useEffect, useState } from "react";
import { LABELS } from "./labels.ts";

/** Delay before the placeholder explains itself, ms. */
const EXPLAIN_AFTER_MS = 3000;

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
      <LinearProgress aria-label={LABELS.loading} />
      {isLong && (
        <Alert severity="info" action={reload} sx={{ m: 2 }}>
          {LABELS.unreachable}
        </Alert>
      )}
    </>
  );
}
