import { Stack, Typography } from "@mui/material";
import { useEffect, useState } from "react";
import { EmptyState } from "../../components/empty_state.tsx";
import { LogDownload } from "../../components/lines/log_download.tsx";
import { LogView } from "../../components/lines/log_view.tsx";
import { LiveNotice } from "../../components/live_notice.tsx";
import { useClient } from "../../lib/client.ts";
import { LABELS } from "./labels.ts";
import { LogFeed } from "./log_feed.ts";

/** Live view of DockStat's own log. */
export default function LogPage() {
  const feed = useLogFeed();
  return (
    <Stack spacing={1} sx={{ p: { xs: 1, sm: 2 }, flexGrow: 1, minHeight: 0 }}>
      <Stack direction="row" spacing={2} sx={{ alignItems: "baseline" }}>
        <Typography variant="h1">{LABELS.title}</Typography>
        <Typography
          variant="body2"
          color="text.secondary"
          noWrap
          sx={{ display: { xs: "none", sm: "block" } }}
        >
          {LABELS.subtitle}
        </Typography>
      </Stack>
      {feed !== undefined && <LiveNotice name={LABELS.title} socket={feed.socket} />}
      {feed !== undefined && (
        <LogView
          store={feed.lines}
          name={LABELS.listName}
          empty={<EmptyState title={LABELS.emptyTitle}>{LABELS.emptyText}</EmptyState>}
          controls={(state) => <LogDownload state={state} fileName="dockstat-log.txt" />}
        />
      )}
    </Stack>
  );
}

/** Opens a feed while the page shows the log, and shows its socket in the header. */
function useLogFeed(): LogFeed | undefined {
  const { transport, show } = useClient();
  const [feed, setFeed] = useState<LogFeed>();
  useEffect(() => {
    const opened = new LogFeed(transport);
    const hide = show(LABELS.title, opened.socket);
    setFeed(opened);
    return () => {
      hide();
      opened[Symbol.dispose]();
    };
  }, [transport, show]);
  return feed;
}
