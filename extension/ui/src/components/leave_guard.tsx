import { Typography } from "@mui/material";
import { useEffect, useState } from "react";
import { ConfirmDialog } from "./confirm_dialog.tsx";
import { guardRoute } from "../lib/route.ts";

/** Asks before what was typed is lost: by a link of the page, by the browser's buttons, or with the whole page. */
export function LeaveGuard({ isChanged }: { readonly isChanged: boolean }) {
  const [leave, setLeave] = useState<() => void>();
  useEffect(() => {
    if (!isChanged) return;
    const release = guardRoute((go) => setLeave(() => go));
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => {
      release();
      removeEventListener("beforeunload", ask);
    };
  }, [isChanged]);
  if (leave === undefined) return null;
  return (
    <ConfirmDialog
      title="Leave without saving?"
      action="Leave"
      refuse="Stay"
      onConfirm={leave}
      onCancel={() => setLeave(undefined)}
    >
      <Typography variant="body2">What you have changed here is not saved yet, and would be lost.</Typography>
    </ConfirmDialog>
  );
}
