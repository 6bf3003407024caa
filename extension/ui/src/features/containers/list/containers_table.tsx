import { useVirtualizer } from "@tanstack/react-virtual";
import { type Theme, useMediaQuery } from "@mui/material";
import { type CSSProperties, useEffect, useRef } from "react";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { coresOf, type CpuScale, type Item } from "../model/arrange.ts";
import type { ColumnId } from "../model/column_ids.ts";
import { COLUMNS } from "../model/columns.ts";
import type { ContainerTasks } from "../model/container_tasks.ts";
import { hasMemoryLimit } from "../model/memory_limit.ts";
import { LABELS } from "../model/labels.ts";
import { ContainerLine } from "./container_line.tsx";
import { GroupLine } from "./group_line.tsx";
import type { Order } from "../model/preferences.ts";
import { LINE_PX, TableFrame } from "./table_frame.ts";

/** Width of the buttons of a line. */
const ACTIONS_WIDTH = "116px";
/** Columns on a phone; the name has the state and the image below it. */
const NARROW_COLUMNS: readonly ColumnId[] = ["name", "cpu", "memory"];
const NARROW_WIDTHS = ["minmax(0, 1fr)", "76px", "84px", "46px"];
/** Height of a line on a phone, px. */
const NARROW_LINE_PX = 56;

/** Props of {@linkcode ContainersTable}. */
export interface ContainersTableProps {
  readonly items: readonly Item[];
  /** Operations that the page has started. */
  readonly tasks: ContainerTasks;
  readonly columns: readonly ColumnId[];
  readonly scale: CpuScale;
  readonly hosts: ReadonlyMap<string, HostReport> | undefined;
  readonly order: Order;
  readonly onOrder: (column: ColumnId) => void;
  readonly onFold: (group: string) => void;
}

/** Virtualised table of containers, which renders only the visible lines. */
export function ContainersTable(
  { items, tasks, columns: chosen, scale, hosts, order, onOrder, onFold }: ContainersTableProps,
) {
  const { narrow, columns, linePx, style } = useLayout(chosen);
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => linePx,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
  });
  useEffect(() => virtual.measure(), [virtual, linePx]);
  return (
    <TableFrame
      ref={frame}
      tabIndex={0}
      role="region"
      aria-label={LABELS.containersRegion}
      className={narrow ? "narrow" : ""}
      style={style}
    >
      <div role="table" className="table" aria-label={LABELS.containers} aria-rowcount={items.length + 1}>
        <div role="rowgroup">
          <HeaderLine columns={columns} order={order} onOrder={onOrder} />
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => (
            <div
              key={key}
              role="presentation"
              className="place"
              style={{ transform: `translateY(${start}px)` }}
            >
              {items[index] !== undefined && (
                <ItemLine
                  item={items[index]}
                  position={index + 2}
                  {...{ tasks, narrow, columns, scale, hosts, onFold }}
                />
              )}
            </div>
          ))}
        </div>
      </div>
    </TableFrame>
  );
}

/** Layout of the lines for the width of the window. */
interface Layout {
  readonly narrow: boolean;
  readonly columns: readonly ColumnId[];
  readonly linePx: number;
  readonly style: CSSProperties;
}

/** Returns the layout; a phone shows fixed columns, because a table that scrolls sideways hides the numbers. */
function useLayout(chosen: readonly ColumnId[]): Layout {
  const narrow = useMediaQuery<Theme>(({ breakpoints }) => breakpoints.down("sm"));
  const linePx = narrow ? NARROW_LINE_PX : LINE_PX;
  const widths = narrow ? NARROW_WIDTHS : [...chosen.map((id) => COLUMNS[id].width), ACTIONS_WIDTH];
  const style = { "--columns": widths.join(" "), "--line": `${linePx}px` } as CSSProperties;
  return { narrow, columns: narrow ? NARROW_COLUMNS : chosen, linePx, style };
}

interface ItemLineProps
  extends Pick<ContainersTableProps, "tasks" | "columns" | "scale" | "hosts" | "onFold"> {
  readonly narrow: boolean;
  readonly item: Item;
  readonly position: number;
}

function ItemLine({ item, tasks, narrow, position, columns, scale, hosts, onFold }: ItemLineProps) {
  if (item.kind === "row") {
    const { row } = item;
    const cores = coresOf(row.newest, scale, hosts);
    return (
      <ContainerLine
        row={row}
        version={row.version}
        columns={columns}
        cores={cores}
        memoryLimited={hasMemoryLimit(row.newest, hosts?.get(row.newest.hostId))}
        tasks={tasks}
        narrow={narrow}
        position={position}
      />
    );
  }
  return (
    <GroupLine
      group={item}
      position={position}
      columns={columns.length + 1}
      severalHosts={(hosts?.size ?? 1) > 1}
      cores={coresOf(item, scale, hosts)}
      onFold={() => onFold(item.key)}
    />
  );
}

function HeaderLine(
  { columns, order, onOrder }: Pick<ContainersTableProps, "columns" | "order" | "onOrder">,
) {
  return (
    <div role="row" className="line header" aria-rowindex={1}>
      {columns.map((id) => {
        const { label, help, numeric } = COLUMNS[id];
        const sorted = order.column !== id ? "none" : order.descending ? "descending" : "ascending";
        return (
          <div key={id} role="columnheader" aria-sort={sorted} className={numeric ? "cell numeric" : "cell"}>
            <button
              type="button"
              title={help}
              onClick={() =>
                onOrder(id)}
            >
              {label}
              <span aria-hidden="true">{sorted === "none" ? "" : order.descending ? " ↓" : " ↑"}</span>
            </button>
          </div>
        );
      })}
      <div role="columnheader" className="cell">
        <span className="visually-hidden">{LABELS.actions}</span>
      </div>
    </div>
  );
}
