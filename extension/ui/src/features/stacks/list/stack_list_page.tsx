import { PlusIcon } from "../../../components/icons.tsx";
import { Button, Skeleton, Stack as Flex, TextField, Typography } from "@mui/material";
import { useState } from "react";
import { EmptyState } from "../../../components/empty_state.tsx";
import { HiddenSwitch, useShowsHidden } from "../../../components/hidden_switch.tsx";
import { useAbout } from "../../../lib/client.ts";
import { goTo } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { FeedNotices } from "../parts/feed_notices.tsx";
import type { StackFeed } from "../model/stack_feed.ts";
import { filtered, type StackList, withoutHiddenStacks } from "../model/stack_list.ts";
import { StackTable } from "./stack_table.tsx";
import { TaskNotice } from "../parts/task_notice.tsx";
import { LIST_LABELS } from "../model/labels_list.ts";
import { useStackObstacle } from "../parts/obstacles.ts";
import { useTask } from "../parts/use_task.ts";

/** List of all stacks, and of the projects that DockStat did not create. */
export function StackListPage({ feed }: { readonly feed: StackFeed }) {
  const all = useObservable(feed.list);
  const shown = withoutHiddenStacks(all.stacks, useObservable(feed.hidden));
  const list = useShowsHidden() ? all : { ...all, stacks: shown };
  const [query, setQuery] = useState("");
  const obstacle = useStackObstacle();
  return (
    <Flex spacing={2}>
      <Flex direction="row" spacing={2} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="h1" sx={{ flexGrow: 1 }}>{LIST_LABELS.title}</Typography>
        <HiddenSwitch count={all.stacks.length - shown.length} />
        {list.stacks.length > 0 && (
          <TextField
            size="small"
            type="search"
            label={LIST_LABELS.filter}
            value={query}
            onChange={({ target }) => setQuery(target.value)}
            sx={{ width: { xs: "100%", sm: 220 }, order: { xs: 1, sm: 0 } }}
          />
        )}
        <ActionButton
          label={LIST_LABELS.newStack}
          icon={<PlusIcon />}
          variant="contained"
          obstacle={obstacle}
          onClick={() => goTo("stacks", "new")}
        />
      </Flex>
      <FeedNotices feed={feed} />
      <Lists feed={feed} list={list} query={query} obstacle={obstacle} />
    </Flex>
  );
}

interface ListsProps {
  readonly feed: StackFeed;
  readonly list: StackList;
  /** Text of the filter. */
  readonly query: string;
  /** Reason why this client cannot create a stack. */
  readonly obstacle: string | undefined;
}

function Lists({ feed, list, query, obstacle }: ListsProps) {
  const task = useTask(feed);
  const isSimulated = useAbout()?.simulated === true;
  if (!list.known) {
    return list.error === undefined ? <Loading /> : <NotLoaded feed={feed} reason={list.error} />;
  }
  const found = filtered(list.stacks, query);
  const [own, others] = [found.filter(({ managed }) => managed), found.filter(({ managed }) => !managed)];
  if (found.length === 0 && query !== "") {
    return <EmptyState title={LIST_LABELS.noMatches}>{LIST_LABELS.noMatchesFor(query)}</EmptyState>;
  }
  return (
    <>
      <TaskNotice task={task} />
      {own.length === 0
        ? query === "" && (
          <EmptyState title={LIST_LABELS.noStacks}>{obstacle ?? LIST_LABELS.noStacksHint}</EmptyState>
        )
        : <StackTable feed={feed} task={task} list={list} stacks={own} label={LIST_LABELS.title} />}
      {others.length > 0 && (
        <Flex spacing={1} component="section" aria-labelledby="others">
          <Typography variant="h2" id="others">{LIST_LABELS.projects}</Typography>
          <Typography variant="body2" color="text.secondary">
            {isSimulated ? LIST_LABELS.simulatedHint : LIST_LABELS.projectsHint}
          </Typography>
          <StackTable feed={feed} task={task} list={list} stacks={others} label={LIST_LABELS.projects} />
        </Flex>
      )}
    </>
  );
}

function Loading() {
  return (
    <Flex spacing={1} role="status" aria-label={LIST_LABELS.loading}>
      {[0, 1, 2].map((row) => <Skeleton key={row} variant="rounded" height={40} />)}
    </Flex>
  );
}

function NotLoaded({ feed, reason }: { readonly feed: StackFeed; readonly reason: string }) {
  return (
    <EmptyState title={LIST_LABELS.notLoaded}>
      <p>{reason}</p>
      <Button size="small" variant="outlined" onClick={feed.refresh}>{LIST_LABELS.retry}</Button>
    </EmptyState>
  );
}
