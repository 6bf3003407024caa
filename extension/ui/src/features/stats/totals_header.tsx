import { Box, Stack, Typography } from "@mui/material";
import type { HostReport } from "../../../../../server/protocol.ts";
import { formatBytes, formatPercent } from "../../lib/format.ts";
import type { CpuScale } from "./arrange.ts";
import type { SecondsRing } from "./seconds_ring.ts";
import { SparkLine } from "./spark_line.tsx";
import type { StatsView } from "./stats_feed.ts";
import type { TotalsHistory } from "./totals.ts";

/** Props of {@linkcode TotalsHeader}. */
export interface TotalsHeaderProps {
  readonly view: StatsView;
  readonly history: TotalsHistory;
  readonly hosts: ReadonlyMap<string, HostReport> | undefined;
  readonly scale: CpuScale;
}

/** What all containers use together, and over the last ten minutes. */
export function TotalsHeader({ view: { totals, second }, history, hosts, scale }: TotalsHeaderProps) {
  const up = [...hosts?.values() ?? []].filter(({ state }) => state === "up");
  const cores = up.reduce((all, { cpus }) => all + (cpus ?? 0), 0);
  const memory = up.reduce((all, { memoryBytes }) => all + (memoryBytes ?? 0), 0);
  const ofHosts = scale === "host" && cores > 0;
  const cpu = formatPercent(ofHosts ? totals.cpu / cores : totals.cpu);
  return (
    <Stack
      direction="row"
      spacing={4}
      useFlexGap
      sx={{ px: 2, pt: 2, pb: 1, alignItems: "center", flexWrap: "wrap" }}
    >
      <Box>
        <Typography variant="h1">Containers</Typography>
        <Typography variant="body2" color="text.secondary">
          {totals.running} running of {totals.containers}
          {hosts !== undefined && hosts.size > 1 ? ` on ${hosts.size} hosts` : ""}
        </Typography>
      </Box>
      <Total
        label="CPU"
        value={cpu}
        detail={ofHosts
          ? `of ${cores} cores`
          : cores > 0
          ? `of one core; the host has ${cores}`
          : "of one core"}
        ring={history.cpu}
        second={second}
        least={10}
      />
      <Total
        label="Memory"
        value={formatBytes(totals.memoryBytes)}
        detail={memory > 0 ? `of ${formatBytes(memory)}` : ""}
        ring={history.memoryBytes}
        second={second}
        least={64 * 1024 ** 2}
      />
    </Stack>
  );
}

interface TotalProps {
  readonly label: string;
  readonly value: string;
  readonly detail: string;
  readonly ring: SecondsRing;
  readonly second: number;
  readonly least: number;
}

function Total({ label, value, detail, ring, second, least }: TotalProps) {
  return (
    <Stack direction="row" spacing={1.5} sx={{ alignItems: "center" }}>
      <Box>
        <Typography variant="body2" color="text.secondary">{label}, all containers</Typography>
        <Typography component="p" sx={{ fontVariantNumeric: "tabular-nums" }}>
          <strong>{value}</strong>{" "}
          <Typography component="span" variant="body2" color="text.secondary">{detail}</Typography>
        </Typography>
      </Box>
      <Box sx={{ color: "primary.main" }} title="The last ten minutes">
        <SparkLine ring={ring} second={second} width={200} height={36} least={least} />
      </Box>
    </Stack>
  );
}
