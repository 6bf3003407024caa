import { Box } from "@mui/material";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { StateMark, Tag } from "../../../components/design/state_mark.tsx";
import { staleState } from "../model/labels.ts";
import { stateLook } from "./state_look.ts";

/** State and health of a container, as shape, color and text. */
export function StateBadge({ message }: { readonly message: DetailedStatsMessage }) {
  const { tone, name, tag } = stateLook({ newest: message, restartedAt: -Infinity }, Date.now());
  return (
    <Box
      component="span"
      title={message.stale ? staleState(message.state) : message.status}
      sx={{ display: "inline-flex", alignItems: "center", gap: 1 }}
    >
      <StateMark tone={tone} aria-hidden="true" />
      <Tag tone={tone}>{tag ?? name}</Tag>
    </Box>
  );
}
