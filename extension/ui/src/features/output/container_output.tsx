import { LinearProgress } from "@mui/material";
import { useEffect, useState } from "react";
import { EmptyState } from "../../components/empty_state.tsx";
import { LogDownload } from "../../components/lines/log_download.tsx";
import { LogView } from "../../components/lines/log_view.tsx";
import { LiveNotice } from "../../components/live_notice.tsx";
import { useAbout, useClient } from "../../lib/client.ts";
import { timeOfCursor } from "../../lib/lines/log_paging.ts";
import { hrefTo, useRoute } from "../../lib/route.ts";
import { LABELS } from "./labels.ts";
import { NoOutput } from "./no_output.tsx";
import { OutputFeed } from "./output_feed.ts";
import { cursorOf } from "./output_pages.ts";
import type { ContainerKey } from "./output_target.ts";

/** Props of {@linkcode ContainerOutput}. */
export interface ContainerOutputProps extends ContainerKey {
  /** Name of the container. */
  readonly name: string;
}

/** Live logs of a container, for users with the token. */
export default function ContainerOutput(props: ContainerOutputProps) {
  const { hostId, containerId } = props;
  const about = useAbout();
  if (about === undefined) return <LinearProgress aria-label={LABELS.loading} />;
  if (about.access === "full") {
    return <Output key={`${hostId}/${containerId}`} {...props} />;
  }
  return <EmptyState title={LABELS.signInTitle}>{LABELS.signInText}</EmptyState>;
}

function Output({ hostId, containerId, name }: ContainerOutputProps) {
  const feed = useOutputFeed(hostId, containerId);
  useLinkedLine(feed);
  if (feed === undefined) return null;
  return (
    <>
      <LiveNotice name={LABELS.socket} socket={feed.socket} />
      <LogView
        store={feed.lines}
        paging={feed.paging}
        wholeLog={feed.search}
        name={LABELS.listName}
        linkTo={({ head }) => {
          const lines = feed.lines.view.value.entries.map((entry) => entry.head);
          const link = hrefTo("containers", hostId, containerId, "logs", cursorOf(head, lines));
          return new URL(link, location.href).href;
        }}
        empty={<NoOutput socket={feed.socket} />}
        controls={(state) => (
          <LogDownload
            state={state}
            archive={feed.archive}
            fileName={`${name}.log.txt`}
          />
        )}
      />
    </>
  );
}

/** Opens the line in the address, such as `…/logs/2026-08-01T12:00:00.123456789Z_0`. */
function useLinkedLine(feed: OutputFeed | undefined): void {
  const cursor = useRoute().find((part) => timeOfCursor(part) !== undefined);
  useEffect(() => {
    if (cursor !== undefined) void feed?.paging.open(cursor);
  }, [feed, cursor]);
}

/** Opens a feed while the page shows the container, and shows its socket in the header. */
function useOutputFeed(hostId: string, containerId: string): OutputFeed | undefined {
  const { transport, show } = useClient();
  const [feed, setFeed] = useState<OutputFeed>();
  useEffect(() => {
    const opened = new OutputFeed(transport, { containers: [{ hostId, containerId }] });
    const hide = show(LABELS.socket, opened.socket);
    setFeed(opened);
    return () => {
      hide();
      opened[Symbol.dispose]();
    };
  }, [transport, show, hostId, containerId]);
  return feed;
}
