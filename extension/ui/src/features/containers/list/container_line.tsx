import { memo, type ReactNode } from "react";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { hrefTo } from "../../../lib/route.ts";
import { Cell } from "./cell.tsx";
import type { ColumnId } from "../model/column_ids.ts";
import { COLUMNS, cpuText, DISK, memoryText, NETWORK, pidsText, ratesText } from "../model/columns.ts";
import type { ContainerRow } from "../model/container_row.ts";
import type { ContainerTasks } from "../model/container_tasks.ts";
import { ContainerActionBar } from "../parts/container_actions.tsx";
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
  /** True when the container has a memory limit. */
  readonly memoryLimited: boolean;
  /** Operations that the page has started. */
  readonly tasks: ContainerTasks;
  /** Shows state and image below the name, and all operations in a menu. */
  readonly narrow: boolean;
  /** Position in the table, counted from 1 including the header. */
  readonly position: number;
}

/** Factor that keeps the curve of a container without a limit below the upper edge. */
const ROOM = 1.5;

/** One container in the table. */
export const ContainerLine = memo(
  function ContainerLine({ row, columns, position, ...rest }: ContainerLineProps) {
    const { hostId, id, name, state } = row.newest;
    return (
      <div role="row" className={row.newest.stale ? "line stale" : "line"} aria-rowindex={position}>
        {columns.map((id) => (
          <div key={id} role="cell" className={COLUMNS[id].numeric ? "cell numeric" : "cell"}>
            {content(id, row, rest)}
          </div>
        ))}
        <div role="cell" className="cell actions">
          <ContainerActionBar
            tasks={rest.tasks}
            hostId={hostId}
            id={id}
            name={name}
            state={state}
            compact
            onlyMenu={rest.narrow}
          />
        </div>
      </div>
    );
  },
);

type Terms = Pick<ContainerLineProps, "cores" | "memoryLimited" | "narrow">;

function content(id: ColumnId, row: ContainerRow, { cores, memoryLimited, narrow }: Terms): ReactNode {
  const { newest, rates } = row;
  switch (id) {
    case "name":
      return <Name message={newest} narrow={narrow} />;
    case "state":
      return <StateBadge message={newest} />;
    case "cpu":
      return (
        <>
          {!narrow && <SparkLine ring={row.cpu} second={row.cpu.last} width={46} height={22} least={10} />}
          <Cell value={cpuText(row, cores)} />
        </>
      );
    case "memory":
      return (
        <>
          {!narrow && (
            <SparkLine
              ring={row.memory}
              second={row.memory.last}
              width={46}
              height={22}
              least={memoryLimited ? 100 : (newest.memoryUsage ?? 0) * ROOM}
            />
          )}
          <Cell value={memoryText(row, memoryLimited)} />
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

/** Name of a container as a link to its page. */
function Name({ message, narrow }: { readonly message: DetailedStatsMessage; readonly narrow: boolean }) {
  const { hostId, id, name, image } = message;
  const link = <a href={hrefTo("containers", hostId, id)} title={name}>{name}</a>;
  if (!narrow) return link;
  return (
    <div className="stacked">
      {link}
      <span className="second">
        <StateBadge message={message} />
        <span className="detail">{image}</span>
      </span>
    </div>
  );
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
