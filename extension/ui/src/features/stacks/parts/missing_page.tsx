import { Button, Stack as Flex, Typography } from "@mui/material";
import type { ReactNode } from "react";
import { hrefTo } from "../../../lib/route.ts";
import { NAVIGATION } from "../model/labels.ts";

/** Page of a missing stack, with the reason and a link to the list. */
export function MissingPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Flex spacing={2} sx={{ alignItems: "center", textAlign: "center", p: 6 }}>
      <Typography variant="h1">{title}</Typography>
      <Typography component="div" variant="body2" color="text.secondary" sx={{ maxWidth: "60ch" }}>
        {children}
      </Typography>
      <Button size="small" variant="outlined" href={hrefTo("stacks")}>{NAVIGATION.allStacks}</Button>
    </Flex>
  );
}
