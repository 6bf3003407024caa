import { styled } from "@mui/material";
import { lazy, type ReactNode, Suspense, useEffect, useMemo } from "react";
import { COLORS } from "../../../../components/design/tokens.ts";
import { isTyping } from "../../../../lib/is_typing.ts";
import { loadWithRetry } from "../../../../lib/load_with_retry.ts";
import { useObservable } from "../../../../lib/use_observable.ts";
import type { Item } from "../../model/arrange.ts";
import type { ContainerTasks } from "../../model/container_tasks.ts";
import { Selection, SelectionContext } from "./selection.ts";
import { useLongPress } from "./use_long_press.ts";

/** Loaded with the first selected row. */
const SelectionBar = lazy(() => loadWithRetry(() => import("./selection_bar.tsx")));

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
  const { size } = useObservable(selection.keys);
  const rows = useMemo(() => items.flatMap((item) => item.kind === "row" ? [item.row] : []), [items]);
  useEffect(() => selection.setOrder(rows.map(({ key }) => key)), [selection, rows]);
  useEffect(() => selection.clear(), [selection, filterKey]);
  useKeys(selection);
  return (
    <SelectionContext.Provider value={selection}>
      <Area className={size > 0 ? "selecting" : ""} {...useLongPress(selection)}>
        {children}
      </Area>
      <Suspense>
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

/** "x" selects the focused row, and Escape ends the selection. */
function useKeys(selection: Selection): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // A checkbox takes no text.
      const types = isTyping(event.target) && !isInBox(event.target);
      if (event.ctrlKey || event.metaKey || event.altKey || types) return;
      if (event.key === "Escape") selection.clear();
      if (event.key.toLowerCase() !== "x") return;
      const key = document.activeElement?.closest('[role="row"]')?.querySelector<HTMLElement>(".select");
      if (key?.dataset["key"] !== undefined) selection.toggle(key.dataset["key"], event.shiftKey);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [selection]);
}

function isInBox(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".select") !== null;
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
  // Without a pointer a long press starts the selection, so a tap beside a name opens its container.
  "@media (hover: none)": {
    "&:not(.selecting) .select": { display: "none" },
    "& .select": { left: 0, width: 44 },
  },
});
