import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, useRef } from "react";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { coresOf, type CpuScale, type Item } from "../model/arrange.ts";
import type { ColumnId } from "../model/column_ids.ts";
import { COLUMNS } from "../model/columns.ts";
import { LABELS } from "../model/labels.ts";
import { ContainerLine } from "./container_line.tsx";
import { GroupLine } from "./group_line.tsx";
import type { Order } from "../model/preferences.ts";
import { LINE_PX, TableFrame } from "./table_frame.ts";

/** Props of {@linkcode ContainersTable}. */
export interface ContainersTableProps {
  readonly items: readonly Item[];
  readonly columns: readonly ColumnId[];
  readonly scale: CpuScale;
  readonly hosts: ReadonlyMap<string, HostReport> | undefined;
  readonly order: Order;
  readonly onOrder: (column: ColumnId) => void;
  readonly onFold: (group: string) => void;
}

/** Virtualised table of containers, which renders only the visible lines. */
export function ContainersTable(
  { items, columns, scale, hosts, order, onOrder, onFold }: ContainersTableProps,
) {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => LINE_PX,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
  });
  const style = { "--columns": columns.map((id) => COLUMNS[id].width).join(" ") } as CSSProperties;
  return (
    <TableFrame ref={frame} tabIndex={0} role="region" aria-label={LABELS.containersRegion} style={style}>
      <div role="table" className="table" aria-label={LABELS.containers} aria-rowcount={items.length + 1}>
        <div role="rowgroup">
          <HeaderLine columns={columns} order={order} onOrder={onOrder} />
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const item = items[index];
            return item === undefined ? null : (
              <div
                key={key}
                role="presentation"
                className="place"
                style={{ transform: `translateY(${start}px)` }}
              >
                <ItemLine
                  item={item}
                  position={index + 2}
                  columns={columns}
                  scale={scale}
                  hosts={hosts}
                  onFold={onFold}
                />
              </div>
            );
          })}
        </div>
      </div>
    </TableFrame>
  );
}

interface ItemLineProps extends Pick<ContainersTableProps, "columns" | "scale" | "hosts" | "onFold"> {
  readonly item: Item;
  readonly position: number;
}

function ItemLine({ item, position, columns, scale, hosts, onFold }: ItemLineProps) {
  if (item.kind === "row") {
    const { row } = item;
    const cores = coresOf(row.newest, scale, hosts);
    return (
      <ContainerLine row={row} version={row.version} columns={columns} cores={cores} position={position} />
    );
  }
  return (
    <GroupLine
      group={item}
      position={position}
      columns={columns.length}
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
    </div>
  );
}
