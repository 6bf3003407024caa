import {
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useState,
} from "react";
import { copyText } from "../../lib/browser/clipboard.ts";
import type { Entry } from "../../lib/lines/line.ts";

/** Selected entries, and the handlers of the list that select them. */
export interface LineSelection {
  /** Selected entries, oldest first. */
  readonly entries: readonly Entry[];
  /** Ids of the selected entries. */
  readonly ids: ReadonlySet<number>;
  /** Ids of the entries in which a selection of text begins and ends; they must stay in the page. */
  readonly held: readonly number[];
  readonly clear: () => void;
  readonly onClick: (event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onCopy: (event: ClipboardEvent) => void;
}

interface Ends {
  readonly anchor: number;
  readonly focus: number;
}

const NONE: readonly Entry[] = [];

/**
 * Selects lines by their times, by keys, or by dragging over text. Copying includes the lines between that are not
 * rendered.
 *
 * @param textOf Returns entries as text.
 * @param first Returns the index of the first visible entry.
 */
export function useLineSelection(
  list: RefObject<HTMLElement>,
  shown: readonly Entry[],
  textOf: (entries: readonly Entry[]) => string,
  first: () => number,
): LineSelection {
  const [ends, setEnds] = useState<Ends>();
  const held = useHeldRows(list);
  const entries = ends === undefined ? NONE : between(shown, ends);
  const onKeyDown = (event: KeyboardEvent) => {
    const isCommand = event.ctrlKey || event.metaKey;
    if (event.key === "Escape") setEnds(undefined);
    else if (isCommand && event.key === "a" && shown.length > 0) {
      setEnds({ anchor: shown[0]!.id, focus: shown.at(-1)!.id });
    } else if (isCommand && event.key === "c" && entries.length > 0 && isCollapsed()) {
      void copyText(textOf(entries));
    } else if (event.shiftKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      setEnds(moved(shown, ends, event.key === "ArrowUp" ? -1 : 1, first()));
    } else return;
    event.preventDefault();
  };
  return {
    entries,
    ids: new Set(entries.map(({ id }) => id)),
    held,
    clear: () => setEnds(undefined),
    onKeyDown,
    onClick: (event) => {
      const id = event.target instanceof Element && event.target.closest("time")
        ? rowId(event.target)
        : undefined;
      if (id === undefined) return;
      const anchor = event.shiftKey ? ends?.anchor ?? id : id;
      setEnds(ends?.focus === id && entries.length === 1 ? undefined : { anchor, focus: id });
    },
    onCopy: (event) => {
      const [anchor, focus] = selectedRows();
      if (anchor === undefined || focus === undefined || anchor === focus) return;
      event.clipboardData.setData("text/plain", textOf(between(shown, { anchor, focus })));
      event.preventDefault();
    },
  };
}

/** Returns the entries from one to another, in either order. */
function between(shown: readonly Entry[], { anchor, focus }: Ends): readonly Entry[] {
  const [one, other] = [anchor, focus].map((id) => shown.findIndex((entry) => entry.id === id));
  if (one! < 0 || other! < 0) return NONE;
  return shown.slice(Math.min(one!, other!), Math.max(one!, other!) + 1);
}

function moved(
  shown: readonly Entry[],
  ends: Ends | undefined,
  step: number,
  first: number,
): Ends | undefined {
  const from = ends === undefined ? -1 : shown.findIndex(({ id }) => id === ends.focus);
  if (from < 0) {
    const id = shown[first]?.id;
    return id === undefined ? undefined : { anchor: id, focus: id };
  }
  return { anchor: ends!.anchor, focus: (shown[from + step] ?? shown[from]!).id };
}

function isCollapsed(): boolean {
  return getSelection()?.isCollapsed ?? true;
}

/** Returns the id of the entry that contains a node. */
function rowId(node: Node | null): number | undefined {
  const element = node instanceof Element ? node : node?.parentElement;
  const id = element?.closest<HTMLElement>("[data-id]")?.dataset["id"];
  return id === undefined ? undefined : Number(id);
}

function selectedRows(): readonly [number | undefined, number | undefined] {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed) return [undefined, undefined];
  return [rowId(selection.anchorNode), rowId(selection.focusNode)];
}

/** Returns the rows in which the selection of text begins and ends, while it is in the list. */
function useHeldRows(list: RefObject<HTMLElement>): readonly number[] {
  const [held, setHeld] = useState<readonly number[]>([]);
  useEffect(() => {
    const onChange = () => {
      const isInside = list.current?.contains(getSelection()?.anchorNode ?? null) ?? false;
      const rows = isInside ? selectedRows().filter((id) => id !== undefined) : [];
      setHeld((before) => before.join() === rows.join() ? before : rows);
    };
    document.addEventListener("selectionchange", onChange);
    return () => document.removeEventListener("selectionchange", onChange);
  }, [list]);
  return held;
}
