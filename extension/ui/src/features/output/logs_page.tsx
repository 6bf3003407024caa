import { LinearProgress, Stack, Typography, useTheme } from "@mui/material";
import { useEffect, useMemo, useState } from "react";
import { EmptyState } from "../../components/empty_state.tsx";
import { LogDownload } from "../../components/lines/log_download.tsx";
import { SOURCE_COLORS } from "../../components/lines/log_sheet.ts";
import type { SourceLook } from "../../components/lines/log_source.ts";
import { LogView } from "../../components/lines/log_view.tsx";
import { LiveNotice } from "../../components/live_notice.tsx";
import { useAbout, useClient } from "../../lib/client.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { LABELS } from "./labels.ts";
import { LogChoice } from "./log_choice.tsx";
import { NoOutput } from "./no_output.tsx";
import { OutputFeed, type OutputSource } from "./output_feed.ts";
import type { OutputTarget } from "./output_target.ts";
import { SourceChips } from "./source_chips.tsx";
import { fileNameOf, targetOfPath } from "./target_path.ts";
import { type KnownContainer, useContainers } from "./use_containers.ts";

/** Merged logs of a project, or of chosen containers. */
export default function LogsPage({ path }: { readonly path: readonly string[] }) {
  const access = useAbout()?.access;
  if (access === undefined) return <LinearProgress aria-label={LABELS.loading} />;
  if (access !== "full") {
    return <EmptyState heading="h1" title={LABELS.signInTitle}>{LABELS.signInText}</EmptyState>;
  }
  return <Page path={path} />;
}

function Page({ path }: { readonly path: readonly string[] }) {
  const containers = useContainers();
  const key = path.join("/");
  // Another object would open another feed.
  const isKnown = path[0] !== "all" || containers !== undefined;
  const target = useMemo(() => targetOfPath(path, containers), [key, isKnown]);
  return (
    <Stack spacing={1} sx={{ p: { xs: 1, sm: 2 }, flexGrow: 1, minHeight: 0 }}>
      <Stack direction="row" spacing={2} sx={{ alignItems: "center" }}>
        <Typography variant="h1">{LABELS.logsTitle}</Typography>
        <LogChoice path={path} containers={containers ?? NO_CONTAINERS} />
      </Stack>
      {target === undefined
        ? <EmptyState title={LABELS.choiceTitle}>{LABELS.choiceText}</EmptyState>
        : <Merged key={key} target={target} fileName={fileNameOf(path)} />}
    </Stack>
  );
}

const NO_CONTAINERS: readonly KnownContainer[] = [];

function Merged({ target, fileName }: { readonly target: OutputTarget; readonly fileName: string }) {
  const feed = useMergedFeed(target);
  return feed === undefined ? null : <MergedLog feed={feed} fileName={fileName} />;
}

function MergedLog({ feed, fileName }: { readonly feed: OutputFeed; readonly fileName: string }) {
  const found = useObservable(feed.sources);
  const sources = useSources(found);
  const [muted, setMuted] = useState<ReadonlySet<string>>(new Set());
  return (
    <>
      <LiveNotice name={LABELS.socket} socket={feed.socket} />
      <SourceChips sources={sources} muted={muted} onMuted={setMuted} />
      <LogView
        store={feed.lines}
        paging={feed.paging}
        wholeLog={feed.search}
        sources={sources}
        muted={muted}
        name={LABELS.mergedName}
        empty={<NoOutput socket={feed.socket} />}
        controls={(state) => <LogDownload state={state} archive={feed.archive} fileName={fileName} />}
      />
    </>
  );
}

/** Gives each container a color, in the order of their names. */
function useSources(found: readonly OutputSource[]): ReadonlyMap<string, SourceLook> {
  const colors = SOURCE_COLORS[useTheme().palette.mode];
  return useMemo(
    () =>
      new Map(
        found.map((
          { containerId, name },
          index,
        ) => [containerId, { name, color: colors[index % colors.length]! }]),
      ),
    [found, colors],
  );
}

/** Opens a feed while the page shows the log, and shows its socket in the header. */
function useMergedFeed(target: OutputTarget): OutputFeed | undefined {
  const { transport, show } = useClient();
  const [feed, setFeed] = useState<OutputFeed>();
  useEffect(() => {
    const opened = new OutputFeed(transport, target);
    const hide = show(LABELS.socket, opened.socket);
    setFeed(opened);
    return () => {
      hide();
      opened[Symbol.dispose]();
    };
  }, [transport, show, target]);
  return feed;
}
