import { Box, LinearProgress, Link, type Theme, useMediaQuery } from "@mui/material";
import { lazy, type RefObject, Suspense, useMemo, useRef } from "react";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { EmptyState } from "../../../components/empty_state.tsx";
import { useShowsHidden } from "../../../components/hidden_switch.tsx";
import { LiveNotice } from "../../../components/live_notice.tsx";
import { VISUALLY_HIDDEN } from "../../../components/visually_hidden.ts";
import { useScrollMemory } from "./use_scroll_memory.ts";
import { withoutHidden } from "../../../lib/hidden.ts";
import { loadWithRetry } from "../../../lib/load_with_retry.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { arrange, hasState, type Item, STATE_FILTERS, type StateFilter } from "../model/arrange.ts";
import type { ColumnId } from "../model/column_ids.ts";
import type { ContainerRow } from "../model/container_row.ts";
import { withLabel } from "../overview/host_labels.ts";
import { LABELS } from "../model/labels.ts";
import { nextOrder, type Preferences, usePreferences } from "../model/preferences.ts";
import type { StatsFeed, StatsView } from "../model/stats_feed.ts";
import { AttentionPanel } from "../overview/attention_panel.tsx";
import { HostCards } from "../overview/host_cards.tsx";
import { useAttention } from "../overview/use_attention.ts";
import { ConfigurationNotice } from "../parts/configuration_notice.tsx";
import { TaskNotices } from "../parts/task_notices.tsx";
import { ContainersTable } from "./containers_table.tsx";
import { ContainersToolbar } from "./containers_toolbar.tsx";
import { SelectionArea } from "./selection/selection_area.tsx";
import { type ListState, useListState } from "./use_list_state.ts";
import { useStableOrder } from "./use_stable_order.ts";

const NightLink = lazy(() => loadWithRetry(() => import("../report/night_link.tsx")));

/** Page of all containers, below what needs attention and the hosts. */
export function ContainersPage({ feed }: { readonly feed: StatsFeed }) {
  const view = useObservable(feed.view);
  const hosts = useObservable(feed.hosts);
  const narrow = useMediaQuery<Theme>(({ breakpoints }) => breakpoints.down("sm"));
  const { filters: { label } } = useListState();
  const labelled = useMemo(() => withLabel(hosts, label), [hosts, label]);
  const scroller = useRef<HTMLDivElement>(null);
  useScrollMemory(scroller, view.rows.length > 0);
  return (
    <Box ref={scroller} role="region" aria-label={LABELS.containersRegion} tabIndex={0} sx={SCROLLER}>
      <Box sx={PAGE}>
        <Box component="h1" tabIndex={-1} sx={VISUALLY_HIDDEN}>{LABELS.containers}</Box>
        <LiveNotice name={LABELS.statisticsSocket} socket={feed.socket} />
        <ConfigurationNotice feed={feed} />
        <TaskNotices tasks={feed.tasks} onlyFailures />
        <AttentionPanel items={useAttention(feed)} tasks={feed.tasks} narrow={narrow} />
        <HostCards hosts={labelled} view={view} narrow={narrow} />
        <List {...{ feed, view, hosts, labelled, scroller }} />
      </Box>
    </Box>
  );
}

interface ListProps {
  readonly feed: StatsFeed;
  readonly view: StatsView;
  readonly hosts: ReadonlyMap<string, HostReport> | undefined;
  /** Hosts with the label of the filter. */
  readonly labelled: ReadonlyMap<string, HostReport> | undefined;
  readonly scroller: RefObject<HTMLElement>;
}

/** Filters and table. */
function List({ feed, view: all, hosts, labelled, scroller }: ListProps) {
  const view = useOnHosts(useShown(all), hosts === labelled ? undefined : labelled);
  const [preferences, setPreferences] = usePreferences();
  const state = useListState();
  const order = state.order ?? preferences.order;
  const inUse = useRef(false);
  const items = useItems(view, state, { ...preferences, order }, inUse);
  const sort = (column: ColumnId) => {
    const next = nextOrder(order, column);
    setPreferences({ order: next });
    state.setOrder(next);
  };
  return (
    <>
      <ContainersToolbar
        filters={state.filters}
        onFilters={state.setFilters}
        counts={useCounts(view, state.filters.host)}
        preferences={preferences}
        onPreferences={setPreferences}
        order={order}
        onOrder={sort}
        hosts={hosts}
        hidden={useMemo(() => all.rows.length - withoutHidden(all.rows).length, [all.rows])}
      >
        <Suspense>
          <NightLink />
        </Suspense>
      </ContainersToolbar>
      {items.length > 0
        ? (
          <SelectionArea items={items} tasks={feed.tasks} filterKey={JSON.stringify(state.filters)}>
            <ContainersTable
              {...{ items, hosts, order, scroller, inUse }}
              tasks={feed.tasks}
              columns={preferences.columns}
              scale={preferences.scale}
              compact={preferences.compact}
              onOrder={sort}
              onFold={state.fold}
            />
          </SelectionArea>
        )
        : <NoContainers feed={feed} filtered={view.rows.length > 0} onClear={() => state.setFilters(ANY)} />}
    </>
  );
}

const ANY = { search: "", state: "all", host: null, label: null } as const;
const SCROLLER = { flexGrow: 1, minHeight: 0, overflow: "auto" } as const;
/** The padding is not on the scrolling element, where it would move the sticky heading. */
const PAGE = {
  display: "flex",
  flexDirection: "column",
  gap: "10px",
  p: { xs: 1, sm: 2 },
  pt: { xs: 1, sm: 1.5 },
  maxWidth: 1920,
  mx: "auto",
  "& > *": { flexShrink: 0 },
} as const;

/** Returns the snapshot without hidden containers, unless the address shows them. */
function useShown(view: StatsView): StatsView {
  const showsHidden = useShowsHidden();
  return useMemo(
    () => showsHidden ? view : { ...view, rows: withoutHidden(view.rows) },
    [view, showsHidden],
  );
}

/** Returns the snapshot with the containers of some hosts; of all hosts without them. */
function useOnHosts(view: StatsView, hosts: ReadonlyMap<string, HostReport> | undefined): StatsView {
  return useMemo(
    () =>
      hosts === undefined
        ? view
        : { ...view, rows: view.rows.filter(({ newest }) => hosts.has(newest.hostId)) },
    [view, hosts],
  );
}

function useItems(
  { rows, now }: StatsView,
  { filters, folded }: ListState,
  { grouped, order }: Preferences,
  inUse: { readonly current: boolean },
): readonly Item[] {
  const sortBy = useStableOrder(rows, order, inUse, now);
  return useMemo(
    () => arrange(rows, { ...filters, grouped, folded, sortBy, descending: false, now }),
    [rows, now, filters, grouped, folded, sortBy],
  );
}

/** Returns the number of containers that each filter by state shows. */
function useCounts(
  { rows, now }: StatsView,
  host: string | null,
): Readonly<Record<StateFilter, number>> {
  return useMemo(() => {
    const counts: Record<StateFilter, number> = { all: 0, unhealthy: 0, running: 0, stopped: 0 };
    const count = (row: ContainerRow) => {
      for (const state of STATE_FILTERS) if (hasState(row, state, now)) counts[state]++;
    };
    rows.filter(({ newest }) => host === null || newest.hostId === host).forEach(count);
    return counts;
  }, [rows, now, host]);
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
  if (feed.view.value.rows.length > 0) {
    return <EmptyState title={LABELS.allHiddenTitle}>{LABELS.allHiddenText}</EmptyState>;
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
