/** From what Compose writes to what people are told: each change once, and of a pull only every tenth of the way. */
import type { ProgressLine, ResourceProgress } from "../compose/progress.ts";
import { sentence } from "../compose/progress.ts";

/** How far a pull must have come to be worth a word, percent. */
const STEP = 10;

/** A resource and the sentence about it. */
export interface ProgressReport {
  readonly resource: string;
  readonly message: string;
}

interface Layer {
  current: number;
  total: number;
}

/** Keeps what was told of one run. */
export class ProgressFilter {
  readonly #told = new Map<string, string>();
  readonly #layers = new Map<string, Map<string, Layer>>();
  readonly #steps = new Map<string, number>();

  /** What is to be told of a line; `undefined` when it is nothing new. */
  tell(line: ProgressLine): ProgressReport | undefined {
    if (line.kind !== "resource") return undefined;
    const telling = line.parent === undefined
      ? { resource: line.id, message: sentence(line) }
      : this.#layer(line, line.parent);
    if (telling === undefined || this.#told.get(telling.resource) === telling.message) return undefined;
    this.#told.set(telling.resource, telling.message);
    return telling;
  }

  #layer({ id, state, current, total }: ResourceProgress, parent: string): ProgressReport | undefined {
    const layers = this.#layers.get(parent) ?? new Map<string, Layer>();
    this.#layers.set(parent, layers);
    const layer = layers.get(id) ?? { current: 0, total: 0 };
    layers.set(id, layer);
    if (total !== undefined && total > 0) layer.total = total;
    layer.current = state === "done" ? layer.total : Math.min(current ?? layer.current, layer.total);
    const sum = (key: keyof Layer) => [...layers.values()].reduce((all, one) => all + one[key], 0);
    if (sum("total") === 0) return undefined;
    const step = Math.floor(sum("current") / sum("total") * 100 / STEP) * STEP;
    // New layers make the whole larger: what was told is not taken back.
    if (step <= (this.#steps.get(parent) ?? 0)) return undefined;
    this.#steps.set(parent, step);
    const name = parent.replace(/^Image /, "");
    return { resource: parent, message: `Pulling ${name}: ${step} %` };
  }
}
