import type { ReactNode } from "react";
import { hrefTo } from "../../../lib/route.ts";
import type { Item } from "../model/arrange.ts";
import type { ColumnId } from "../model/column_ids.ts";
import { bytesText, type CellText, COLUMNS, DISK, NETWORK, pairText, percentText } from "../model/columns.ts";
import { countParts, LABELS, MISSING } from "../model/labels.ts";
import type { Totals } from "../model/totals.ts";
import { Cell, RatesCell } from "./cell.tsx";

/** Props of {@linkcode GroupLine}. */
export interface GroupLineProps {
  readonly group: Item & { readonly kind: "group" };
  readonly position: number;
  readonly columns: readonly ColumnId[];
  /** True when the host must be named. */
  readonly severalHosts: boolean;
  /** Number of cores that count as 100 % CPU. */
  readonly cores: number | null;
  readonly onFold: (group: string) => void;
}

/** Heading of a stack in the table, with its sums in the columns of their parts. */
export function GroupLine({ group, position, columns, ...rest }: GroupLineProps) {
  const { project, hostId, totals } = group;
  // The name takes the place of an image too.
  const isWide = columns[1] === "image";
  return (
    <div role="row" className="line group" aria-rowindex={position}>
      {columns.map((id) =>
        id === "name"
          ? <NameCell key={id} group={group} isWide={isWide} {...rest} />
          : (id !== "image" || !isWide) && (
            <div key={id} role="cell" className={`cell ${COLUMNS[id].numeric ? "numeric" : ""} ${id}`}>
              {sumOf(id, totals, rest.cores)}
            </div>
          )
      )}
      <div role="cell" className="cell actions">
        {project !== null && (
          <>
            <GroupLink
              className="stack logs"
              label={LABELS.logs}
              name={LABELS.logsOf(project)}
              href={hrefTo("logs", "project", project, hostId)}
            />
            <GroupLink
              className="stack"
              label={LABELS.stack}
              name={LABELS.stackOf(project)}
              href={hrefTo("stacks", "project", hostId, project)}
            />
          </>
        )}
      </div>
    </div>
  );
}

interface NameCellProps extends Pick<GroupLineProps, "group" | "severalHosts" | "onFold"> {
  /** True for a cell over two columns. */
  readonly isWide: boolean;
}

function NameCell({ group, severalHosts, onFold, isWide }: NameCellProps) {
  const { key, project, hostId, totals, folded } = group;
  return (
    <div role="cell" className={`cell name ${isWide ? "wide" : ""}`} {...isWide && { "aria-colspan": 2 }}>
      <button
        type="button"
        className="fold"
        aria-expanded={!folded}
        onClick={() =>
          onFold(key)}
      >
        <span aria-hidden="true" className="arrow">{folded ? "▸" : "▾"}</span>
        {project ?? LABELS.otherContainers}
      </button>
      <span className="counts">
        {severalHosts && `${hostId} · `}
        <Counts totals={totals} />
      </span>
    </div>
  );
}

/** Counts of a group; a phone leaves out the word "running". */
function Counts({ totals }: { readonly totals: Totals }) {
  const [numbers, word, others] = countParts(totals);
  return (
    <>
      {numbers}
      <span className="word">{word}</span>
      {others}
    </>
  );
}

interface GroupLinkProps {
  readonly className: string;
  readonly label: string;
  /** Accessible name. */
  readonly name: string;
  readonly href: string;
}

function GroupLink({ className, label, name, href }: GroupLinkProps) {
  return (
    <a className={className} href={href} aria-label={name}>
      <span>{label}</span>
      <span aria-hidden="true">›</span>
    </a>
  );
}

/** Returns a sum; unknown values of silent hosts are left out. */
function sumOf(id: ColumnId, totals: Totals, cores: number | null): ReactNode {
  const { rates } = totals;
  const known = (value: CellText): CellText => isSilent(totals) ? { missing: MISSING.stale } : value;
  switch (id) {
    case "cpu":
      return (
        <Cell value={known(cores === null ? { missing: MISSING.cores } : percentText(totals.cpu / cores))} />
      );
    case "memory":
      return (
        <>
          <Cell value={known(bytesText(totals.memoryBytes))} />
          <span className="limit" />
        </>
      );
    case "network":
      return <RatesCell value={pairText(rates.networkRx, rates.networkTx, NETWORK.traffic)} pair={NETWORK} />;
    case "block":
      return <RatesCell value={pairText(rates.blockRead, rates.blockWrite, DISK.traffic)} pair={DISK} />;
    default:
      return null;
  }
}

function isSilent({ silent, containers }: Totals): boolean {
  return silent > 0 && silent === containers;
}
