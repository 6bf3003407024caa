import { Link, Skeleton, Stack as Flex, Typography } from "@mui/material";
import type { ReactNode } from "react";
import { hrefTo } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { NAVIGATION } from "../model/labels.ts";
import { DETAIL_LABELS } from "../model/labels_detail.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { FeedNotices } from "../parts/feed_notices.tsx";
import { MissingPage } from "../parts/missing_page.tsx";
import { type StackTab, StackTabs } from "../parts/stack_tabs.tsx";

/** A stack that DockStat manages. */
export interface ManagedStack {
  readonly stackId: number;
  /** Time of its last change. */
  readonly updatedAt: string | null;
  /** Id of its unfinished operation. */
  readonly operationId: number | undefined;
}

/** Props of {@linkcode ContentsPage}. */
export interface ContentsPageProps {
  readonly feed: StackFeed;
  readonly stackId: number;
  readonly current: StackTab;
  readonly children: (stack: ManagedStack) => ReactNode;
}

/** Frame of the pages about the files and versions of a stack. */
export function ContentsPage({ feed, stackId, current, children }: ContentsPageProps) {
  const { known, error, stacks } = useObservable(feed.list);
  const stack = stacks.find(({ stack_id }) => stack_id === stackId);
  if (stack === undefined) {
    if (!known && error === undefined) return <Skeleton variant="rounded" height={160} />;
    return known
      ? <MissingPage title={DETAIL_LABELS.notFound}>{DETAIL_LABELS.notFoundHint}</MissingPage>
      : <MissingPage title={DETAIL_LABELS.notLoaded}>{error}</MissingPage>;
  }
  return (
    <Flex spacing={2}>
      <Link href={hrefTo("stacks")} variant="body2" sx={{ alignSelf: "flex-start" }}>
        {NAVIGATION.allStacks}
      </Link>
      <FeedNotices feed={feed} />
      <Typography variant="h1" sx={{ overflowWrap: "anywhere" }}>{stack.name}</Typography>
      <StackTabs stack={stack} current={current} />
      {children({ stackId, updatedAt: stack.updated_at, operationId: stack.operation?.operation_id })}
    </Flex>
  );
}
