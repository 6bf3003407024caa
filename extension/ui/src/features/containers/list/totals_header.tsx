import { Box, Stack, Typography } from "@mui/material";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { formatBytes, formatPercent } from "../../../lib/format.ts";
import type { CpuScale } from "../model/arrange.ts";
import { describeCounts, LABELS } from "../model/labels.ts";
import type { SecondsRing } from "../model/seconds_ring.ts";
import { SparkLine } from "./spark_line.tsx";
import type { StatsView } from "../model/stats_feed.ts";
import type { TotalsHistory } from "../model/totals.ts";

/** Props of {@linkcode TotalsHeader}. */
export interface TotalsHeaderProps {
  readonly view: StatsView;
  readonly history: TotalsHistory;
  readonly hosts: ReadonlyMap<string, HostReport> | undefined;
  readonly scale: CpuScale;
}

/** Total usage of all containers, with its last ten minutes. */
export function TotalsHeader({ view: { totals, second }, history, hosts, scale }: TotalsHeaderProps) {
  const { cores, memoryBytes } = capacityOf(hosts);
  const ofHosts = scale === "host" && cores > 0;
  // Values of silent hosts are unknown.
  const known = totals.silent === 0 || totals.silent < totals.containers;
  const cpu = formatPercent(ofHosts ? totals.cpu / cores : totals.cpu);
  const ofOne = cores > 0 ? `of one core (${cores} available)` : "of one core";
  return (
    <Stack
      direction="row"
      spacing={4}
      useFlexGap
      sx={{ px: 2, pt: 2, pb: 1, alignItems: "center", flexWrap: "wrap" }}
    >
      <Box>
        <Typography variant="h1">{LABELS.containers}</Typography>
        <Typography variant="body2" color="text.secondary">
          {describeCounts(totals, hosts?.size ?? 1)}
        </Typography>
      </Box>
      <Total
        label={LABELS.cpu}
        value={known ? cpu : LABELS.notAvailable}
        detail={!known ? "" : ofHosts ? `of ${cores} cores` : ofOne}
        ring={history.cpu}
        second={second}
        least={10}
      />
      <Total
        label={LABELS.memory}
        value={known ? formatBytes(totals.memoryBytes) : LABELS.notAvailable}
        detail={known && memoryBytes > 0 ? `of ${formatBytes(memoryBytes)}` : ""}
        ring={history.memoryBytes}
        second={second}
        least={64 * 1024 ** 2}
      />
    </Stack>
  );
}

/** Returns the total capacity of the reachable hosts. */
function capacityOf(
  hosts: TotalsHeaderProps["hosts"],
): { readonly cores: number; readonly memoryBytes: number } {
  let [cores, memoryBytes] = [0, 0];
  for (const { state, ...host } of hosts?.values() ?? []) {
    if (state !== "up") continue;
    cores += host.cpus ?? 0;
    memoryBytes += host.memoryBytes ?? 0;
  }
  return { cores, memoryBytes };
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
        <Typography variant="body2" color="text.secondary">{label}</Typography>
        <Typography component="p" sx={{ fontVariantNumeric: "tabular-nums" }}>
          <strong>{value}</strong>{" "}
          <Typography component="span" variant="body2" color="text.secondary">{detail}</Typography>
        </Typography>
      </Box>
      <Box sx={{ color: "primary.main" }} title={LABELS.lastTenMinutes}>
        <SparkLine ring={ring} second={second} width={200} height={36} least={least} />
      </Box>
    </Stack>
  );
}
