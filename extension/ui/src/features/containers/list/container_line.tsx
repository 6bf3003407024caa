import { memo, type ReactNode } from "react";
import { hrefTo } from "../../../lib/route.ts";
import { Cell } from "./cell.tsx";
import type { ColumnId } from "../model/column_ids.ts";
import { COLUMNS, cpuText, DISK, memoryText, NETWORK, pidsText, ratesText } from "../model/columns.ts";
import type { ContainerRow } from "../model/container_row.ts";
import { SparkLine } from "./spark_line.tsx";
import { StateBadge } from "../parts/state_badge.tsx";

/** Props of {@linkcode ContainerLine}. */
export interface ContainerLineProps {
  readonly row: ContainerRow;
  /** Number of changes, because the row changes in place. */
  readonly version: number;
  readonly columns: readonly ColumnId[];
  /** Number of cores that count as 100 % CPU. */
  readonly cores: number | null;
  /** Position in the table, counted from 1 including the header. */
  readonly position: number;
}

/** One container in the table. */
export const ContainerLine = memo(
  function ContainerLine({ row, columns, cores, position }: ContainerLineProps) {
    return (
      <div role="row" className={row.newest.stale ? "line stale" : "line"} aria-rowindex={position}>
        {columns.map((id) => (
          <div key={id} role="cell" className={COLUMNS[id].numeric ? "cell numeric" : "cell"}>
            {content(id, row, cores)}
          </div>
        ))}
      </div>
    );
  },
);

function content(id: ColumnId, row: ContainerRow, cores: number | null): ReactNode {
  const { newest, rates } = row;
  switch (id) {
    case "name":
      return <a href={hrefTo("containers", newest.hostId, newest.id)} title={newest.name}>{newest.name}</a>;
    case "state":
      return <StateBadge message={newest} />;
    case "cpu":
      return (
        <>
          <SparkLine ring={row.cpu} second={row.cpu.last} width={46} height={22} least={10} />
          <Cell value={cpuText(row, cores)} />
        </>
      );
    case "memory":
      return (
        <>
          <SparkLine ring={row.memory} second={row.memory.last} width={46} height={22} least={100} />
          <Cell value={memoryText(row)} />
        </>
      );
    case "network":
      return <Cell value={ratesText(row, rates.networkRx, rates.networkTx, NETWORK)} />;
    case "block":
      return <Cell value={ratesText(row, rates.blockRead, rates.blockWrite, DISK)} />;
    case "pids":
      return <Cell value={pidsText(row)} />;
    case "image":
      return <Image name={newest.image} />;
    case "status":
      return <span title={newest.status}>{newest.status}</span>;
    case "host":
      return <span title={newest.hostId}>{newest.hostId}</span>;
  }
}

/** Name of an image, truncated from the registry and folder when space is short. */
function Image({ name }: { readonly name: string }) {
  const end = name.lastIndexOf("/") + 1;
  return (
    <span className="image" title={name}>
      <span>{name.slice(0, end)}</span>
      <span>{name.slice(end)}</span>
    </span>
  );
}
