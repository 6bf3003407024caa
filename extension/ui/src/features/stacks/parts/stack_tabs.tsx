import { Box, Tab, Tabs } from "@mui/material";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { hrefTo } from "../../../lib/route.ts";
import { TAB_LABELS } from "../model/labels_contents.ts";

/** Pages of a stack. */
export type StackTab = "overview" | "logs" | "files" | "versions";

/** Props of {@linkcode StackTabs}. */
export interface StackTabsProps {
  readonly stack: Pick<Stack, "stack_id" | "name" | "hostId">;
  readonly current: StackTab;
}

/** Links to the pages of a stack; a project that DockStat did not create has no files and versions. */
export function StackTabs({ stack: { stack_id, name, hostId }, current }: StackTabsProps) {
  const own = stack_id === null ? ["project", hostId, name] : [String(stack_id)];
  const tab = (value: StackTab, ...parts: readonly string[]) => (
    <Tab
      value={value}
      label={TAB_LABELS[value]}
      component="a"
      href={hrefTo("stacks", ...own, ...parts)}
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
        {tab("logs", "logs")}
        {stack_id !== null && tab("files", "files")}
        {stack_id !== null && tab("versions", "versions")}
      </Tabs>
    </Box>
  );
}
