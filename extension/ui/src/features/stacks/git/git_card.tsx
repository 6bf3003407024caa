import { Alert, AlertTitle, Box, Stack as Flex, Typography } from "@mui/material";
import { useState } from "react";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { COLORS } from "../../../components/design/tokens.ts";
import { formatTime } from "../../../lib/format.ts";
import { busyObstacle, useStackObstacle } from "../parts/obstacles.ts";
import { useLoaded } from "../parts/use_loaded.ts";
import type { StackTaskProps } from "../parts/use_task.ts";
import { AutomaticDialog } from "./automatic_dialog.tsx";
import { GitRequests, type StackGit } from "./git_requests.ts";
import { automaticText, GIT_LABELS, shortCommit } from "./labels.ts";
import { PullDialog } from "./pull_dialog.tsx";

/** Props of {@linkcode GitCard}. */
export interface GitCardProps extends StackTaskProps {
  /** Its newest operation, after which the card is loaded again. */
  readonly newest: Operation | undefined;
}

/** The Git side of a stack; nothing for a stack that does not come from Git. Loaded on demand. */
export default function GitCard({ feed, task, stack, newest }: GitCardProps) {
  const [open, setOpen] = useState<"pull" | "automatic">();
  const [changes, setChanges] = useState(0);
  const obstacle = useStackObstacle();
  const requests = new GitRequests(feed.contents.transport);
  const stackId = stack.stack_id!;
  const key = [stackId, newest?.operation_id, newest?.state, changes].join();
  const { value: git } = useLoaded(feed, key, (signal) => requests.state(stackId, signal));
  if (git === undefined || git === null) return null;
  const close = () => setOpen(undefined);
  return (
    <Box
      component="section"
      aria-label={GIT_LABELS.title}
      sx={{ border: `1px solid ${COLORS.line}`, borderRadius: 1, bgcolor: COLORS.panel, p: 2 }}
    >
      <Flex direction="row" spacing={1} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap", mb: 1 }}>
        <Typography variant="h2" sx={{ flexGrow: 1 }}>{GIT_LABELS.title}</Typography>
        <ActionButton
          label={GIT_LABELS.change}
          help={GIT_LABELS.changeHelp}
          obstacle={obstacle}
          variant="text"
          onClick={() => setOpen("automatic")}
        />
        <ActionButton
          label={GIT_LABELS.check}
          help={GIT_LABELS.checkHelp}
          obstacle={obstacle ?? busyObstacle(stack)}
          onClick={() => setOpen("pull")}
        />
      </Flex>
      <Facts git={git} />
      {git.error !== null && (
        <Alert severity="warning" sx={{ mt: 1, overflowWrap: "anywhere" }}>
          <AlertTitle>{GIT_LABELS.problem}</AlertTitle>
          {git.error}
        </Alert>
      )}
      {open === "pull" && <PullDialog {...{ feed, task, stack, requests }} onClose={close} />}
      {open === "automatic" && (
        <AutomaticDialog
          {...{ feed, stackId, requests, git }}
          onChanged={() => setChanges((before) => before + 1)}
          onClose={close}
        />
      )}
    </Box>
  );
}

function Facts({ git }: { readonly git: StackGit }) {
  const { url, branch, path, commit, pulled_at } = git;
  const facts = [
    [GIT_LABELS.repository, `${url} · ${branch} · ${path}`],
    [GIT_LABELS.commit, GIT_LABELS.pulled(shortCommit(commit), formatTime(Date.parse(pulled_at)))],
    [GIT_LABELS.automatic, automaticText(git)],
  ] as const;
  return (
    <Box
      component="dl"
      sx={{
        display: "grid",
        gridTemplateColumns: { xs: "minmax(0, 1fr)", sm: "140px minmax(0, 1fr)" },
        columnGap: 2,
        rowGap: 0.5,
        m: 0,
        typography: "body2",
        overflowWrap: "anywhere",
      }}
    >
      {facts.flatMap(([name, text]) => [
        <Box key={name} component="dt" sx={{ color: "text.secondary" }}>{name}</Box>,
        <Box key={`${name} text`} component="dd" sx={{ m: 0 }}>{text}</Box>,
      ])}
    </Box>
  );
}
