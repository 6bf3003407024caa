import { useMemo, useRef } from "react";
import type { PaletteMode } from "@mui/material";
import { useNow } from "../../../lib/use_now.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { ContainerFeed } from "../model/container_feed.ts";
import type { StatsFeed } from "../model/stats_feed.ts";
import { keyOf } from "../model/container_row.ts";
import { hasMemoryLimit } from "../model/memory_limit.ts";
import { useChartColors } from "./chart_colors.ts";
import { type ChartedContainer, type ChartModel, chartsOf } from "./charts_of.ts";
import type { Mark } from "./data/marks.ts";
import { type ChartRange, RANGES, spanOf, type Zoom } from "./data/ranges.ts";
import { hastened } from "./data/samples.ts";
import { notesOf } from "./notes.ts";
import type { ComparedContainer } from "./use_compared.ts";
import { useFastReadings } from "./use_fast_readings.ts";
import { useHistories } from "./use_histories.ts";
import { useMarks } from "./use_marks.ts";

/** Props of {@linkcode StatsView}. */
export interface StatsViewProps {
  readonly feed: StatsFeed;
  readonly own: ContainerFeed;
  readonly message: DetailedStatsMessage;
  readonly host: HostReport | undefined;
  /** Limit in cores; `null` without one, or while it is unknown. */
  readonly cpuLimit: number | null;
}

/** Content of the charts of a page. */
export interface Charts {
  readonly containers: readonly ChartedContainer[];
  readonly charts: readonly ChartModel[];
  readonly marks: readonly Mark[];
  readonly span: Zoom;
  /** Reasons why values are missing. */
  readonly notes: readonly string[];
  /** True when the newest values are current. */
  readonly live: boolean;
}

/** Returns the charts of a container and of those that are compared with it. */
export function useCharts(
  { feed, own, message, host, cpuLimit }: StatsViewProps,
  range: ChartRange,
  compared: readonly ComparedContainer[],
  mode: PaletteMode,
): Charts {
  const { points } = useObservable(own.view);
  const isMeasured = message.state === "running" && !message.stale;
  const span = useSpan(range, isMeasured ? points.at(-1)?.[0] : undefined);
  const messages = [message, ...compared.map((one) => one.message)];
  const views = [points, ...compared.map((one) => one.own.view.value.points)];
  const histories = useHistories(
    messages.map(({ hostId, id }, index) => ({
      key: keyOf({ hostId, id }),
      hostId,
      id,
      points: views[index]!,
    })),
    range.zoom === undefined ? RANGES[range.name] : Date.now() - span.from,
    range.zoom !== undefined,
  );
  const fast = useFastReadings(message, range.name === "1m" && isMeasured && host?.reader === "kernel");
  const samplesAt = (index: number) =>
    index === 0 && fast !== undefined ? hastened(points, fast) : histories.samples[index]!;
  const containers = useUnchanged(messages.map((one, index): ChartedContainer => ({
    ...limitsOf(one, feed.hosts.value?.get(one.hostId)),
    samples: samplesAt(index),
    cpuLimit: index === 0 ? cpuLimit : null,
  })));
  const { from, to } = span;
  const colors = useChartColors(mode);
  const charts = useMemo(() => chartsOf(containers, { from, to }, colors), [containers, from, to, colors]);
  return {
    containers,
    charts,
    marks: useShownMarks(message, span, RANGES[range.name]),
    span,
    notes: notesOf({ message, host, histories, containers, span }),
    live: isMeasured && range.zoom === undefined,
  };
}

/** Returns the last containers again until one has another sample or limit, so that charts are drawn once. */
function useUnchanged(containers: readonly ChartedContainer[]): readonly ChartedContainer[] {
  const last = useRef(containers);
  const isSame = containers.length === last.current.length &&
    containers.every((one, index) => isUnchanged(one, last.current[index]!));
  if (!isSame) last.current = containers;
  return last.current;
}

function isUnchanged({ samples, ...one }: ChartedContainer, { samples: others, ...other }: ChartedContainer) {
  return Object.entries(one).every(([name, value]) => other[name as keyof typeof other] === value) &&
    samples.resolutionMs === others.resolutionMs && samples.mean.length === others.mean.length &&
    samples.mean[0] === others.mean[0] && samples.mean.at(-1) === others.mean.at(-1);
}

function limitsOf(message: DetailedStatsMessage, host: StatsViewProps["host"]) {
  const { hostId, name, memoryLimitBytes } = message;
  return {
    key: keyOf(message),
    hostId,
    name,
    memoryScale: memoryLimitBytes,
    memoryLimit: hasMemoryLimit(message, host) ? memoryLimitBytes : null,
  };
}

function useShownMarks(message: DetailedStatsMessage, { from, to }: Zoom, rangeMs: number): readonly Mark[] {
  const marks = useMarks(message, Math.min(from, Date.now() - rangeMs));
  return useMemo(
    () => marks.filter(({ time }) => time * 1000 >= from && time * 1000 <= to),
    [marks, from, to],
  );
}

/** Returns the shown span, which moves with the newest reading, or with the clock while nothing is measured. */
function useSpan(range: ChartRange, newest: number | undefined): Zoom {
  const now = useNow(newest === undefined && range.zoom === undefined);
  return spanOf(range, newest ?? now);
}
