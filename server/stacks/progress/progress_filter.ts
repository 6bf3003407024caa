/** Turns the lines of one operation into reports: each change once, and of a pull only every tenth of the way. */
import type { ProgressLine, ResourceProgress } from "../../compose/progress.ts";
import type { Resource } from "../../compose/resource.ts";
import type { StepProgress } from "../../protocol/stack_events.ts";
import { sentence } from "./sentence.ts";

/** Distance between two reports of a pull, percent. */
const STEP_PERCENT = 10;

/** A change that is worth an event. */
export interface ProgressReport {
  readonly step: StepProgress;
  readonly message: string;
  /** Only for clients that ask for every detail, such as the layers of an image. */
  readonly detailOnly: boolean;
}

interface Layer {
  current: number;
  total: number;
}

/** The reports of one operation so far. */
export class ProgressFilter {
  /** The newest report of each resource, as text. */
  readonly #reported = new Map<string, string>();
  readonly #layers = new Map<string, Map<string, Layer>>();
  readonly #percents = new Map<string, number>();
  /** Images and services by name, which layers name as their parents. */
  readonly #parents = new Map<string, Resource>();

  /** Returns the reports about a line; none if it changes nothing. */
  take(line: ProgressLine): readonly ProgressReport[] {
    if (line.kind !== "resource") return [];
    const { kind, name } = line.resource;
    const isLayer = kind === "layer";
    if (kind === "image" || kind === "service") this.#parents.set(name, line.resource);
    const own = this.#own(line, isLayer || kind === "step");
    const total = isLayer ? this.#pulled(line) : undefined;
    return [own, total].filter((report) => report !== undefined);
  }

  #own(line: ResourceProgress, detailOnly: boolean): ProgressReport | undefined {
    const { resource, state, verb, reason } = line;
    const { current = null, total = null } = line;
    const percent = detailOnly && current !== null && total !== null ? percentOf(current, total) : null;
    const key = resourceKey(resource);
    const tenth = percent === null ? null : Math.floor(percent / STEP_PERCENT);
    const report = JSON.stringify([state, verb, reason, tenth]);
    if (this.#reported.get(key) === report) return undefined;
    this.#reported.set(key, report);
    return { step: { resource, state, verb, percent, current, total }, message: sentence(line), detailOnly };
  }

  /** Reports the pull of an image as the sum of its layers. */
  #pulled(
    { resource: { name, parent }, state, current, total }: ResourceProgress,
  ): ProgressReport | undefined {
    const image = parent ?? "image";
    const layers = this.#layers.get(image) ?? new Map<string, Layer>();
    this.#layers.set(image, layers);
    const layer = layers.get(name) ?? { current: 0, total: 0 };
    layers.set(name, layer);
    if (total !== undefined) layer.total = total;
    layer.current = state === "done" ? layer.total : Math.min(current ?? layer.current, layer.total);
    const sum = (key: keyof Layer) => [...layers.values()].reduce((all, one) => all + one[key], 0);
    const bytes = { current: sum("current"), total: sum("total") };
    if (bytes.total === 0) return undefined;
    const percent = Math.floor(percentOf(bytes.current, bytes.total) / STEP_PERCENT) * STEP_PERCENT;
    // A new layer makes the total larger, but a percentage never goes back.
    if (percent <= (this.#percents.get(image) ?? 0)) return undefined;
    this.#percents.set(image, percent);
    const resource = parent === null ? null : this.#parents.get(parent) ?? null;
    const step = { resource, state: "working" as const, verb: "Pulling", percent, ...bytes };
    return { step, message: `Pulling ${image}: ${percent} %`, detailOnly: false };
  }
}

function percentOf(current: number, total: number): number {
  return total === 0 ? 0 : Math.min(Math.floor(current / total * 100), 100);
}

/** Key of a resource in a map. */
export function resourceKey({ kind, name, parent }: Resource): string {
  return JSON.stringify([kind, name, parent]);
}
