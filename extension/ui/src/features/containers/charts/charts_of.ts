/** Pure: the charts of one or several containers. */
import { formatBytes, formatPercent, formatRate } from "../../../lib/format.ts";
import type { ChartColors } from "./chart_colors.ts";
import { type Cut, cutByTime, SERIES } from "./data/cut.ts";
import { type Curve, curveOf, scaledColumn, sumColumn } from "./data/curve.ts";
import { CHART_LABELS } from "./data/labels_charts.ts";
import type { Zoom } from "./data/ranges.ts";
import type { Samples } from "./data/samples.ts";
import { BYTE_STEPS } from "./plot_options.ts";

/** Samples and limits of one container. */
export interface ChartedContainer {
  readonly key: string;
  readonly hostId: string;
  readonly name: string;
  readonly samples: Samples;
  /** Bytes that are 100 % of the memory; `null` when unknown. */
  readonly memoryScale: number | null;
  /** Limit of the container itself, bytes; `null` without one. */
  readonly memoryLimit: number | null;
  /** Limit in cores; `null` without one. */
  readonly cpuLimit: number | null;
}

/** A limit that a chart can show. */
export interface ChartLimit {
  /** In the unit of the chart. */
  readonly value: number;
  /** Such as "512 MiB". */
  readonly text: string;
}

/** One chart. */
export interface ChartModel {
  readonly key: "cpu" | "memory" | "network" | "disk";
  readonly title: string;
  /** Meaning of its values; empty where the title is enough. */
  readonly unit: string;
  readonly format: (value: number) => string;
  /** Smallest value of the upper edge. */
  readonly least: number;
  readonly steps?: readonly number[];
  readonly curves: readonly Curve[];
  readonly gaps: Cut["gaps"];
  readonly limit: ChartLimit | undefined;
}

/** Number of points per chart; more would not be visible. */
const POINTS = 600;
const MIB = 1024 ** 2;
const RATE = { format: formatRate, least: 1024, steps: BYTE_STEPS } as const;

/** Returns the four charts of a span; several containers share each chart, the first one is the page's. */
export function chartsOf(
  containers: readonly ChartedContainer[],
  span: Zoom,
  colors: ChartColors,
): readonly ChartModel[] {
  const stepMs = Math.ceil((span.to - span.from) / POINTS);
  const cuts = containers.map(({ samples }) => cutByTime(samples, span, stepMs));
  const [cut] = cuts;
  const [own] = containers;
  if (own === undefined || cut === undefined) return [];
  const models = modelsOf(own);
  if (cuts.length === 1) {
    return models.map((model) => ({
      ...model,
      curves: ownCurves(model.key, own, cut, colors),
      gaps: cut.gaps,
    }));
  }
  return models.map((model) => ({
    ...model,
    unit: COMPARED_UNITS[model.key] ?? model.unit,
    limit: undefined,
    gaps: [],
    curves: containers.map((container, index) =>
      comparedCurve(model.key, container, cuts[index]!, colors, index)
    ),
  }));
}

const COMPARED_UNITS: Readonly<Partial<Record<ChartModel["key"], string>>> = {
  network: CHART_LABELS.networkSum,
  disk: CHART_LABELS.diskSum,
};

function modelsOf(
  { cpuLimit, memoryLimit }: ChartedContainer,
): readonly Omit<ChartModel, "curves" | "gaps">[] {
  const cpu = cpuLimit === null ? undefined : { value: cpuLimit * 100, text: CHART_LABELS.cores(cpuLimit) };
  const memory = memoryLimit === null ? undefined : { value: memoryLimit, text: formatBytes(memoryLimit) };
  const { cpuUnit } = CHART_LABELS;
  return [
    { key: "cpu", title: CHART_LABELS.cpu, unit: cpuUnit, format: formatPercent, least: 1, limit: cpu },
    {
      key: "memory",
      title: CHART_LABELS.memory,
      unit: "",
      format: formatBytes,
      least: MIB,
      steps: BYTE_STEPS,
      limit: memory,
    },
    { key: "network", title: CHART_LABELS.network, unit: "", ...RATE, limit: undefined },
    { key: "disk", title: CHART_LABELS.disk, unit: "", ...RATE, limit: undefined },
  ];
}

/** Returns the curves of the only container. */
function ownCurves(
  key: ChartModel["key"],
  { memoryScale }: ChartedContainer,
  cut: Cut,
  colors: ChartColors,
): readonly Curve[] {
  const first = { color: colors[key], filled: true };
  const second = { color: colors.second, dashed: true };
  switch (key) {
    case "cpu":
      return [curveOf(cut, SERIES.cpu, { ...first, label: CHART_LABELS.cpu })];
    case "memory":
      return [curveOf(cut, SERIES.memory, { ...first, label: CHART_LABELS.memory }, shareOf(memoryScale))];
    case "network":
      return [
        curveOf(cut, SERIES.networkRx, { ...first, label: CHART_LABELS.received }),
        curveOf(cut, SERIES.networkTx, { ...second, label: CHART_LABELS.sent }),
      ];
    case "disk":
      return [
        curveOf(cut, SERIES.blockRead, { ...first, label: CHART_LABELS.read }),
        curveOf(cut, SERIES.blockWrite, { ...second, label: CHART_LABELS.written }),
      ];
  }
}

/** Returns the curve of one of several containers: traffic of both directions, without a band. */
function comparedCurve(
  key: ChartModel["key"],
  { name, memoryScale }: ChartedContainer,
  { times, mean }: Cut,
  { compared }: ChartColors,
  index: number,
): Curve {
  const look = { label: name, color: compared[index] ?? compared[0], times };
  const sum = (one: number, other: number) => sumColumn(mean[one]!, mean[other]!);
  switch (key) {
    case "cpu":
      return { ...look, mean: mean[SERIES.cpu]! };
    case "memory":
      return { ...look, mean: scaledColumn(mean[SERIES.memory]!, shareOf(memoryScale)) };
    case "network":
      return { ...look, mean: sum(SERIES.networkRx, SERIES.networkTx) };
    case "disk":
      return { ...look, mean: sum(SERIES.blockRead, SERIES.blockWrite) };
  }
}

/** Returns the factor from percent of the memory to bytes. */
function shareOf(memoryScale: number | null): number | null {
  return memoryScale === null ? null : memoryScale / 100;
}
