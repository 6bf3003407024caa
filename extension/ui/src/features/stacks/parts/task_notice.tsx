import { Alert } from "@mui/material";
import type { Task } from "./use_task.ts";

/** The server's words when it has refused, until they are dismissed or something else is asked. */
export function TaskNotice({ task: { refusal, dismiss } }: { readonly task: Task }) {
  return refusal === undefined
    ? null
    : <Alert severity="error" onClose={dismiss} sx={{ whiteSpace: "pre-wrap" }}>{refusal}</Alert>;
}
