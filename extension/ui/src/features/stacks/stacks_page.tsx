import { Box } from "@mui/material";
import { useEffect } from "react";
import { EditStackPage } from "./editor/edit_stack_page.tsx";
import { NewStackPage } from "./editor/new_stack_page.tsx";
import { StackListPage } from "./list/stack_list_page.tsx";
import { StackPage } from "./detail/stack_page.tsx";
import type { StackFeed } from "./model/stack_feed.ts";

/** Props of {@linkcode StacksPage}. */
export interface StacksPageProps {
  readonly feed: StackFeed;
  /** Parts of the address after `#/stacks/`: none, `new`, `12`, `12/edit`, or `project/HOST/NAME`. */
  readonly path: readonly string[];
}

/** Pages about stacks. */
export default function StacksPage({ feed, path }: StacksPageProps) {
  useEffect(feed.look, [feed]);
  return <Box sx={{ flexGrow: 1, minHeight: 0, overflow: "auto", p: 3 }}>{pageOf(feed, path)}</Box>;
}

function pageOf(feed: StackFeed, [first, second, third]: readonly string[]) {
  if (first === undefined) return <StackListPage feed={feed} />;
  if (first === "new") return <NewStackPage feed={feed} />;
  if (first === "project" && second !== undefined && third !== undefined) {
    return <StackPage key={`${second}/${third}`} feed={feed} stackKey={`${second}/${third}`} />;
  }
  if (second === "edit") return <EditStackPage key={first} feed={feed} stackId={Number(first)} />;
  return <StackPage key={first} feed={feed} stackKey={`#${first}`} />;
}
