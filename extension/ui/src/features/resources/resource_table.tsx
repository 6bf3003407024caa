import { useState } from "react";
import { ActionIcon } from "../../components/action_button.tsx";
import { DeleteIcon } from "../../components/icons.tsx";
import { formatAge, formatBytes } from "../../lib/format.ts";
import { type KindView, LABELS, VIEW_LABELS } from "./labels.ts";
import { keyOf, type Order, type ResourceRow, type SortColumn } from "./resource_row.ts";
import { TableFrame } from "./table_frame.ts";
import { UsedBy } from "./used_by.tsx";

/** Number of rows that are rendered at first, and with each "Show more". */
const ROWS = 200;

/** Props of {@linkcode ResourceTable}. */
export interface ResourceTableProps {
  readonly view: KindView;
  readonly rows: readonly ResourceRow[];
  readonly order: Order;
  readonly onOrder: (column: SortColumn) => void;
  readonly severalHosts: boolean;
  /** Reason why nothing can be removed now; `undefined` when something can. */
  readonly obstacle: string | undefined;
  readonly onRemove: (row: ResourceRow) => void;
}

/** Table of images, volumes or networks; cards of two lines on a phone. */
export function ResourceTable(props: ResourceTableProps) {
  const { view, rows, order, onOrder, severalHosts } = props;
  const [limit, setLimit] = useState(ROWS);
  const more = rows.length - limit;
  const heading = { order, onOrder };
  return (
    <TableFrame>
      <table aria-label={VIEW_LABELS[view]}>
        <thead>
          <tr>
            <Heading {...heading} column="name" label={LABELS.name} />
            {view === "networks"
              ? <th scope="col" className="wide">{LABELS.subnets}</th>
              : <Heading {...heading} column="size" label={LABELS.size} numeric />}
            <Heading {...heading} column="created" label={LABELS.created} numeric />
            <Heading {...heading} column="usedBy" label={LABELS.usedBy} />
            {severalHosts && <th scope="col" className="wide">{LABELS.host}</th>}
            <th scope="col" className="actions">
              <span className="visually-hidden">{LABELS.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map((row) => <Row key={keyOf(row)} row={row} {...props} />)}
        </tbody>
      </table>
      {more > 0 && (
        <button type="button" className="more" onClick={() => setLimit(limit + ROWS)}>
          {LABELS.showMore(Math.min(more, ROWS))}
        </button>
      )}
    </TableFrame>
  );
}

interface HeadingProps extends Pick<ResourceTableProps, "order" | "onOrder"> {
  readonly column: SortColumn;
  readonly label: string;
  readonly numeric?: boolean;
}

function Heading({ order, onOrder, column, label, numeric = false }: HeadingProps) {
  const sorted = order.column !== column ? "none" : order.descending ? "descending" : "ascending";
  return (
    <th scope="col" aria-sort={sorted} className={`${numeric ? "numeric" : ""} ${column}`}>
      <button type="button" onClick={() => onOrder(column)}>
        {label}
        <span aria-hidden="true">{sorted === "none" ? "" : order.descending ? " ↓" : " ↑"}</span>
      </button>
    </th>
  );
}

function Row(
  { row, view, severalHosts, obstacle, onRemove }: ResourceTableProps & { readonly row: ResourceRow },
) {
  const { hostId, name, second, created, usedBy, subnets, id } = row;
  return (
    <tr>
      <th scope="row" className="name" title={id}>
        <span className="first">{name}</span>
        <span className="second">{second}</span>
        <span className="phone">
          <UsedBy hostId={hostId} users={usedBy} />
        </span>
      </th>
      {view === "networks" ? <td className="wide muted">{subnets}</td> : (
        <td className="numeric size">
          <Size row={row} />
        </td>
      )}
      <td className="numeric created muted">
        {created === null ? LABELS.unknown : formatAge(Math.max(0, Date.now() - created))}
      </td>
      <td className="usedBy">
        <UsedBy hostId={hostId} users={usedBy} />
      </td>
      {severalHosts && <td className="wide muted">{hostId}</td>}
      <td className="actions">
        <ActionIcon
          label={LABELS.remove(name)}
          help={LABELS.removeHelp}
          icon={<DeleteIcon fontSize="small" />}
          obstacle={row.obstacle ?? obstacle}
          onClick={() => onRemove(row)}
        />
      </td>
    </tr>
  );
}

function Size({ row: { bytes, sizeReason } }: { readonly row: ResourceRow }) {
  if (bytes !== null) return <>{formatBytes(bytes)}</>;
  return (
    <span className="quiet" title={sizeReason ?? undefined}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{LABELS.unknown}. {sizeReason}</span>
    </span>
  );
}
