import { Alert, Link, Stack as Flex, TextField, Typography } from "@mui/material";
import { useState } from "react";
import { ActionButton } from "../../../components/action_button.tsx";
import { goTo, hrefTo } from "../../../lib/route.ts";
import { StackPlace } from "../editor/stack_place.tsx";
import { nameMistake } from "../editor/server_rules.ts";
import { NAVIGATION } from "../model/labels.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { FeedNotices } from "../parts/feed_notices.tsx";
import { useStackObstacle } from "../parts/obstacles.ts";
import { TaskNotice } from "../parts/task_notice.tsx";
import { useTask } from "../parts/use_task.ts";
import { nameOfRepository, repositoryAddress } from "./address.ts";
import { GitRequests } from "./git_requests.ts";
import { NEW_GIT_LABELS } from "./labels.ts";

const EMPTY = {
  name: "",
  hostId: undefined as string | undefined,
  url: "",
  branch: "main",
  path: "",
  env: "",
};

/** Form for a new stack from Git. Loaded on demand. */
export default function NewGitPage({ feed }: { readonly feed: StackFeed }) {
  const [values, setValues] = useState(EMPTY);
  const task = useTask(feed);
  const obstacle = useStackObstacle() ?? missingText(values);
  const set = (change: Partial<typeof EMPTY>) => setValues((before) => withName(before, change));
  const create = (deploy: boolean) =>
    task.run(async () => {
      const stackId = await new GitRequests(feed.contents.transport).create(bodyOf(values, deploy));
      await feed.reload();
      goTo("stacks", stackId);
    });
  const place = { name: values.name, hostId: values.hostId, compose: "", env: values.env };
  return (
    <Flex spacing={2}>
      <Link href={hrefTo("stacks")} variant="body2" sx={{ alignSelf: "flex-start" }}>
        {NAVIGATION.allStacks}
      </Link>
      <Flex direction="row" spacing={1} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="h1" sx={{ flexGrow: 1, width: { xs: "100%", sm: "auto" } }}>
          {NEW_GIT_LABELS.title}
        </Typography>
        <ActionButton
          label={NEW_GIT_LABELS.create}
          obstacle={task.asking ? NEW_GIT_LABELS.fetching : obstacle}
          onClick={() => create(false)}
        />
        <ActionButton
          label={NEW_GIT_LABELS.createAndDeploy}
          variant="contained"
          obstacle={task.asking ? NEW_GIT_LABELS.fetching : obstacle}
          onClick={() => create(true)}
        />
      </Flex>
      <FeedNotices feed={feed} />
      <TaskNotice task={task} />
      {task.asking && <Alert severity="info" role="status">{NEW_GIT_LABELS.fetching}</Alert>}
      <Typography variant="body2" color="text.secondary">{NEW_GIT_LABELS.intro}</Typography>
      <StackPlace feed={feed} values={place} isLocked={task.asking} onChange={set} />
      <SourceFields values={values} isLocked={task.asking} onChange={set} />
    </Flex>
  );
}

interface SourceFieldsProps {
  readonly values: typeof EMPTY;
  readonly isLocked: boolean;
  readonly onChange: (change: Partial<typeof EMPTY>) => void;
}

function SourceFields({ values, isLocked, onChange }: SourceFieldsProps) {
  const field = (key: "url" | "branch" | "path" | "env") => ({
    size: "small" as const,
    label: NEW_GIT_LABELS[key],
    value: values[key],
    disabled: isLocked,
    autoComplete: "off",
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange({ [key]: target.value }),
    slotProps: { htmlInput: { spellCheck: false } },
  });
  const address = repositoryAddress(values.url);
  return (
    <Flex spacing={2} sx={{ maxWidth: 756 }}>
      <TextField
        {...field("url")}
        required
        helperText={address === values.url.trim() ? NEW_GIT_LABELS.urlHint : NEW_GIT_LABELS.urlRead(address)}
      />
      <Flex direction={{ xs: "column", sm: "row" }} spacing={2}>
        <TextField {...field("branch")} required sx={{ width: { xs: "100%", sm: 220 } }} />
        <TextField {...field("path")} helperText={NEW_GIT_LABELS.pathHint} sx={{ flexGrow: 1 }} />
      </Flex>
      <TextField {...field("env")} multiline minRows={3} maxRows={12} helperText={NEW_GIT_LABELS.envHint} />
    </Flex>
  );
}

/** Names the stack for its repository until another name is typed. */
function withName(before: typeof EMPTY, change: Partial<typeof EMPTY>): typeof EMPTY {
  const isSuggested = before.name === nameOfRepository(before.url);
  const suggestion = change.url === undefined || !isSuggested ? {} : { name: nameOfRepository(change.url) };
  return { ...before, ...suggestion, ...change };
}

function missingText({ name, url, branch }: typeof EMPTY): string | undefined {
  if (name === "" || url.trim() === "" || branch.trim() === "") return NEW_GIT_LABELS.missing;
  return nameMistake(name);
}

function bodyOf({ name, hostId, url, branch, path, env }: typeof EMPTY, deploy: boolean) {
  const git = {
    url: repositoryAddress(url),
    branch: branch.trim(),
    path: path.trim().replace(/^\/+|\/+$/g, ""),
  };
  return { name, git, deploy, ...hostId === undefined ? {} : { hostId }, ...env === "" ? {} : { env } };
}
