import { Alert, Box, Button, CircularProgress, Link, Stack as Flex, Typography } from "@mui/material";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { ActionButton } from "../../components/action_button.tsx";
import { EmptyState } from "../../components/empty_state.tsx";
import { Loading } from "../../components/loading.tsx";
import { PartLoading } from "../../components/part_loading.tsx";
import { useAbout, useClient, useObstacle } from "../../lib/client.ts";
import { loadWithRetry } from "../../lib/load_with_retry.ts";
import { useQuery } from "../../lib/route.ts";
import { CLEANUP, KIND_VIEWS, type KindView, LABELS } from "./labels.ts";
import { sendRemoval } from "./requests.ts";
import { arrange, hasUse, type Order, type ResourceRow, totalOf, type Use, USES } from "./resource_row.ts";
import { ResourceTable } from "./resource_table.tsx";
import { Toolbar, ViewTabs } from "./toolbar.tsx";
import { type Removal, useRemoval } from "./use_removal.ts";
import { type HostRows, type LoadedRows, useRows } from "./use_rows.ts";

const RemovalDialog = lazy(() => loadWithRetry(() => import("./removal_dialog.tsx")));
const CleanupDialog = lazy(() => loadWithRetry(() => import("./cleanup_dialog.tsx")));

/** Page of images, volumes and networks. */
export default function ResourcesPage({ path: [name] }: { readonly path: readonly string[] }) {
  const view = KIND_VIEWS.find((one) => one === name) ?? "images";
  const about = useAbout();
  const mayRead = about === undefined ? undefined : about.access === "full";
  const loaded = useRows(view, mayRead === true);
  const [cleaning, setCleaning] = useState(false);
  return (
    <Box
      role="region"
      aria-label={LABELS.title}
      tabIndex={0}
      sx={{ flexGrow: 1, minHeight: 0, overflow: "auto" }}
    >
      <Flex spacing={1.25} sx={{ p: { xs: 1, sm: 2 }, pt: { xs: 1, sm: 1.5 }, maxWidth: 1920, mx: "auto" }}>
        <Flex direction="row" useFlexGap sx={{ alignItems: "center", flexWrap: "wrap", gap: 1 }}>
          <Typography variant="h1" sx={{ mr: 1 }}>{LABELS.title}</Typography>
          <ViewTabs view={view} />
          <Box sx={{ ml: "auto" }}>
            <ActionButton
              label={LABELS.cleanUp}
              help={CLEANUP.intro}
              obstacle={useRemovalObstacle()}
              onClick={() => setCleaning(true)}
            />
          </Box>
        </Flex>
        {mayRead === false && <EmptyState title={LABELS.signIn}>{LABELS.signInText}</EmptyState>}
        {mayRead === true && <List key={view} view={view} loaded={loaded} />}
      </Flex>
      {cleaning && (
        <Suspense fallback={<PartLoading />}>
          <CleanupDialog
            hostIds={loaded.hostIds}
            onClose={() => setCleaning(false)}
            onRemoved={loaded.reload}
          />
        </Suspense>
      )}
    </Box>
  );
}

/** Returns the reason why nothing can be removed; `undefined` when something can. */
function useRemovalObstacle(): string | undefined {
  const obstacle = useObstacle();
  return useAbout()?.simulated === true ? LABELS.simulated : obstacle;
}

interface ListProps {
  readonly view: KindView;
  readonly loaded: LoadedRows;
}

function List({ view, loaded: { lists, hostIds, reload } }: ListProps) {
  const [query, change] = useQuery();
  const [order, setOrder] = useState<Order>(
    view === "networks" ? { column: "name", descending: false } : { column: "size", descending: true },
  );
  const removal = useRemoval(reload);
  const [host, search] = [query.get("host"), query.get("q") ?? ""];
  const use = USES.find((one) => one === query.get("use")) ?? "all";
  const rows = useMemo(
    () => (lists ?? []).filter(({ hostId }) => host === null || hostId === host).flatMap((list) => list.rows),
    [lists, host],
  );
  const shown = useMemo(() => arrange(rows, { search, use }, order), [rows, search, use, order]);
  const sort = useCallback(
    (column: Order["column"]) =>
      setOrder((before) => ({ column, descending: before.column === column && !before.descending })),
    [],
  );
  if (lists === undefined) return <Loading />;
  // Nothing is known, so neither counts nor an empty list would be true.
  if (lists.length > 0 && lists.every(({ failure }) => failure !== undefined)) {
    return <Notices lists={lists} removal={removal} onRetry={reload} />;
  }
  return (
    <>
      <Notices lists={lists} removal={removal} onRetry={reload} />
      <Toolbar
        {...{ use, search, hostIds, host }}
        counts={countsOf(rows)}
        onUse={(next) => change({ use: next === "all" ? null : next })}
        onSearch={(next) => change({ q: next === "" ? null : next })}
        onHost={(next) => change({ host: next })}
      />
      {shown.length === 0
        ? <Nothing view={view} filtered={rows.length > 0} onClear={() => change({ q: null, use: null })} />
        : <Items {...{ view, shown, order, removal }} onOrder={sort} severalHosts={hostIds.length > 1} />}
    </>
  );
}

function countsOf(rows: readonly ResourceRow[]): Readonly<Record<Use, number>> {
  const count = (use: Use) => rows.filter((row) => hasUse(row, use)).length;
  return { all: count("all"), unused: count("unused"), used: count("used") };
}

interface ItemsProps {
  readonly view: KindView;
  readonly shown: readonly ResourceRow[];
  readonly order: Order;
  readonly onOrder: (column: Order["column"]) => void;
  readonly severalHosts: boolean;
  readonly removal: Removal;
}

/** The table, and the dialog that removes one item. */
function Items({ shown, removal, ...table }: ItemsProps) {
  const { transport } = useClient();
  const [removing, setRemoving] = useState<ResourceRow>();
  const obstacle = useRemovalObstacle();
  const isBusy = removal.state?.phase === "running";
  return (
    <>
      <ResourceTable
        {...table}
        rows={shown}
        obstacle={obstacle ?? (isBusy ? LABELS.busy : undefined)}
        onRemove={setRemoving}
      />
      <Typography variant="body2" color="text.secondary">
        {LABELS.total(shown.length, totalOf(shown))}
      </Typography>
      {removing !== undefined && (
        <Suspense fallback={<PartLoading />}>
          <RemovalDialog
            row={removing}
            onCancel={() => setRemoving(undefined)}
            onRemove={(tag) => {
              setRemoving(undefined);
              void removal.run(() => sendRemoval(transport, removing, tag));
            }}
          />
        </Suspense>
      )}
    </>
  );
}

interface NoticesProps {
  readonly lists: readonly HostRows[];
  readonly removal: Removal;
  readonly onRetry: () => void;
}

/** Hosts that cannot be read, and the removal that runs or has ended. */
function Notices({ lists, removal: { state, dismiss }, onRetry }: NoticesProps) {
  return (
    <>
      {lists.filter(({ failure }) => failure !== undefined).map(({ hostId, failure = "" }) => (
        <Alert
          key={hostId}
          severity="warning"
          sx={NOTICE}
          action={<Button size="small" color="inherit" onClick={onRetry}>{LABELS.retry}</Button>}
        >
          {hostId === "" ? failure : LABELS.failed(hostId, failure)}
        </Alert>
      ))}
      {state?.phase === "running" && (
        <Alert
          severity="info"
          role="status"
          icon={<CircularProgress size={18} aria-hidden="true" />}
          sx={NOTICE}
        >
          {state.message ?? CLEANUP.removing}
        </Alert>
      )}
      {state !== undefined && state.phase !== "running" && (
        <Alert
          severity={state.phase === "failed" ? "error" : "success"}
          role={state.phase === "failed" ? "alert" : "status"}
          onClose={dismiss}
          sx={NOTICE}
        >
          {state.message}
        </Alert>
      )}
    </>
  );
}

const NOTICE = { py: 0, overflowWrap: "anywhere" } as const;

interface NothingProps {
  readonly view: KindView;
  readonly filtered: boolean;
  readonly onClear: () => void;
}

function Nothing({ view, filtered, onClear }: NothingProps) {
  if (!filtered) return <EmptyState title={LABELS.emptyTitle(view)}>{LABELS.emptyText[view]}</EmptyState>;
  return (
    <EmptyState title={LABELS.noMatches}>
      <Link component="button" onClick={onClear}>{LABELS.clear}</Link>
    </EmptyState>
  );
}
