import type { Selection } from "./selection.ts";
import { keyOfRow } from "./selection_keys.ts";

/** Time until a touch counts as a long press, ms. */
const LONG_MS = 500;
/** Distance from which a touch scrolls, px. */
const SCROLLS_PX = 10;

/** Selects the row under a long press on a touch screen, and rows tapped after it. */
export class LongPress implements Disposable {
  readonly #stop = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #at = { x: 0, y: 0 };
  /** True from a long press to the click that the browser sends after it. */
  #wasLong = false;
  #isTouch = false;

  constructor(readonly area: HTMLElement, readonly selection: Selection) {
    const options = { signal: this.#stop.signal, capture: true };
    area.addEventListener("pointerdown", this.#down, options);
    area.addEventListener("pointermove", this.#move, options);
    for (const name of ["pointerup", "pointercancel"]) area.addEventListener(name, this.#end, options);
    area.addEventListener("contextmenu", this.#menu, options);
    area.addEventListener("click", this.#click, options);
  }

  [Symbol.dispose](): void {
    this.#end();
    this.#stop.abort();
  }

  readonly #end = () => clearTimeout(this.#timer);

  readonly #down = ({ pointerType, target, clientX: x, clientY: y }: PointerEvent) => {
    this.#end();
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

  readonly #move = ({ clientX, clientY }: PointerEvent) => {
    if (Math.hypot(clientX - this.#at.x, clientY - this.#at.y) > SCROLLS_PX) this.#end();
  };

  readonly #menu = (event: Event) => {
    if (this.#isTouch && keyAt(event.target) !== undefined) event.preventDefault();
  };

  /** A row is a link; while rows are selected, a tap selects it instead of opening it. */
  readonly #click = (event: Event) => {
    const isLink = event.target instanceof Element && event.target.closest("a.cover") !== null;
    const key = isLink ? keyAt(event.target) : undefined;
    const selects = this.#isTouch && key !== undefined && this.selection.keys.value.size > 0;
    if (!this.#wasLong && !selects) return;
    event.preventDefault();
    event.stopPropagation();
    if (key !== undefined && !this.#wasLong) this.selection.toggle(key);
    this.#wasLong = false;
  };
}

function keyAt(target: EventTarget | null): string | undefined {
  return target instanceof Element ? keyOfRow(target) : undefined;
}
