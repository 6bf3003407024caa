import { styled } from "@mui/material";
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef } from "react";
import { COLORS } from "../../../../components/design/tokens.ts";
import { PartLoading } from "../../../../components/part_loading.tsx";
import { loadWithRetry } from "../../../../lib/load_with_retry.ts";
import { useObservable } from "../../../../lib/use_observable.ts";
import type { Item } from "../../model/arrange.ts";
import type { ContainerTasks } from "../../model/container_tasks.ts";
import { Selection, SelectionContext } from "./selection.ts";
import { useSelectionKeys } from "./selection_keys.ts";

/** Loaded with the first selected row. */
const SelectionBar = lazy(() => loadWithRetry(() => import("./selection_bar.tsx")));

/** Not part of the first scripts: a long press takes longer than loading it. */
const SelectionTouch = lazy(() => loadWithRetry(() => import("./selection_touch.tsx")));

/** Props of {@linkcode SelectionArea}. */
export interface SelectionAreaProps {
  readonly items: readonly Item[];
  readonly tasks: ContainerTasks;
  /** Text that changes with the filters, which clears the selection. */
  readonly filterKey: string;
  readonly children: ReactNode;
}

/** Rows that can be selected, and the bar of operations on the selected ones. */
export function SelectionArea({ items, tasks, filterKey, children }: SelectionAreaProps) {
  const selection = useMemo(() => new Selection(), []);
  const area = useRef<HTMLDivElement>(null);
  const { size } = useObservable(selection.keys);
  const rows = useMemo(() => items.flatMap((item) => item.kind === "row" ? [item.row] : []), [items]);
  useEffect(() => selection.setOrder(rows.map(({ key }) => key)), [selection, rows]);
  useEffect(() => selection.clear(), [selection, filterKey]);
  useSelectionKeys(selection);
  return (
    <SelectionContext.Provider value={selection}>
      <Area ref={area} className={size > 0 ? "selecting" : ""}>
        {children}
      </Area>
      <Suspense>
        <SelectionTouch selection={selection} area={area} />
      </Suspense>
      <Suspense fallback={<PartLoading />}>
        <Bar {...{ selection, rows, tasks, size }} />
      </Suspense>
    </SelectionContext.Provider>
  );
}

interface BarProps extends Pick<SelectionAreaProps, "tasks"> {
  readonly selection: Selection;
  readonly rows: Parameters<typeof SelectionBar>[0]["rows"];
  readonly size: number;
}

/** The bar stays once it was loaded, because it shows the result of operations on rows that were deselected. */
function Bar({ size, ...bar }: BarProps) {
  const wasUsed = useWasTrue(size > 0);
  return wasUsed ? <SelectionBar {...bar} /> : null;
}

function useWasTrue(value: boolean): boolean {
  const memory = useMemo(() => ({ wasTrue: false }), []);
  memory.wasTrue ||= value;
  return memory.wasTrue;
}

/** The checkbox covers the mark of the state, so nothing moves when it appears. */
const Area = styled("div")({
  "& .select": {
    position: "absolute",
    left: 8,
    top: 0,
    bottom: 0,
    zIndex: 1,
    display: "flex",
    alignItems: "center",
    justifyContent: "center",
    width: 24,
    opacity: 0,
    cursor: "pointer",
    backgroundColor: COLORS.hover,
  },
  "& .select input": { width: 15, height: 15, margin: 0, accentColor: COLORS.accent, cursor: "pointer" },
  "& .line:hover .select, & .select:focus-within, &.selecting .select": { opacity: 1 },
  "& .line:has(.select input:checked)": { backgroundColor: COLORS.hover },
  "&.selecting .line:not(:hover) .select": { backgroundColor: COLORS.panel },
  "&.selecting .line:not(:hover):has(input:checked) .select": { backgroundColor: COLORS.hover },
  "& .narrow .select": { left: 0, width: 26 },
  // Without a pointer a long press starts the selection, so a tap beside a name opens its container.
  "@media (hover: none)": { "&:not(.selecting) .select": { display: "none" } },
});
