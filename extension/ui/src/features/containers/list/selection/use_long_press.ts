import { type MouseEvent, type PointerEvent, useEffect, useMemo } from "react";
import type { Selection } from "./selection.ts";

/** Time until a touch counts as a long press, ms. */
const LONG_MS = 500;
/** Distance from which a touch scrolls, px. */
const SCROLLS_PX = 10;

/** Handlers of an element with rows. */
export interface LongPress {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
  readonly onContextMenu: (event: MouseEvent) => void;
  readonly onClickCapture: (event: MouseEvent) => void;
}

/** Selects the row under a long press on a touch screen, and the rows that are tapped afterwards. */
export function useLongPress(selection: Selection): LongPress {
  const press = useMemo(() => new Press(selection), [selection]);
  useEffect(() => press.end, [press]);
  return press;
}

class Press implements LongPress {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #at = { x: 0, y: 0 };
  /** True from a long press to the click that the browser sends after it. */
  #wasLong = false;
  #isTouch = false;

  constructor(readonly selection: Selection) {}

  readonly end = () => clearTimeout(this.#timer);
  readonly onPointerUp = this.end;
  readonly onPointerCancel = this.end;

  readonly onPointerDown = ({ pointerType, target, clientX: x, clientY: y }: PointerEvent) => {
    this.end();
    this.#wasLong = false;
    this.#isTouch = pointerType === "touch";
    const key = keyAt(target);
    if (!this.#isTouch || key === undefined || this.selection.keys.value.size > 0) return;
    this.#at = { x, y };
    this.#timer = setTimeout(() => {
      this.#wasLong = true;
      this.selection.toggle(key);
    }, LONG_MS);
  };

  readonly onPointerMove = ({ clientX, clientY }: PointerEvent) => {
    if (Math.hypot(clientX - this.#at.x, clientY - this.#at.y) > SCROLLS_PX) this.end();
  };

  readonly onContextMenu = (event: MouseEvent) => {
    if (this.#isTouch && keyAt(event.target) !== undefined) event.preventDefault();
  };

  /** A row is a link; while rows are selected, a tap selects it instead of opening it. */
  readonly onClickCapture = (event: MouseEvent) => {
    const isLink = event.target instanceof Element && event.target.closest("a.cover") !== null;
    const key = keyAt(event.target);
    const selects = this.#isTouch && isLink && key !== undefined && this.selection.keys.value.size > 0;
    if (!this.#wasLong && !selects) return;
    event.preventDefault();
    event.stopPropagation();
    if (selects && !this.#wasLong) this.selection.toggle(key);
    this.#wasLong = false;
  };
}

function keyAt(target: EventTarget): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest('[role="row"]')?.querySelector<HTMLElement>(".select")?.dataset["key"];
}
