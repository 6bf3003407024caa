import { Link, Stack as Flex, Typography } from "@mui/material";
import { type ReactNode, useState } from "react";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { formatTime } from "../../../lib/format.ts";
import { hrefTo } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { FailureNotice } from "./failure_notice.tsx";
import { FeedNotices } from "../parts/feed_notices.tsx";
import { NoStack, type Release, ReleasedPage } from "./no_stack.tsx";
import { OperationHistory } from "./operation_history.tsx";
import { PendingNotice } from "./pending_notice.tsx";
import { RunProgress } from "./run_progress.tsx";
import { ServiceTable } from "./service_table.tsx";
import { StackActions } from "./stack_actions.tsx";
import type { StackFeed } from "../model/stack_feed.ts";
import { keyOf, runKeyOf, type StackList } from "../model/stack_list.ts";
import { StackTabs } from "../parts/stack_tabs.tsx";
import { TaskNotice } from "../parts/task_notice.tsx";
import { ToneMark } from "../parts/tone_mark.tsx";
import { type StackTaskProps, useTask } from "../parts/use_task.ts";
import { NAVIGATION, stackMark } from "../model/labels.ts";
import { lastActivityLabel } from "../model/labels_list.ts";
import { DETAIL_LABELS } from "../model/labels_detail.ts";

/** Props of {@linkcode StackPage}. */
export interface StackPageProps {
  readonly feed: StackFeed;
  /** Key of the stack, as `keyOf()` returns it. */
  readonly stackKey: string;
  /** Renders the Git side of a stack. */
  readonly gitCard?: (props: StackTaskProps & { readonly newest: Operation | undefined }) => ReactNode;
}

/** Page of one stack, or of one project that DockStat did not create. */
export function StackPage({ feed, stackKey, gitCard }: StackPageProps) {
  const list = useObservable(feed.list);
  return (
    <Flex spacing={2}>
      <Link href={hrefTo("stacks")} variant="body2" underline="hover" sx={{ alignSelf: "flex-start" }}>
        {NAVIGATION.allStacks}
      </Link>
      <FeedNotices feed={feed} />
      <Contents feed={feed} stackKey={stackKey} list={list} {...gitCard && { gitCard }} />
    </Flex>
  );
}

function Contents({ feed, stackKey, list, gitCard }: StackPageProps & { readonly list: StackList }) {
  const runs = useObservable(feed.runs);
  const task = useTask(feed);
  const [released, setReleased] = useState<Release>();
  const stack = list.stacks.find((one) => keyOf(one) === stackKey) ??
    // Links from containers name the project, which may belong to a stack.
    list.stacks.find(({ hostId, name }) => `${hostId}/${name}` === stackKey);
  if (released !== undefined) return <ReleasedPage release={released} />;
  if (stack === undefined) return <NoStack feed={feed} stackKey={stackKey} list={list} />;
  return (
    <>
      <Flex direction="row" spacing={2} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="h1" sx={{ overflowWrap: "anywhere" }}>{stack.name}</Typography>
        <ToneMark {...stackMark(stack)} />
        <Typography variant="body2" color="text.secondary" sx={{ flexGrow: 1 }}>
          {[
            ...lastOperationTexts(stack),
            // With one host the text would say the same on every page.
            ...list.hosts.length > 1 ? [DETAIL_LABELS.onHost(stack.hostId)] : [],
          ].join(" · ")}
        </Typography>
        <StackActions feed={feed} task={task} stack={stack} onReleased={setReleased} />
      </Flex>
      <StackTabs stack={stack} current="overview" />
      <TaskNotice
        task={task}
        onAccept={stack.managed ? () => task.run(() => feed.accept(stack)) : undefined}
      />
      <PendingNotice feed={feed} task={task} stack={stack} newest={list.newest.get(stackKey)} />
      <FailureNotice feed={feed} task={task} stack={stack} newest={list.newest.get(stackKey)} />
      <RunProgress
        feed={feed}
        task={task}
        stack={stack}
        run={runs.get(runKeyOf(stack))}
        newest={list.newest.get(stackKey)}
      />
      <ServiceTable feed={feed} task={task} stack={stack} />
      {stack.managed && gitCard?.({ feed, task, stack, newest: list.newest.get(stackKey) })}
      <OperationHistory feed={feed} stack={stack} newest={list.newest.get(stackKey)} />
    </>
  );
}

/** The last operation, beside the status: the status describes the containers. */
function lastOperationTexts({ operation, last_operation: last }: Stack): string[] {
  if (operation !== null || last === null) return [];
  return [lastActivityLabel(last.action, last.state, formatTime(Date.parse(last.ended_at)))];
}
