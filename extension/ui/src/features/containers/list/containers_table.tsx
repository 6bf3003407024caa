import { useVirtualizer } from "@tanstack/react-virtual";
import { type Theme, useMediaQuery } from "@mui/material";
import { type CSSProperties, type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { ROW_PX } from "../../../components/design/tokens.ts";
import { coresOf, type CpuScale, type Item } from "../model/arrange.ts";
import type { ColumnId } from "../model/column_ids.ts";
import { COLUMNS, columnSets, trackOf } from "../model/columns.ts";
import type { ContainerTasks } from "../model/container_tasks.ts";
import { hasMemoryLimit } from "../model/memory_limit.ts";
import { LABELS } from "../model/labels.ts";
import { ContainerLine } from "./container_line.tsx";
import { GroupLine } from "./group_line.tsx";
import type { Order } from "../model/preferences.ts";
import { TableFrame } from "./table_frame.ts";
import { useRowKeys } from "./use_row_keys.ts";
import { rememberedTop } from "./use_scroll_memory.ts";

/** Columns on a phone; the name has the state and the image below it. */
const NARROW_COLUMNS: readonly ColumnId[] = ["name", "cpu", "memory"];
const NARROW_WIDTHS = ["minmax(0, 1fr)", "64px", "80px", "44px"];

/** Height of a heading on a phone, px. */
const GROUP_PX = 36;

/** Props of {@linkcode ContainersTable}. */
export interface ContainersTableProps {
  readonly items: readonly Item[];
  /** Operations that the page has started. */
  readonly tasks: ContainerTasks;
  readonly columns: readonly ColumnId[];
  readonly scale: CpuScale;
  readonly compact: boolean;
  readonly hosts: ReadonlyMap<string, HostReport> | undefined;
  readonly order: Order;
  /** Element that scrolls the page. */
  readonly scroller: RefObject<HTMLElement>;
  /** Set while the pointer or the focus is in a row. */
  readonly inUse: { current: boolean };
  readonly onOrder: (column: ColumnId) => void;
  readonly onFold: (group: string) => void;
}

/** Virtualized table of containers, which renders only the visible lines. */
export function ContainersTable(props: ContainersTableProps) {
  const { items, columns: chosen, compact, order, scroller, inUse, onOrder } = props;
  const { narrow, columns, linePx, style } = useLayout(chosen, compact);
  const body = useRef<HTMLDivElement>(null);
  useRowKeys(body);
  const scrollMargin = useOffset(body, scroller);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => narrow && items[index]?.kind === "group" ? GROUP_PX : linePx,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
    scrollMargin,
    // The list scrolls to it as soon as it has its element.
    initialOffset: rememberedTop,
    // Before that, the first rendering has the rows that a window of this size shows.
    initialRect: { width: innerWidth, height: innerHeight },
  });
  useEffect(() => virtual.measure(), [virtual, linePx]);
  return (
    <TableFrame className={narrow ? "narrow" : ""} style={style}>
      <div role="table" className="table" aria-label={LABELS.containers} aria-rowcount={items.length + 1}>
        <div role="rowgroup" style={{ display: "contents" }}>
          <HeaderLine columns={columns} order={order} onOrder={onOrder} />
        </div>
        <div
          ref={body}
          role="rowgroup"
          style={{ height: virtual.getTotalSize(), position: "relative" }}
          {...usage(inUse)}
        >
          {virtual.getVirtualItems().map(({ index, key, start }) => (
            <div
              key={key}
              role="presentation"
              className="place"
              style={{ transform: `translateY(${start - scrollMargin}px)` }}
            >
              {items[index] !== undefined && (
                <ItemLine {...props} item={items[index]} position={index + 2} {...{ narrow, columns }} />
              )}
            </div>
          ))}
        </div>
      </div>
    </TableFrame>
  );
}

/** Returns handlers that note the use of a row by pointer or keyboard. */
function usage(inUse: { current: boolean }) {
  const begin = () => void (inUse.current = true);
  const end = () => void (inUse.current = false);
  return { onPointerEnter: begin, onPointerLeave: end, onFocus: begin, onBlur: end };
}

/** Returns the distance between the scrolling element's content edge and an element, px. */
function useOffset(element: RefObject<HTMLElement>, scroller: RefObject<HTMLElement>): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const [inner, outer] = [element.current, scroller.current];
    if (inner === null || outer === null) return;
    const measure = () => {
      const top = inner.getBoundingClientRect().top - outer.getBoundingClientRect().top + outer.scrollTop;
      setOffset(Math.round(top));
    };
    measure();
    // Panels above the table come and go with the data. Measuring after each snapshot would lay out the page twice.
    const observer = new ResizeObserver(measure);
    for (const child of outer.children) observer.observe(child);
    return () => observer.disconnect();
  }, [element, scroller]);
  return offset;
}

/** Layout of the lines for the width of the window. */
interface Layout {
  readonly narrow: boolean;
  readonly columns: readonly ColumnId[];
  readonly linePx: number;
  readonly style: CSSProperties;
}

/** Returns the layout; narrow windows show fewer columns, because a table that scrolls sideways hides the numbers. */
function useLayout(chosen: readonly ColumnId[], compact: boolean): Layout {
  const narrow = useMediaQuery<Theme>(({ breakpoints }) => breakpoints.down("sm"));
  const wideColumns = useFittingColumns(chosen);
  const touch = useMediaQuery("(pointer: coarse)");
  const widePx = compact ? ROW_PX.compact : ROW_PX.comfortable;
  const linePx = narrow ? ROW_PX.card : touch ? ROW_PX.touch : widePx;
  const columns = narrow ? NARROW_COLUMNS : wideColumns;
  const widths = narrow ? NARROW_WIDTHS : columns.map(trackOf);
  const style = { "--columns": widths.join(" "), "--line": `${linePx}px` } as CSSProperties;
  return { narrow, columns, linePx, style };
}

/** Returns the chosen columns that fit into the window without cutting names; at least those that are not optional. */
function useFittingColumns(chosen: readonly ColumnId[]): readonly ColumnId[] {
  const [all, most, least] = columnSets(chosen);
  const fitsAll = useMediaQuery(`(min-width: ${all![1]}px)`);
  const fitsMost = useMediaQuery(`(min-width: ${most![1]}px)`);
  return (fitsAll ? all : fitsMost ? most : least)![0];
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
        single={item.single}
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
      columns={columns}
      severalHosts={(hosts?.size ?? 1) > 1}
      cores={coresOf(item, scale, hosts)}
      onFold={onFold}
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
          <div
            key={id}
            role="columnheader"
            aria-sort={sorted}
            className={numeric ? `cell numeric ${id}` : `cell ${id}`}
          >
            <button type="button" title={help} onClick={() => onOrder(id)}>
              {label}
              <span aria-hidden="true">{sorted === "none" ? "" : order.descending ? " ↓" : " ↑"}</span>
            </button>
            {id === "memory" && <span className="limit" />}
          </div>
        );
      })}
      <div role="columnheader" className="cell actions">
        <span className="visually-hidden">{LABELS.actions}</span>
      </div>
    </div>
  );
}
