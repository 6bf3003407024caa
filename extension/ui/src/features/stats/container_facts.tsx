import { Box, Typography } from "@mui/material";
import type { DetailedStatsMessage } from "../../../../../server/protocol.ts";
import { formatBytes } from "../../lib/format.ts";

/** What a container is, as pairs of names and values. */
export function ContainerFacts({ message }: { readonly message: DetailedStatsMessage }) {
  return (
    <Box
      component="dl"
      sx={{
        display: "grid",
        gridTemplateColumns: { xs: "max-content 1fr", md: "max-content 1fr max-content 1fr" },
        columnGap: 2,
        rowGap: 0.5,
        m: 0,
      }}
    >
      {facts(message).map(([name, value]) => (
        <Box key={name} sx={{ display: "contents" }}>
          <Typography component="dt" variant="body2" color="text.secondary">{name}</Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0, overflowWrap: "anywhere" }}>
            {value}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

function facts(message: DetailedStatsMessage): readonly (readonly [name: string, value: string])[] {
  const {
    image,
    status,
    health,
    project,
    service,
    hostId,
    id,
    pids,
    networkRxBytes,
    networkTxBytes,
    blockReadBytes,
    blockWriteBytes,
  } = message;
  return [
    ["Image", image],
    ["Status", status],
    ["Health", health ?? "no health check"],
    [
      "Compose",
      project === null ? "no project" : `project ${project}${service === null ? "" : `, service ${service}`}`,
    ],
    ["Host", hostId],
    ["Container id", id],
    ["Processes", pids === null ? "n/a: the engine does not count them" : String(pids)],
    ["Network since its start", pair(networkRxBytes, "in", networkTxBytes, "out")],
    ["Disk since its start", pair(blockReadBytes, "read", blockWriteBytes, "written")],
  ];
}

function pair(one: number | null, oneWord: string, other: number | null, otherWord: string): string {
  if (one === null && other === null) return "n/a: the engine does not tell";
  const said = (bytes: number | null) => bytes === null ? "n/a" : formatBytes(bytes);
  return `${said(one)} ${oneWord}, ${said(other)} ${otherWord}`;
}
