import { Stack, Typography } from "@mui/material";
import type { ReactNode } from "react";

/** Props of {@linkcode EmptyState}. */
export interface EmptyStateProps {
  readonly title: string;
  /** `h1` on pages without another heading; default `h2`. */
  readonly heading?: "h1" | "h2";
  readonly children?: ReactNode;
}

/** Placeholder for an empty list or page, with an explanation and the next step. */
export function EmptyState({ title, heading = "h2", children }: EmptyStateProps) {
  return (
    <Stack spacing={1} sx={{ alignItems: "center", textAlign: "center", p: 6, color: "text.secondary" }}>
      <Typography variant="h3" component={heading} color="text.primary">{title}</Typography>
      <Typography component="div" sx={{ maxWidth: "60ch" }}>{children}</Typography>
    </Stack>
  );
}
