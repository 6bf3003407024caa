import { Typography } from "@mui/material";
import { useEffect, useState } from "react";
import { ConfirmDialog } from "./confirm_dialog.tsx";
import { guardRoute } from "../lib/route.ts";
import { LABELS } from "./labels.ts";

/** Asks for confirmation before unsaved changes are lost, by navigation or by closing the page. */
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
      title={LABELS.leaveTitle}
      action={LABELS.leave}
      cancel={LABELS.stay}
      onConfirm={leave}
      onCancel={() => setLeave(undefined)}
    >
      <Typography variant="body2">{LABELS.leaveText}</Typography>
    </ConfirmDialog>
  );
}
