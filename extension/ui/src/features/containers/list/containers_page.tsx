import { LinearProgress, Link } from "@mui/material";
import { useMemo, useState } from "react";
import { EmptyState } from "../../../components/empty_state.tsx";
import { LiveNotice } from "../../../components/live_notice.tsx";
import { useObservable } from "../../../lib/use_observable.ts";
import { arrange } from "../model/arrange.ts";
import { COLUMNS } from "../model/columns.ts";
import { LABELS } from "../model/labels.ts";
import { ContainersTable } from "./containers_table.tsx";
import { ContainersToolbar, type Filters } from "./containers_toolbar.tsx";
import { HostNotices } from "../parts/host_notices.tsx";
import { nextOrder, usePreferences } from "../model/preferences.ts";
import { TaskNotices } from "../parts/task_notices.tsx";
import type { StatsFeed } from "../model/stats_feed.ts";
import { TotalsHeader } from "./totals_header.tsx";

const ANY: Filters = { search: "", state: "all", host: null };

/** All containers of all hosts. */
export function ContainersPage({ feed }: { readonly feed: StatsFeed }) {
  const view = useObservable(feed.view);
  const hosts = useObservable(feed.hosts);
  const [preferences, setPreferences] = usePreferences();
  const [filters, setFilters] = useState(ANY);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const { order, grouped, columns, scale } = preferences;
  const items = useMemo(
    () =>
      arrange(view.rows, {
        ...filters,
        grouped,
        folded,
        sortBy: COLUMNS[order.column].sortBy,
        descending: order.descending,
      }),
    [view, filters, grouped, folded, order],
  );
  const hostIds = useMemo(() => [...hosts?.keys() ?? []], [hosts]);
  const fold = (group: string) => setFolded(toggled(folded, group));
  return (
    <>
      <TotalsHeader view={view} history={feed.history} hosts={hosts} scale={scale} />
      <LiveNotice name={LABELS.statisticsSocket} socket={feed.socket} />
      <HostNotices hosts={hosts} />
      <TaskNotices tasks={feed.tasks} onlyFailures />
      <ContainersToolbar
        filters={filters}
        onFilters={(changed) => setFilters({ ...filters, ...changed })}
        preferences={preferences}
        onPreferences={setPreferences}
        hostIds={hostIds}
      />
      {items.length > 0
        ? (
          <ContainersTable
            items={items}
            tasks={feed.tasks}
            columns={columns}
            scale={scale}
            hosts={hosts}
            order={order}
            onOrder={(column) => setPreferences({ order: nextOrder(order, column) })}
            onFold={fold}
          />
        )
        : <NoContainers feed={feed} filtered={view.rows.length > 0} onClear={() => setFilters(ANY)} />}
    </>
  );
}

function toggled(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

/** Placeholder that explains an empty table. */
function NoContainers(
  { feed, filtered, onClear }: {
    readonly feed: StatsFeed;
    readonly filtered: boolean;
    readonly onClear: () => void;
  },
) {
  const hosts = [...useObservable(feed.hosts)?.values() ?? []];
  const { phase } = useObservable(feed.socket.state);
  if (filtered) {
    return (
      <EmptyState title={LABELS.noMatchesTitle}>
        <Link component="button" onClick={onClear}>{LABELS.clearFilters}</Link>
      </EmptyState>
    );
  }
  if (phase === "waiting" || phase === "refused") {
    return <EmptyState title={LABELS.waiting} />;
  }
  if (hosts.length > 0 && hosts.every(({ state }) => state === "down")) {
    return <EmptyState title={LABELS.hostsDownTitle}>{LABELS.hostsDownText}</EmptyState>;
  }
  if (hosts.some(({ containers }) => containers !== 0)) {
    return <LinearProgress aria-label={LABELS.waitingForNumbers} />;
  }
  if (hosts.length === 0) return <LinearProgress aria-label={LABELS.connecting} />;
  return <EmptyState title={LABELS.noContainersTitle}>{LABELS.noContainersText}</EmptyState>;
}
