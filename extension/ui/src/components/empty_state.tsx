import { Stack, Typography } from "@mui/material";
import type { ReactNode } from "react";

/** What stands where there is nothing to show: what that means, and what to do. */
export function EmptyState({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Stack spacing={1} sx={{ alignItems: "center", textAlign: "center", p: 6, color: "text.secondary" }}>
      <Typography variant="h3" component="h2" color="text.primary">{title}</Typography>
      <Typography component="div" sx={{ maxWidth: "60ch" }}>{children}</Typography>
    </Stack>
  );
}
