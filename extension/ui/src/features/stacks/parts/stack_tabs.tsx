import { Box, Tab, Tabs } from "@mui/material";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { hrefTo } from "../../../lib/route.ts";
import { TAB_LABELS } from "../model/labels_contents.ts";

/** Pages of a stack. */
export type StackTab = "overview" | "files" | "versions";

/** Props of {@linkcode StackTabs}. */
export interface StackTabsProps {
  readonly stack: Pick<Stack, "stack_id" | "name">;
  readonly current: StackTab;
}

/** Links to the pages of a stack; a project that DockStat did not create has only one. */
export function StackTabs({ stack: { stack_id, name }, current }: StackTabsProps) {
  if (stack_id === null) return null;
  const tab = (value: StackTab, ...parts: readonly string[]) => (
    <Tab
      value={value}
      label={TAB_LABELS[value]}
      component="a"
      href={hrefTo("stacks", stack_id, ...parts)}
    />
  );
  return (
    <Box component="nav" aria-label={TAB_LABELS.label(name)} sx={{ borderBottom: 1, borderColor: "divider" }}>
      <Tabs
        value={current}
        aria-label={TAB_LABELS.label(name)}
        variant="scrollable"
        scrollButtons="auto"
      >
        {tab("overview")}
        {tab("files", "files")}
        {tab("versions", "versions")}
      </Tabs>
    </Box>
  );
}
