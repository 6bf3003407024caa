import { Box, Button, Link, MenuItem, Stack, TextField, Typography } from "@mui/material";
import { useMemo, useState } from "react";
import { EmptyState } from "../../../components/empty_state.tsx";
import { MENU_IN_MAIN } from "../../../components/main_element.ts";
import { useAbout } from "../../../lib/client.ts";
import { useQuery } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import type { StatsFeed } from "../model/stats_feed.ts";
import { hostFacts } from "../overview/host_facts.ts";
import { ConfigurationNotice } from "../parts/configuration_notice.tsx";
import { AddHostDialog } from "./add_host_dialog.tsx";
import { labelsOf } from "../overview/host_labels.ts";
import { type HostRow, matching } from "./host_rows.ts";
import { HostsTable } from "./hosts_table.tsx";
import { LABELS } from "./labels.ts";
import { RemoveHostDialog } from "./remove_host_dialog.tsx";

/** All hosts with their sums by label; hosts are added and removed here. */
export default function HostsPage({ feed }: { readonly feed: StatsFeed }) {
  const [query, change] = useQuery();
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<string>();
  const about = useAbout();
  const mayChange = about?.access === "full" && !about.readOnly && !about.simulated;
  const rows = useHostRows(feed);
  const labels = labelsOf(rows.map(({ report }) => report));
  const label = labels.find((text) => text === query.get("label")) ?? null;
  const shown = matching(rows, label, query.get("q") ?? "");
  const refresh = () => void feed.refreshHosts();
  return (
    <Box role="region" aria-label={LABELS.title} tabIndex={0} sx={PAGE}>
      <Toolbar labels={labels} label={label} onAdd={mayChange ? () => setAdding(true) : undefined} />
      <ConfigurationNotice feed={feed} />
      {shown.length > 0
        ? <HostsTable rows={shown} onRemove={mayChange ? setRemoved : undefined} />
        : rows.length > 0 && (
          <EmptyState title={LABELS.noMatches}>
            <Link component="button" onClick={() => change({ label: null, q: null })}>{LABELS.showAll}</Link>
          </EmptyState>
        )}
      {isAdding && <AddHostDialog onClose={() => setAdding(false)} onAdded={refresh} />}
      {removed !== undefined && (
        <RemoveHostDialog
          hostId={removed}
          onClose={() => setRemoved(undefined)}
          onRemoved={refresh}
        />
      )}
    </Box>
  );
}

interface ToolbarProps {
  readonly labels: readonly string[];
  readonly label: string | null;
  /** Opens the form; `undefined` for clients that may not add hosts. */
  readonly onAdd: (() => void) | undefined;
}

/** Title, filters, and the button for a new host. */
function Toolbar({ labels, label, onAdd }: ToolbarProps) {
  const [query, change] = useQuery();
  return (
    <Stack direction="row" useFlexGap spacing={1} sx={{ alignItems: "center", flexWrap: "wrap", mb: 1.5 }}>
      <Typography variant="h1" tabIndex={-1} sx={{ mr: "auto" }}>{LABELS.title}</Typography>
      {labels.length > 0 && (
        <LabelField
          labels={labels}
          value={label}
          onChange={(text) => change({ label: text })}
        />
      )}
      <TextField
        type="search"
        size="small"
        placeholder={LABELS.search}
        value={query.get("q") ?? ""}
        onChange={({ target }) =>
          change({ q: target.value || null })}
        slotProps={{ htmlInput: { "aria-label": LABELS.search } }}
      />
      {onAdd !== undefined && (
        <Button size="small" variant="contained" disableElevation onClick={onAdd}>{LABELS.add}</Button>
      )}
    </Stack>
  );
}

function useHostRows(feed: StatsFeed): readonly HostRow[] {
  const hosts = useObservable(feed.hosts);
  const { totals, usage } = useObservable(feed.view);
  return useMemo(
    () =>
      [...hosts?.values() ?? []].map((report) => ({
        report,
        facts: hostFacts(report, totals.get(report.hostId), usage.get(report.hostId)),
      })),
    [hosts, totals, usage],
  );
}

const ALL = "";

function LabelField(
  { labels, value, onChange }: {
    readonly labels: readonly string[];
    readonly value: string | null;
    readonly onChange: (label: string | null) => void;
  },
) {
  return (
    <TextField
      select
      size="small"
      value={value ?? ALL}
      onChange={({ target }) => onChange(target.value === ALL ? null : target.value)}
      sx={{ minWidth: 130 }}
      slotProps={{
        select: {
          ...MENU_IN_MAIN.select,
          displayEmpty: true,
          SelectDisplayProps: { "aria-label": LABELS.label },
        },
      }}
    >
      <MenuItem value={ALL}>{LABELS.allLabels}</MenuItem>
      {labels.map((text) => <MenuItem key={text} value={text}>{text}</MenuItem>)}
    </TextField>
  );
}

const PAGE = { p: { xs: 1, sm: 2 }, overflow: "auto", flexGrow: 1 } as const;
