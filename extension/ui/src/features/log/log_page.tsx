import { MenuItem, Stack, TextField, Typography } from "@mui/material";
import { useEffect, useState } from "react";
import type { LevelName } from "../../../../../server/protocol/log.ts";
import { EmptyState } from "../../components/empty_state.tsx";
import { IN_PLACE } from "../../components/in_place.ts";
import { LineList } from "../../components/line_list.tsx";
import { LiveNotice } from "../../components/live_notice.tsx";
import { useClient } from "../../lib/client.ts";
import { useRemembered } from "../../lib/remembered.ts";
import { LogFeed } from "./log_feed.ts";

/** The levels as people choose them. */
const LEVELS: Readonly<Record<LevelName, string>> = {
  DEBUG: "All levels",
  INFO: "INFO and above",
  WARN: "WARN and above",
  ERROR: "ERROR and above",
  FATAL: "FATAL only",
};

/** DockStat's own log, as it is written. */
export default function LogPage() {
  const [level, setLevel] = useRemembered<LevelName>("log.level", "DEBUG", isLevel);
  const feed = useLogFeed(level);
  return (
    <Stack spacing={1.5} sx={{ p: 2, flexGrow: 1, minHeight: 0 }}>
      <div>
        <Typography variant="h1">Log</Typography>
        <Typography variant="body2" color="text.secondary">
          What DockStat itself reports. What a container writes is on the container's own page.
        </Typography>
      </div>
      {feed !== undefined && <LiveNotice name="Log" socket={feed.socket} />}
      {feed !== undefined && (
        <LineList
          key={level}
          store={feed.lines}
          name="DockStat's log"
          fileName="dockstat-log.txt"
          empty={
            <EmptyState title={level === "DEBUG" ? "No lines yet" : `No lines: ${LEVELS[level]}`}>
              {hintOf(level)}
            </EmptyState>
          }
        >
          <TextField
            select
            size="small"
            label="Level"
            value={level}
            onChange={({ target }) => isLevel(target.value) && setLevel(target.value)}
            sx={{ minWidth: 170 }}
            slotProps={IN_PLACE}
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

/** A feed for as long as the level is the same; the header shows its socket. */
function useLogFeed(level: LevelName): LogFeed | undefined {
  const { transport, show } = useClient();
  const [feed, setFeed] = useState<LogFeed>();
  useEffect(() => {
    const opened = new LogFeed(transport, level);
    const hide = show("Log", opened.socket);
    setFeed(opened);
    return () => {
      hide();
      opened[Symbol.dispose]();
    };
  }, [transport, show, level]);
  return feed?.level === level ? feed : undefined;
}

function isLevel(value: unknown): value is LevelName {
  return typeof value === "string" && value in LEVELS;
}

function hintOf(level: LevelName): string {
  return level === "DEBUG"
    ? "They appear here as they are written. A server that was started with “--log-level debug” says more."
    : "They appear here as they are written. A lower level shows more.";
}
