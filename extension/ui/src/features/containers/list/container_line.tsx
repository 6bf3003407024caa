import { memo, type ReactNode, startTransition, useEffect, useState } from "react";
import { StateMark, Tag } from "../../../components/design/state_mark.tsx";
import { NewerImageMark } from "../../../components/newer_image_mark.tsx";
import { imageKey } from "../../../components/newer_images.ts";
import { hrefTo } from "../../../lib/route.ts";
import { Bar } from "../../../components/design/meter.tsx";
import { COLORS } from "../../../components/design/tokens.ts";
import { formatBytes } from "../../../lib/format.ts";
import { Cell, RatesCell } from "./cell.tsx";
import type { ColumnId } from "../model/column_ids.ts";
import {
  COLUMNS,
  cpuText,
  DISK,
  isLive,
  memoryText,
  NETWORK,
  pidsText,
  ratesText,
} from "../model/columns.ts";
import type { ContainerRow } from "../model/container_row.ts";
import type { ContainerTasks } from "../model/container_tasks.ts";
import { LABELS } from "../model/labels.ts";
import { ContainerActionBar } from "../parts/container_actions.tsx";
import { type StateLook, stateLook } from "../parts/state_look.ts";
import { SelectBox } from "./selection/select_box.tsx";
import { SparkLine } from "./spark_line.tsx";

/** Props of {@linkcode ContainerLine}. */
export interface ContainerLineProps {
  readonly row: ContainerRow;
  /** True for the only container of its group. */
  readonly single: boolean;
  /** Number of changes, because the row changes in place. */
  readonly version: number;
  readonly columns: readonly ColumnId[];
  /** Number of cores that count as 100 % CPU. */
  readonly cores: number | null;
  /** True when the container has a memory limit. */
  readonly memoryLimited: boolean;
  /** Operations that the page has started. */
  readonly tasks: ContainerTasks;
  /** Shows a card of two lines, and all operations in a menu. */
  readonly narrow: boolean;
  /** Position in the table, counted from 1 including the header. */
  readonly position: number;
}

/** One container in the table. The whole row is the link of its name. */
export const ContainerLine = memo(
  function ContainerLine({ row, single, columns, position, ...rest }: ContainerLineProps) {
    const { hostId, id, name, state, stale } = row.newest;
    const look = stateLook(row, Date.now());
    // Buttons that appear under the pointer are rendered between other work.
    const hasActions = useLater() || rest.narrow;
    return (
      <div
        role="row"
        className={`line ${stale ? "stale" : ""} ${single ? "single" : ""}`}
        aria-rowindex={position}
      >
        {columns.map((column) => (
          <div
            key={column}
            role="cell"
            className={`cell ${COLUMNS[column].numeric ? "numeric" : ""} ${column}`}
          >
            {content(column, row, look, rest)}
          </div>
        ))}
        <div role="cell" className="cell actions">
          {hasActions && (
            <ContainerActionBar
              tasks={rest.tasks}
              hostId={hostId}
              id={id}
              name={name}
              state={state}
              compact
              onlyMenu={rest.narrow}
            />
          )}
        </div>
      </div>
    );
  },
);

/** Returns false at first, and true once React has time for it. */
function useLater(): boolean {
  const [isLater, setLater] = useState(false);
  useEffect(() => startTransition(() => setLater(true)), []);
  return isLater;
}

type Terms = Pick<ContainerLineProps, "cores" | "memoryLimited" | "narrow">;

function content(id: ColumnId, row: ContainerRow, look: StateLook, terms: Terms): ReactNode {
  const { newest, rates } = row;
  switch (id) {
    case "name":
      return (
        <>
          <SelectBox rowKey={row.key} name={newest.name} />
          {terms.narrow ? <Card row={row} look={look} /> : <Name row={row} look={look} />}
        </>
      );
    case "cpu":
      return (
        <>
          {newest.state === "running" && !newest.stale && <Curve row={row} />}
          <Cell value={cpuText(row, terms.cores)} />
          {/* The keyboard has the same link on the page of the container. */}
          <a
            className="charts"
            href={hrefTo("containers", newest.hostId, newest.id, "stats")}
            tabIndex={-1}
            aria-hidden="true"
            title={LABELS.charts}
          />
        </>
      );
    case "memory":
      return <Memory row={row} limited={terms.memoryLimited} narrow={terms.narrow} />;
    case "network":
      return <RatesCell value={ratesText(row, rates.networkRx, rates.networkTx, NETWORK)} pair={NETWORK} />;
    case "block":
      return <RatesCell value={ratesText(row, rates.blockRead, rates.blockWrite, DISK)} pair={DISK} />;
    case "pids":
      return <Cell value={pidsText(row)} />;
    case "image":
      return <Image name={newest.image} />;
    case "status":
      return <Status look={look} />;
    case "host":
      return <span className="muted">{newest.hostId}</span>;
  }
}

function Curve({ row }: { readonly row: ContainerRow }) {
  return <SparkLine ring={row.cpu} second={row.cpu.last} width={52} height={18} least={10} />;
}

interface LookProps {
  readonly row: ContainerRow;
  readonly look: StateLook;
}

/** Mark of the state, and the name as a link that covers the row. */
function Name({ row: { newest: { hostId, id, name } }, look }: LookProps) {
  return (
    <>
      <StateMark tone={look.tone} role="img" aria-label={look.name} title={look.name} />
      <a className="cover" href={hrefTo("containers", hostId, id)}>{name}</a>
      <NewerImageMark of={imageKey(hostId, id)} />
    </>
  );
}

/** Name above the image, or above the state of a container that does not simply run. */
function Card({ row, look }: LookProps) {
  return (
    <>
      <StateMark tone={look.tone} role="img" aria-label={look.name} />
      <span className="stacked">
        <a className="cover" href={hrefTo("containers", row.newest.hostId, row.newest.id)}>
          {row.newest.name}
        </a>
        <span className="second">
          {look.tag === undefined
            ? <span className="muted">{look.name} · {row.newest.image}</span>
            : <Status look={look} />}
        </span>
      </span>
    </>
  );
}

function Status({ look: { tone, tag, time } }: Pick<LookProps, "look">) {
  return (
    <>
      {tag !== undefined && <Tag tone={tone}>{tag}</Tag>}
      <span className="muted">{time}</span>
    </>
  );
}

interface MemoryProps {
  readonly row: ContainerRow;
  readonly limited: boolean;
  readonly narrow: boolean;
}

/** Memory, with a bar and the limit where there is one. */
function Memory({ row, limited, narrow }: MemoryProps) {
  const { memoryLimitBytes, memoryUsage } = row.newest;
  const hasBar = limited && !narrow && isLive(row.newest) && memoryUsage !== null &&
    memoryLimitBytes !== null;
  return (
    <>
      <Cell value={memoryText(row)} />
      {!narrow && (
        <span className="limit">
          {hasBar && (
            <>
              <Bar percent={memoryUsage} color={COLORS.memory} />
              <span className="quiet">
                <span className="visually-hidden">{LABELS.limit("")}</span>
                {formatBytes(memoryLimitBytes)}
              </span>
            </>
          )}
        </span>
      )}
    </>
  );
}

/** Name of an image; its registry and folder are cut or left out when space is short. */
function Image({ name }: { readonly name: string }) {
  const end = name.lastIndexOf("/") + 1;
  return (
    <span className="image muted">
      <span>{name.slice(0, end)}</span>
      <span>{name.slice(end)}</span>
    </span>
  );
}
