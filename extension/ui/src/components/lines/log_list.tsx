import type { Virtualizer } from "@tanstack/react-virtual";
import type { ReactNode } from "react";
import type { Entry } from "../../lib/lines/line.ts";
import { LogRow, type RowForm, type RowState } from "./log_row.tsx";

/** Virtual rows of a log. */
export type LogRowsOf = Virtualizer<HTMLDivElement, Element>;

/** Props of {@linkcode LogList}. */
export interface LogListProps {
  readonly rows: LogRowsOf;
  readonly shown: readonly Entry[];
  readonly states: ReadonlyMap<number, RowState>;
  readonly form: RowForm;
  /** Epoch ms, for relative times. */
  readonly now: number;
  /** Id of the search's current entry. */
  readonly current: number | undefined;
  readonly selected: ReadonlySet<number>;
  /** Shown above the first row. */
  readonly top: ReactNode;
}

const CLOSED: RowState = {};

/** The visible rows of a log. */
export function LogList({ rows, shown, states, form, now, current, selected, top }: LogListProps) {
  const items = rows.getVirtualItems();
  return (
    <>
      {top !== undefined && <div className="top">{top}</div>}
      {/* A list without items, or with anything else, is an error for screen readers. */}
      <div role={items.length > 0 ? "list" : undefined} style={{ height: rows.getTotalSize() }}>
        {items.map(({ index, key, start }) => {
          const entry = shown[index]!;
          return (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              data-id={entry.id}
              data-level={entry.level}
              data-note={entry.head.note}
              data-selected={selected.has(entry.id) || undefined}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={shown.length}
              aria-current={entry.id === current || undefined}
              style={{ transform: `translateY(${start}px)` }}
            >
              <LogRow entry={entry} state={states.get(entry.id) ?? CLOSED} form={form} now={now} />
            </div>
          );
        })}
      </div>
    </>
  );
}
