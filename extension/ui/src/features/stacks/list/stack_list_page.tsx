import { PlusIcon } from "../../../components/icons.tsx";
import { Button, Skeleton, Stack as Flex, TextField, Typography } from "@mui/material";
import { useState } from "react";
import { EmptyState } from "../../../components/empty_state.tsx";
import { useAbout } from "../../../lib/client.ts";
import { goTo } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { FeedNotices } from "../parts/feed_notices.tsx";
import type { StackFeed } from "../model/stack_feed.ts";
import { filtered, type StackList } from "../model/stack_list.ts";
import { StackTable } from "./stack_table.tsx";
import { TaskNotice } from "../parts/task_notice.tsx";
import { useStackObstacle } from "../parts/use_stack_obstacle.ts";
import { useTask } from "../parts/use_task.ts";

/** All stacks, and the projects that were made elsewhere. */
export function StackListPage({ feed }: { readonly feed: StackFeed }) {
  const list = useObservable(feed.list);
  const [words, setWords] = useState("");
  const obstacle = useStackObstacle();
  return (
    <Flex spacing={2}>
      <Flex direction="row" spacing={2} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="h1" sx={{ flexGrow: 1 }}>Stacks</Typography>
        {list.stacks.length > 0 && (
          <TextField
            size="small"
            type="search"
            label="Filter stacks"
            value={words}
            onChange={({ target }) => setWords(target.value)}
            sx={{ width: 220 }}
          />
        )}
        <ActionButton
          label="New stack"
          icon={<PlusIcon />}
          variant="contained"
          obstacle={obstacle}
          onClick={() => goTo("stacks", "new")}
        />
      </Flex>
      <FeedNotices feed={feed} />
      <Lists feed={feed} list={list} words={words} obstacle={obstacle} />
    </Flex>
  );
}

interface ListsProps {
  readonly feed: StackFeed;
  readonly list: StackList;
  /** What is looked for. */
  readonly words: string;
  /** Why nothing can be changed. */
  readonly obstacle: string | undefined;
}

function Lists({ feed, list, words, obstacle }: ListsProps) {
  const task = useTask(feed);
  const isSimulated = useAbout()?.simulated === true;
  if (!list.known) return list.error === undefined ? <Loading /> : <Unread feed={feed} why={list.error} />;
  const found = filtered(list.stacks, words);
  const [own, others] = [found.filter(({ managed }) => managed), found.filter(({ managed }) => !managed)];
  if (found.length === 0 && words !== "") {
    return (
      <EmptyState title="Nothing found">No stack, host or service has “{words}” in its name.</EmptyState>
    );
  }
  return (
    <>
      <TaskNotice task={task} />
      {own.length === 0
        ? words === "" && <NoStacks obstacle={obstacle} />
        : <StackTable feed={feed} task={task} list={list} stacks={own} label="Stacks" />}
      {others.length > 0 && (
        <Flex spacing={1} component="section" aria-labelledby="others">
          <Typography variant="h2" id="others">Other Compose projects</Typography>
          <Typography variant="body2" color="text.secondary">
            They were made elsewhere, such as in a terminal. {isSimulated
              ? "These are simulated, and nothing can be done to them."
              : "Adopt one to edit, deploy and remove it here; it goes on running meanwhile."}
          </Typography>
          <StackTable feed={feed} task={task} list={list} stacks={others} label="Other Compose projects" />
        </Flex>
      )}
    </>
  );
}

function NoStacks({ obstacle }: Pick<ListsProps, "obstacle">) {
  return (
    <EmptyState title="No stacks yet">
      A stack is a Compose file that DockStat keeps and runs.{" "}
      {obstacle ?? "“New stack” makes one: paste a compose.yaml, or write it here."}
    </EmptyState>
  );
}

function Loading() {
  return (
    <Flex spacing={1} role="status" aria-label="Loading the stacks">
      {[0, 1, 2].map((row) => <Skeleton key={row} variant="rounded" height={40} />)}
    </Flex>
  );
}

function Unread({ feed, why }: { readonly feed: StackFeed; readonly why: string }) {
  return (
    <EmptyState title="The stacks cannot be read">
      <p>{why}</p>
      <Button size="small" variant="outlined" onClick={feed.refresh}>Try again</Button>
    </EmptyState>
  );
}
