import { Link, Skeleton, Stack as Flex, Typography } from "@mui/material";
import { hrefTo } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { FailureNotice } from "./failure_notice.tsx";
import { FeedNotices } from "../parts/feed_notices.tsx";
import { MissingPage } from "../parts/missing_page.tsx";
import { OperationHistory } from "./operation_history.tsx";
import { RunProgress } from "./run_progress.tsx";
import { ServiceTable } from "./service_table.tsx";
import { StackActions } from "./stack_actions.tsx";
import type { StackFeed } from "../model/stack_feed.ts";
import { keyOf, runKeyOf, type StackList } from "../model/stack_list.ts";
import { TaskNotice } from "../parts/task_notice.tsx";
import { ToneMark } from "../parts/tone_mark.tsx";
import { useTask } from "../parts/use_task.ts";
import { NAVIGATION, stackMark } from "../model/labels.ts";
import { DETAIL_LABELS } from "../model/labels_detail.ts";

/** Props of {@linkcode StackPage}. */
export interface StackPageProps {
  readonly feed: StackFeed;
  /** Key of the stack, as `keyOf()` returns it. */
  readonly stackKey: string;
}

/** Page of one stack, or of one project that DockStat did not create. */
export function StackPage({ feed, stackKey }: StackPageProps) {
  const list = useObservable(feed.list);
  return (
    <Flex spacing={2}>
      <Link href={hrefTo("stacks")} variant="body2" sx={{ alignSelf: "flex-start" }}>
        {NAVIGATION.allStacks}
      </Link>
      <FeedNotices feed={feed} />
      <Contents feed={feed} stackKey={stackKey} list={list} />
    </Flex>
  );
}

function Contents({ feed, stackKey, list }: StackPageProps & { readonly list: StackList }) {
  const runs = useObservable(feed.runs);
  const task = useTask(feed);
  const stack = list.stacks.find((one) => keyOf(one) === stackKey);
  if (stack === undefined) return <NoStack feed={feed} stackKey={stackKey} list={list} />;
  return (
    <>
      <Flex direction="row" spacing={2} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="h1" sx={{ overflowWrap: "anywhere" }}>{stack.name}</Typography>
        <ToneMark {...stackMark(stack)} />
        <Typography variant="body2" color="text.secondary" sx={{ flexGrow: 1 }}>
          {DETAIL_LABELS.onHost(stack.hostId)}
        </Typography>
        <StackActions feed={feed} task={task} stack={stack} />
      </Flex>
      <TaskNotice
        task={task}
        onAccept={stack.managed ? () => task.run(() => feed.accept(stack)) : undefined}
      />
      <FailureNotice stack={stack} newest={list.newest.get(stackKey)} />
      <RunProgress
        feed={feed}
        task={task}
        stack={stack}
        run={runs.get(runKeyOf(stack))}
        newest={list.newest.get(stackKey)}
      />
      <ServiceTable stack={stack} />
      <OperationHistory feed={feed} stack={stack} newest={list.newest.get(stackKey)} />
    </>
  );
}

function NoStack({ feed, stackKey, list: { known, error } }: StackPageProps & { readonly list: StackList }) {
  if (!known && error === undefined) return <Skeleton variant="rounded" height={160} />;
  const isRemoved = feed.runs.value.get(stackKey)?.action === "removing";
  if (isRemoved) {
    return <MissingPage title={DETAIL_LABELS.removed}>{DETAIL_LABELS.removedHint}</MissingPage>;
  }
  if (!known) return <MissingPage title={DETAIL_LABELS.notLoaded}>{error}</MissingPage>;
  return <MissingPage title={DETAIL_LABELS.notFound}>{DETAIL_LABELS.notFoundHint}</MissingPage>;
}
