import { useTheme } from "@mui/material";
import { useEffect, useMemo, useState } from "react";
import { LogDownload } from "../../components/lines/log_download.tsx";
import { SOURCE_COLORS } from "../../components/lines/log_sheet.ts";
import type { SourceLook } from "../../components/lines/log_source.ts";
import { LogView } from "../../components/lines/log_view.tsx";
import { LiveNotice } from "../../components/live_notice.tsx";
import { useClient } from "../../lib/client.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { LABELS } from "./labels.ts";
import { NoOutput } from "./no_output.tsx";
import { OutputFeed, type OutputSource } from "./output_feed.ts";
import type { OutputTarget } from "./output_target.ts";
import { shortNames } from "./short_names.ts";
import { SourceChips } from "./source_chips.tsx";

/** Props of {@linkcode MergedLog}. */
export interface MergedLogProps {
  /** Another object opens another feed. */
  readonly target: OutputTarget;
  readonly fileName: string;
}

/** Live logs of several containers as one list. */
export function MergedLog({ target, fileName }: MergedLogProps) {
  const feed = useMergedFeed(target);
  return feed === undefined ? null : <FeedLog feed={feed} fileName={fileName} />;
}

function FeedLog({ feed, fileName }: { readonly feed: OutputFeed; readonly fileName: string }) {
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
  return useMemo(() => {
    const short = shortNames(found.map(({ name }) => name));
    return new Map(
      found.map(({ containerId, name }, index) => [
        containerId,
        { name, shortName: short[index]!, color: colors[index % colors.length]! },
      ]),
    );
  }, [found, colors]);
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
