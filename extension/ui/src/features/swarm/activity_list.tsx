import { Box, Typography } from "@mui/material";
import type { Operation } from "../../../../../server/protocol/operations.ts";
import { PanelList } from "../../components/design/panel_list.ts";
import { StateMark, type Tone } from "../../components/design/state_mark.tsx";
import { formatTime } from "../../lib/format.ts";
import { doingText, LABELS } from "./labels.ts";

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

/** Running operations of a swarm and the newest that has ended, through any of its managers and from any client. */
export function ActivityList({ operations }: { readonly operations: readonly Operation[] }) {
  const newest = operations.find((one) => !isOpen(one));
  const shown = [...operations.filter(isOpen), ...newest === undefined ? [] : [newest]];
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
