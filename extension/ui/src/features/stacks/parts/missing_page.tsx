import { Button, Stack as Flex, Typography } from "@mui/material";
import type { ReactNode } from "react";
import { hrefTo } from "../../../lib/route.ts";

/** What stands where a stack's page would: why there is none, and the way back. */
export function MissingPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Flex spacing={2} sx={{ alignItems: "center", textAlign: "center", p: 6 }}>
      <Typography variant="h1">{title}</Typography>
      <Typography variant="body2" color="text.secondary" sx={{ maxWidth: "60ch" }}>{children}</Typography>
      <Button size="small" variant="outlined" href={hrefTo("stacks")}>← All stacks</Button>
    </Flex>
  );
}
