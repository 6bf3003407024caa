import { Box } from "@mui/material";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { TOUCH_TARGETS } from "../../components/design/touch.ts";
import { Loading } from "../../components/loading.tsx";
import { loadWithRetry } from "../../lib/load_with_retry.ts";
import { EditStackPage } from "./editor/edit_stack_page.tsx";
import { NewStackPage } from "./editor/new_stack_page.tsx";
import { type ProjectLogs, StackLogsPage } from "./contents/stack_logs_page.tsx";
import { FilesPage } from "./contents/files_page.tsx";
import { VersionPage } from "./contents/version_page.tsx";
import { VersionsPage } from "./contents/versions_page.tsx";
import { StackListPage } from "./list/stack_list_page.tsx";
import { StackPage } from "./detail/stack_page.tsx";
import type { GitCardProps } from "./git/git_card.tsx";
import type { StackFeed } from "./model/stack_feed.ts";

const NewGitPage = lazy(() => loadWithRetry(() => import("./git/new_git_page.tsx")));
const GitCard = lazy(() => loadWithRetry(() => import("./git/git_card.tsx")));

/** Props of {@linkcode StacksPage}. */
export interface StacksPageProps {
  readonly feed: StackFeed;
  /** Parts after `#/stacks/`: none, `new`, `new-git`, `project/HOST/NAME`, `12`, `12/edit`, `12/logs`, `12/files/PATH`, `12/versions/3`. */
  readonly path: readonly string[];
  /** Returns the logs of a project. */
  readonly logs: ProjectLogs;
}

/** Pages about stacks. */
export default function StacksPage({ feed, path, logs }: StacksPageProps) {
  useEffect(feed.look, [feed]);
  const stackKey = keyOfLogs(path);
  if (stackKey !== undefined) {
    return (
      <Box sx={{ display: "flex", flexGrow: 1, minHeight: 0, p: { xs: 1, sm: 2 } }}>
        <StackLogsPage key={stackKey} feed={feed} stackKey={stackKey} logs={logs} />
      </Box>
    );
  }
  return (
    <Box sx={{ flexGrow: 1, minHeight: 0, overflow: "auto", p: { xs: 1, sm: 2 }, ...TOUCH_TARGETS }}>
      {pageOf(feed, path)}
    </Box>
  );
}

/** Returns the key of the stack whose logs a path names: `12/logs`, or `project/HOST/NAME/logs`. */
function keyOfLogs([first, second, third, fourth]: readonly string[]): string | undefined {
  if (first === "project") return fourth === "logs" ? `${second}/${third}` : undefined;
  return second === "logs" ? `#${first}` : undefined;
}

function pageOf(feed: StackFeed, [first, second, third]: readonly string[]) {
  if (first === undefined) return <StackListPage feed={feed} />;
  if (first === "new") return <NewStackPage feed={feed} />;
  if (first === "new-git") {
    return (
      <Suspense fallback={<Loading />}>
        <NewGitPage feed={feed} />
      </Suspense>
    );
  }
  if (first === "project" && second !== undefined && third !== undefined) {
    return <StackPage key={`${second}/${third}`} feed={feed} stackKey={`${second}/${third}`} />;
  }
  const page = second === undefined ? undefined : ownPage(feed, Number(first), second, third);
  if (page !== undefined) return page;
  return <StackPage key={first} feed={feed} stackKey={`#${first}`} gitCard={gitCard} />;
}

function gitCard(props: GitCardProps): ReactNode {
  return (
    <Suspense fallback={null}>
      <GitCard {...props} />
    </Suspense>
  );
}

/** Page of one stack besides its overview; `undefined` for an unknown one. */
function ownPage(feed: StackFeed, stackId: number, page: string, item: string | undefined) {
  const key = `${stackId}/${item}`;
  switch (page) {
    case "edit":
      return <EditStackPage key={key} feed={feed} stackId={stackId} line={Number(item) || undefined} />;
    case "files":
      return item === undefined
        ? <FilesPage key={key} feed={feed} stackId={stackId} />
        : <EditStackPage key={key} feed={feed} stackId={stackId} file={{ path: item, isNew: false }} />;
    case "new-file":
      return item && (
        <EditStackPage key={`new/${key}`} feed={feed} stackId={stackId} file={{ path: item, isNew: true }} />
      );
    case "versions":
      return item === undefined
        ? <VersionsPage key={key} feed={feed} stackId={stackId} />
        : <VersionPage key={key} feed={feed} stackId={stackId} version={Number(item)} />;
    default:
      return undefined;
  }
}
