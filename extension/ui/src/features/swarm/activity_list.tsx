import { Box, Typography } from "@mui/material";
import type { Operation } from "../../../../../server/protocol/operations.ts";
import { PanelList } from "../../components/design/panel_list.ts";
import { StateMark, type Tone } from "../../components/design/state_mark.tsx";
import { formatTime } from "../../lib/format.ts";
import { doingText, LABELS } from "./labels.ts";

/** Number of shown operations that have ended. */
const MOST_ENDED = 3;
const TONES: Readonly<Partial<Record<Operation["state"], Tone>>> = {
  queued: "careful",
  running: "careful",
  succeeded: "good",
  failed: "bad",
};

/** Returns true while an operation has not ended. */
export function isOpen({ state }: Pick<Operation, "state">): boolean {
  return state === "queued" || state === "running";
}

/** Running and newest operations of a swarm, through any of its managers and from any client. */
export function ActivityList({ operations }: { readonly operations: readonly Operation[] }) {
  const ended = operations.filter((one) => !isOpen(one)).slice(0, MOST_ENDED);
  const shown = [...operations.filter(isOpen), ...ended];
  if (shown.length === 0) return null;
  return (
    <Box component="section" aria-label={LABELS.activity}>
      <Typography variant="h2" sx={{ mb: 1 }}>{LABELS.activity}</Typography>
      <PanelList>
        {shown.map((one) => <OperationLine key={one.operation_id} operation={one} />)}
      </PanelList>
    </Box>
  );
}

function OperationLine({ operation }: { readonly operation: Operation }) {
  const { state, hostId, created_at, ended_at, error } = operation;
  const time = formatTime(Date.parse(ended_at ?? created_at));
  return (
    <Box
      component="li"
      sx={{ "&&": { display: "flex", flexWrap: "wrap", columnGap: 1, alignItems: "center" } }}
    >
      <StateMark tone={TONES[state] ?? "off"} aria-hidden="true" />
      <Typography variant="body2" sx={{ overflowWrap: "anywhere" }}>{doingText(operation)}</Typography>
      <Typography variant="body2" color="text.secondary">
        {`${state}, ${time}, ${LABELS.through(hostId)}`}
      </Typography>
      {error !== null && (
        <Typography variant="body2" color="error" sx={{ overflowWrap: "anywhere" }}>
          {error.split("\n", 1)[0]}
        </Typography>
      )}
    </Box>
  );
}
