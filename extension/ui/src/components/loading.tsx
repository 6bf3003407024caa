import { Alert, Button, LinearProgress } from "@mui/material";
import { useEffect, useState } from "react";

/** What takes longer than this is worth a word, ms. */
const LONG_MS = 3000;

/** Stands where a view is loaded; when that takes long it says why, and what can be done. */
export function Loading() {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  const again = (
    <Button size="small" color="inherit" onClick={() => location.reload()}>Load the page again</Button>
  );
  return (
    <>
      <LinearProgress aria-label="Loading" />
      {isLong && (
        <Alert severity="info" action={again} sx={{ m: 2 }}>
          DockStat does not give this view yet; it opens as soon as it does.
        </Alert>
      )}
    </>
  );
}
