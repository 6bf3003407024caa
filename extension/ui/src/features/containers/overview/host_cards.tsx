import { Button } from "@mui/material";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { Meter } from "../../../components/design/meter.tsx";
import { StateMark } from "../../../components/design/state_mark.tsx";
import { COLORS } from "../../../components/design/tokens.ts";
import { formatBytesOf, formatShare, formatTime } from "../../../lib/format.ts";
import { hrefTo, useQuery } from "../../../lib/route.ts";
import type { HostRow } from "../model/host_usage.ts";
import { describeCounts } from "../model/labels.ts";
import type { StatsView } from "../model/stats_feed.ts";
import { Frame } from "./host_card_frame.tsx";
import { allHosts, type HostFacts, hostFacts, sharesOf } from "./host_facts.ts";
import { HOST_LABELS } from "./labels.ts";
import { LoadCurve } from "./load_curve.tsx";

/** Number of hosts from which one card sums them up, and on a phone. */
const [MOST_CARDS, MOST_ON_PHONE] = [3, 1];

/** Height of a card, and on a phone, px; reserved until the hosts are known, so that nothing moves. */
const [CARD_PX, PHONE_PX] = [54, 48];

/** Props of {@linkcode HostCards}. */
export interface HostCardsProps {
  readonly hosts: ReadonlyMap<string, HostReport> | undefined;
  readonly view: Pick<StatsView, "totals" | "usage">;
  /** Leaves out load and names, for a phone. */
  readonly narrow: boolean;
}

/** CPU, memory, disk and load of each host; one card sums up many hosts. */
export function HostCards({ hosts, view: { totals, usage }, narrow }: HostCardsProps) {
  const [query, change] = useQuery();
  const all = [...hosts?.values() ?? []].map((host) =>
    hostFacts(host, totals.get(host.hostId), usage.get(host.hostId))
  ).sort((one, other) => Number(other.silentSince !== null) - Number(one.silentSince !== null));
  const isMany = all.length > (narrow ? MOST_ON_PHONE : MOST_CARDS);
  // Without the load, the values of three cards fit beside each other.
  const isTight = all.length === MOST_CARDS;
  const isOpen = query.has("hosts");
  return (
    <Frame role="region" aria-label={HOST_LABELS.region} className={narrow ? "narrow" : ""}>
      {hosts === undefined && <div className="card" style={{ height: narrow ? PHONE_PX : CARD_PX }} />}
      {isMany && (
        <Card facts={allHosts(all, HOST_LABELS.all(all.length))} row={undefined} narrow={narrow} isSum>
          <Button
            size="small"
            aria-expanded={isOpen}
            onClick={() =>
              change({ hosts: isOpen ? null : "all" })}
          >
            {isOpen ? HOST_LABELS.hide : HOST_LABELS.show}
          </Button>
        </Card>
      )}
      {hosts !== undefined && (!isMany || isOpen) && (
        <div className={`cards ${isMany ? "many" : isTight ? "tight" : "loose"}`}>
          {all.map((facts) => (
            <Card
              key={facts.hostId}
              facts={facts}
              row={usage.get(facts.hostId)}
              narrow={narrow || isMany || isTight}
              isShort={narrow || all.length > 1}
              isNamed={all.length > 1}
            />
          ))}
        </div>
      )}
    </Frame>
  );
}

interface CardProps {
  readonly facts: HostFacts;
  readonly row: HostRow | undefined;
  readonly narrow: boolean;
  /** True where several cards share a row, which has no room for amounts. */
  readonly isShort?: boolean;
  readonly isSum?: boolean;
  readonly isNamed?: boolean;
  readonly children?: React.ReactNode;
}

function Card(
  { facts, row, narrow, isShort = narrow, isSum = false, isNamed = true, children }: CardProps,
) {
  const { hostId, silentSince, totals } = facts;
  const counts = describeCounts(totals);
  return (
    <section className="card" aria-label={hostId}>
      {(!narrow || isNamed || isSum) && (
        <div className="name">
          <strong>{isNamed && !isSum ? <HostFilter hostId={hostId} /> : hostId}</strong>
          <span className="counts" title={counts}>{counts}</span>
        </div>
      )}
      {silentSince === null
        ? <Meters {...{ facts, row, narrow, isShort, isSum }} />
        : (
          <div className="silent">
            <StateMark tone="bad" aria-hidden="true" />
            {HOST_LABELS.silent(formatTime(silentSince))}
          </div>
        )}
      {children}
    </section>
  );
}

/** Name of a host; a click shows only its containers, and a second click those of all hosts. */
function HostFilter({ hostId }: { readonly hostId: string }) {
  const [query, change] = useQuery();
  const isChosen = query.get("host") === hostId;
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      title={isChosen ? HOST_LABELS.everyHost : HOST_LABELS.onlyHost}
      onClick={() => change({ host: isChosen ? null : hostId })}
    >
      {hostId}
    </button>
  );
}

function Meters(
  { facts, row, narrow, isShort, isSum }: Required<
    Pick<CardProps, "facts" | "row" | "narrow" | "isShort" | "isSum">
  >,
) {
  const shares = sharesOf(facts);
  const { memoryBytes, memoryTotalBytes, diskUsedBytes, diskTotalBytes, cores, loads } = facts;
  const help = facts.ofContainers ? HOST_LABELS.ofContainers : undefined;
  const memory = amount(memoryBytes, memoryTotalBytes);
  return (
    <>
      <Meter
        label={isShort || cores === null
          ? HOST_LABELS.cpu
          : `${HOST_LABELS.cpu}, ${HOST_LABELS.cores(cores)}`}
        value={percent(shares.cpu)}
        percent={shares.cpu}
        color={COLORS.cpu}
        help={help}
      />
      <Meter
        label={HOST_LABELS.memory}
        value={isShort ? percent(shares.memory) : memory ?? DASH}
        percent={shares.memory}
        color={COLORS.memory}
        help={help ?? (isShort ? memory : undefined)}
      />
      <Meter
        label={isSum && !narrow ? HOST_LABELS.fullestDisk : HOST_LABELS.disk}
        value={isShort ? percent(shares.disk) : amount(diskUsedBytes, diskTotalBytes) ?? DASH}
        percent={shares.disk}
        color={COLORS.disk}
        help={HOST_LABELS.diskHelp}
        href={hrefTo("resources")}
      />
      {!narrow && !isSum && (
        <Meter
          label={HOST_LABELS.load}
          value={loads === null ? DASH : loads[0].toFixed(2)}
          percent={null}
          color={COLORS.inkQuiet}
          help={loads === null ? undefined : loadsHelp(loads)}
        >
          {row !== undefined && loads !== null && <LoadCurve row={row} cores={cores ?? 1} />}
        </Meter>
      )}
    </>
  );
}

/** Returns an amount such as "2.00 of 8.00 GiB"; `undefined` when a part of it is unknown. */
function amount(used: number | null, total: number | null): string | undefined {
  if (used === null || total === null) return undefined;
  return formatBytesOf(used, total);
}

function loadsHelp([one, five, fifteen]: NonNullable<HostFacts["loads"]>): string {
  return HOST_LABELS.loads(one.toFixed(2), five.toFixed(2), fifteen.toFixed(2));
}

/** Unknown value. */
const DASH = <span className="quiet" role="img" aria-label={HOST_LABELS.unknown}>–</span>;

function percent(share: number | null) {
  return share === null ? DASH : formatShare(share);
}
