import { Box, Typography } from "@mui/material";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { PAGE_LABELS } from "../model/labels_page.ts";
import { PortList } from "../properties/port_list.tsx";
import type { PortView } from "../../../lib/published_ports.ts";
import { type FactScope, headingFacts } from "./heading_facts.ts";
import type { RunFacts } from "./run_facts.ts";

/** Props of {@linkcode FactLine}. */
export interface FactLineProps {
  readonly message: DetailedStatsMessage;
  readonly runs: RunFacts;
  readonly scope: FactScope;
  /** Published ports. */
  readonly ports: readonly PortView[];
}

/** Image, status, usage, ports and host of a container, in one line. */
export function FactLine({ message, runs, scope, ports }: FactLineProps) {
  return (
    <Box
      sx={{
        gridArea: "facts",
        display: "flex",
        flexWrap: "wrap",
        columnGap: 2.75,
        minWidth: 0,
        color: "text.secondary",
        fontVariantNumeric: "tabular-nums",
        pb: { xs: 0.5, sm: 0 },
      }}
    >
      {headingFacts(message, runs, scope).map(({ key, label, value, rest }) => (
        <Typography key={key} variant="body2" noWrap title={value} sx={{ maxWidth: "100%" }}>
          {label !== undefined && `${label} `}
          <Box component="span" sx={{ color: label === undefined ? undefined : "text.primary" }}>{value}</Box>
          {rest !== undefined && ` ${rest}`}
        </Typography>
      ))}
      {ports.length > 0 && (
        <Box sx={{ display: "flex", gap: 0.75 }}>
          <Typography variant="body2">{PAGE_LABELS.ports}</Typography>
          <PortList ports={ports} />
        </Box>
      )}
    </Box>
  );
}
