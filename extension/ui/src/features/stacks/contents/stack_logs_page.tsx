import { Box, Link, Skeleton, Typography } from "@mui/material";
import type { ReactNode } from "react";
import { hrefTo } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { NAVIGATION } from "../model/labels.ts";
import { DETAIL_LABELS } from "../model/labels_detail.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { keyOf } from "../model/stack_list.ts";
import { MissingPage } from "../parts/missing_page.tsx";
import { StackTabs } from "../parts/stack_tabs.tsx";

/** Returns the logs of a project on a host. */
export type ProjectLogs = (hostId: string, project: string) => ReactNode;

/** Props of {@linkcode StackLogsPage}. */
export interface StackLogsPageProps {
  readonly feed: StackFeed;
  /** Key of the stack, as `keyOf()` returns it. */
  readonly stackKey: string;
  readonly logs: ProjectLogs;
}

/** Logs of all services of a stack, which fill the window. */
export function StackLogsPage({ feed, stackKey, logs }: StackLogsPageProps) {
  const { known, error, stacks } = useObservable(feed.list);
  const stack = stacks.find((one) => keyOf(one) === stackKey) ??
    stacks.find(({ hostId, name }) => `${hostId}/${name}` === stackKey);
  if (stack === undefined) {
    if (!known && error === undefined) return <Skeleton variant="rounded" height={160} />;
    return known
      ? <MissingPage title={DETAIL_LABELS.notFound}>{DETAIL_LABELS.notFoundHint}</MissingPage>
      : <MissingPage title={DETAIL_LABELS.notLoaded}>{error}</MissingPage>;
  }
  return (
    <Box sx={{ display: "flex", flexDirection: "column", gap: 1, flexGrow: 1, minHeight: 0 }}>
      <Box sx={{ display: "flex", alignItems: "baseline", gap: 2, flexShrink: 0 }}>
        <Typography variant="h1" noWrap>{stack.name}</Typography>
        <Link href={hrefTo("stacks")} variant="body2" noWrap>{NAVIGATION.allStacks}</Link>
      </Box>
      <Box sx={{ flexShrink: 0 }}>
        <StackTabs stack={stack} current="logs" />
      </Box>
      {logs(stack.hostId, stack.name)}
    </Box>
  );
}
