import { Box, Button, styled } from "@mui/material";
import { type CSSProperties, lazy, Suspense, useState } from "react";
import { StateMark } from "../../../components/design/state_mark.tsx";
import { COLORS, PANEL, TABULAR } from "../../../components/design/tokens.ts";
import { loadWithRetry } from "../../../lib/load_with_retry.ts";
import { hrefTo } from "../../../lib/route.ts";
import type { AttentionItem } from "../attention/attention.ts";
import { ATTENTION_LABELS } from "../attention/labels.ts";
import type { ContainerTasks } from "../model/container_tasks.ts";
import { ContainerActionBar } from "../parts/container_actions.tsx";

/** Loaded with the first unhealthy container. */
const HealthOutput = lazy(() => loadWithRetry(() => import("./health_output.tsx")));

/** Number of problems that are shown at first; more have one line each, and the rest unfolds. */
const [MOST_CARDS, MOST_LINES] = [3, 6];

/** Props of {@linkcode AttentionPanel}. */
export interface AttentionPanelProps {
  readonly items: readonly AttentionItem[];
  /** Operations that the page has started. */
  readonly tasks: ContainerTasks;
  /** Shows fewer problems at first, for a phone. */
  readonly narrow: boolean;
}

/** Everything that needs attention: what, since when, and why. Renders nothing when all is well. */
export function AttentionPanel({ items, tasks, narrow }: AttentionPanelProps) {
  const [isOpen, setOpen] = useState(false);
  if (items.length === 0) return null;
  const isDense = !narrow && items.length > MOST_CARDS;
  const most = narrow ? MOST_CARDS : MOST_LINES;
  const shown = isOpen || items.length <= most ? items : items.slice(0, most - 1);
  const hidden = items.length - shown.length;
  return (
    <Panel
      role="region"
      aria-label={ATTENTION_LABELS.region}
      className={isDense ? "dense" : ""}
      style={{ "--across": across(shown.length + Number(hidden > 0)) } as CSSProperties}
    >
      <ul>
        {shown.map((item) => (
          <Problem key={item.key} item={item} tasks={tasks} isDense={isDense} narrow={narrow} />
        ))}
        {hidden > 0 && (
          <li className="more">
            <Button fullWidth onClick={() => setOpen(true)}>{ATTENTION_LABELS.more(hidden)}</Button>
          </li>
        )}
      </ul>
    </Panel>
  );
}

/** Returns the number of cards in a row that leaves no hole: two rows of two instead of three and one. */
function across(cards: number): number {
  return cards === 4 ? 2 : Math.min(cards, 3);
}

interface ProblemProps {
  readonly item: AttentionItem;
  readonly tasks: ContainerTasks;
  readonly isDense: boolean;
  readonly narrow: boolean;
}

function Problem({ item, tasks, isDense, narrow }: ProblemProps) {
  const { tone, row, name, problem, detail } = item;
  return (
    <li className="problem">
      <StateMark tone={tone} aria-hidden="true" />
      <div className="text">
        <div className="title">
          {row === undefined
            ? <strong>{name}</strong>
            : <a href={hrefTo("containers", row.newest.hostId, row.newest.id)}>{name}</a>}{" "}
          <span>{problem}</span>
        </div>
        <div className="detail" title={detail}>
          {detail}
          {row?.newest.health === "unhealthy" && (
            <Suspense>
              <HealthOutput message={row.newest} />
            </Suspense>
          )}
        </div>
      </div>
      {row !== undefined && (
        <Box className="actions">
          {!isDense && !narrow && (
            <Button
              variant="outlined"
              href={hrefTo("containers", row.newest.hostId, row.newest.id, "logs")}
              aria-label={ATTENTION_LABELS.logsOf(name)}
            >
              {ATTENTION_LABELS.logs}
            </Button>
          )}
          <ContainerActionBar
            tasks={tasks}
            hostId={row.newest.hostId}
            id={row.newest.id}
            name={name}
            state={row.newest.state}
            compact
            onlyMenu
          />
        </Box>
      )}
    </li>
  );
}

const Panel = styled("div")({
  "& ul": {
    display: "grid",
    gridTemplateColumns:
      "repeat(auto-fit, minmax(min(100%, max(400px, calc(100% / var(--across) - 10px))), 1fr))",
    gap: 10,
    margin: 0,
    padding: 0,
    listStyle: "none",
  },
  "& .problem": {
    ...PANEL,
    ...TABULAR,
    display: "flex",
    alignItems: "center",
    gap: 10,
    padding: "7px 6px 7px 12px",
  },
  "& .text": { minWidth: 0, flexGrow: 1 },
  "& .title, & .detail": { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  "& .title": { color: COLORS.inkMuted },
  "& .title a, & strong": {
    color: COLORS.ink,
    fontWeight: 600,
    textDecoration: "none",
    unicodeBidi: "isolate",
  },
  "& .title a:hover": { textDecoration: "underline" },
  "& .detail": { color: COLORS.inkMuted },
  "& .actions": { display: "flex", gap: 4, flexShrink: 0, alignItems: "center" },
  "& .more": { display: "flex", alignItems: "center" },
  "&.dense .problem": { padding: "1px 4px 1px 12px", minHeight: 32, boxSizing: "border-box" },
  "&.dense .text": { display: "flex", gap: 8 },
  "&.dense .title": { flexShrink: 0, maxWidth: "70%" },
  "&.dense .detail": { minWidth: 0, color: COLORS.inkQuiet },
  "&.dense ul": { gap: 6 },
  "@media (pointer: coarse)": { "& .MuiButtonBase-root": { minWidth: 44, minHeight: 44 } },
});
