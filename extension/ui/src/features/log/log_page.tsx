import { MenuItem, Stack, TextField, Typography } from "@mui/material";
import { useEffect, useState } from "react";
import type { LevelName } from "../../../../../server/protocol/log.ts";
import { EmptyState } from "../../components/empty_state.tsx";
import { MENU_IN_MAIN } from "../../components/main_element.ts";
import { LineList } from "../../components/line_list.tsx";
import { LiveNotice } from "../../components/live_notice.tsx";
import { useClient } from "../../lib/client.ts";
import { useStoredState } from "../../lib/use_stored_state.ts";
import { emptyHint, emptyTitle, LABELS, LEVELS } from "./labels.ts";
import { LogFeed } from "./log_feed.ts";

/** Live view of DockStat's own log. */
export default function LogPage() {
  const [level, setLevel] = useStoredState<LevelName>("log.level", "DEBUG", isLevel);
  const feed = useLogFeed(level);
  return (
    <Stack spacing={1.5} sx={{ p: 2, flexGrow: 1, minHeight: 0 }}>
      <div>
        <Typography variant="h1">{LABELS.title}</Typography>
        <Typography variant="body2" color="text.secondary">
          {LABELS.subtitle}
        </Typography>
      </div>
      {feed !== undefined && <LiveNotice name={LABELS.title} socket={feed.socket} />}
      {feed !== undefined && (
        <LineList
          key={level}
          store={feed.lines}
          name={LABELS.listName}
          fileName="dockstat-log.txt"
          empty={<EmptyState title={emptyTitle(level)}>{emptyHint(level)}</EmptyState>}
        >
          <TextField
            select
            size="small"
            label={LABELS.level}
            value={level}
            onChange={({ target }) => isLevel(target.value) && setLevel(target.value)}
            sx={{ minWidth: 170 }}
            slotProps={MENU_IN_MAIN}
          >
            {Object.entries(LEVELS).map(([name, label]) => (
              <MenuItem key={name} value={name}>{label}</MenuItem>
            ))}
          </TextField>
        </LineList>
      )}
    </Stack>
  );
}

/** Opens a feed for a level, and shows its socket in the header. */
function useLogFeed(level: LevelName): LogFeed | undefined {
  const { transport, show } = useClient();
  const [feed, setFeed] = useState<LogFeed>();
  useEffect(() => {
    const opened = new LogFeed(transport, level);
    const hide = show(LABELS.title, opened.socket);
    setFeed(opened);
    return () => {
      hide();
      opened[Symbol.dispose]();
    };
  }, [transport, show, level]);
  return feed?.level === level ? feed : undefined;
}

function isLevel(value: unknown): value is LevelName {
  return typeof value === "string" && Object.hasOwn(LEVELS, value);
}
