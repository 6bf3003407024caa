/** The selection of rows of the table, by the keys of their containers. */
import { createContext } from "react";
import { Observable } from "../../../../lib/observable.ts";

const NONE: ReadonlySet<string> = new Set();

/** The selected rows. Each row subscribes to its own state, which avoids rendering the whole table. */
export class Selection {
  /** Keys of the selected rows. */
  readonly keys = new Observable<ReadonlySet<string>>(NONE);
  /** Keys of all rows, in the order of the table. */
  order: readonly string[] = [];
  /** Row that was selected last, from which a range starts. */
  #anchor: string | undefined;

  /** Selects a row, or deselects it; with `range` also every row from the last one to it. */
  toggle(key: string, range = false): void {
    const isOn = !this.keys.value.has(key);
    const next = new Set(this.keys.value);
    for (const one of range ? this.#rangeTo(key) : [key]) isOn ? next.add(one) : next.delete(one);
    this.#anchor = key;
    this.keys.set(next);
  }

  /** Selects every row of the table. */
  all(): void {
    this.keys.set(new Set(this.order));
  }

  /** Deselects every row. */
  clear(): void {
    this.#anchor = undefined;
    this.keys.set(NONE);
  }

  /** Replaces the rows of the table; those that it no longer has are deselected. */
  setOrder(order: readonly string[]): void {
    this.order = order;
    if (this.keys.value.size === 0) return;
    const shown = new Set(order);
    const kept = [...this.keys.value].filter((key) => shown.has(key));
    if (kept.length < this.keys.value.size) this.keys.set(kept.length === 0 ? NONE : new Set(kept));
  }

  #rangeTo(key: string): readonly string[] {
    const [from, to] = [this.order.indexOf(this.#anchor ?? key), this.order.indexOf(key)];
    if (from < 0 || to < 0) return [key];
    return this.order.slice(Math.min(from, to), Math.max(from, to) + 1);
  }
}

/** The selection of the table around a row; `undefined` where rows cannot be selected. */
export const SelectionContext = createContext<Selection | undefined>(undefined);
