/** `GET /metrics`: current values for Prometheus. */
import {
  counter,
  distinctSeries,
  gauge,
  labels,
  type Metric,
  PROMETHEUS_CONTENT_TYPE,
  prometheusText,
} from "../http/prometheus_text.ts";
import type { LogLines } from "../log/recent_lines.ts";
import type { Outputs } from "../output/outputs.ts";
import { NO_STORE } from "../http/problem.ts";
import { OPERATION_STATES } from "../protocol/operations.ts";
import { type Stack } from "../protocol/stacks.ts";
import { STACK_STATES } from "../protocol/stack_events.ts";
import type { Sizes } from "../resources/sizes.ts";
import { parseOptions } from "../http/query.ts";
import type { Sockets } from "../http/socket.ts";
import type { Runner } from "../stacks/runner.ts";
import type { Stacks } from "../stacks/stacks.ts";
import type { Feed } from "../stats/feed.ts";
import type { ImageUpdates } from "../updates/image_updates.ts";
import type { ContainerUpdate } from "../stats/update.ts";
import { unhandledErrors } from "../log/unhandled.ts";
import { VERSION } from "../version.ts";
import type { DetailsOf } from "../stats/hosts/details.ts";
import { ContainerSeries, FEWEST_SERIES } from "./container_metrics.ts";
import { hostMetrics } from "./host_metrics.ts";
import { imageMetrics } from "./image_metrics.ts";
import { labelMetrics } from "./label_metrics.ts";

/** Sources of the metrics. */
export interface MetricsSources {
  readonly feed: Feed;
  readonly stacks: Stacks;
  readonly runner: Runner;
  readonly sockets: Sockets;
  readonly lines: LogLines;
  readonly outputs: Outputs;
  readonly updates: Pick<ImageUpdates, "recent">;
  readonly resources: { readonly sizes: Pick<Sizes, "containerBytes"> };
}

/** Maximum number of series of one scrape. */
const MOST_SERIES = 20_000;

/** States of operations in progress. */
const UNDER_WAY = ["queued", "running"] as const;

/**
 * Answers with the current metrics in Prometheus' format.
 *
 * @throws {AppError} "malformed" for any option.
 */
export async function getMetrics(url: URL, measured: MetricsSources): Promise<Response> {
  parseOptions(url.searchParams, {});
  return new Response(prometheusText(await currentMetrics(measured)), {
    headers: { "content-type": PROMETHEUS_CONTENT_TYPE, ...NO_STORE },
  });
}

/** Returns the current metrics of containers, hosts, stacks and the server, within a bound of series. */
export async function currentMetrics(measured: MetricsSources): Promise<readonly Metric[]> {
  const { feed, stacks } = measured;
  // A scrape must not keep the collector running between two scrapes.
  const [updates] = await Promise.all([feed.snapshot({ intervalMs: 1000, lingerMs: 0 }), feed.measure()]);
  const read = await feed.details(updates);
  const details: DetailsOf = (hostId, id) => {
    const found = read(hostId, id);
    return found && { ...found, writtenBytes: measured.resources.sizes.containerBytes(hostId, id) };
  };
  const reports = feed.reports();
  // "dockstat_host_up" reports the others.
  const up = new Set(reports.filter(({ state }) => state === "up").map(({ hostId }) => hostId));
  const others = [
    ...hostMetrics(reports),
    ...labelMetrics(reports),
    ...stackMetrics(stacks.list(), measured.runner),
    ...serverMetrics(measured),
    imageMetrics(measured.updates.recent()),
  ];
  const readable = updates.filter(({ hostId }) => up.has(hostId));
  return distinctSeries([...containerSeries(readable, others, details), ...others]);
}

/**
 * Returns the metrics of containers for which there is room beside other metrics. Optional metrics are left out first,
 * for all containers alike, and then whole containers, those that do not run first.
 */
function containerSeries(
  updates: readonly ContainerUpdate[],
  others: readonly Metric[],
  details: DetailsOf,
): readonly Metric[] {
  const room = MOST_SERIES - 2 - seriesIn(others);
  const most = Math.max(0, Math.floor(room / FEWEST_SERIES));
  const rank = ({ facts }: ContainerUpdate) => facts.container.state === "running" ? 0 : 1;
  const shown = updates.length <= most
    ? updates
    : [...updates].sort((one, other) => rank(one) - rank(other)).slice(0, most);
  const series = new ContainerSeries(shown, details);
  const required = series.required();
  const { metrics, omitted } = series.optional(room - seriesIn(required));
  return [
    ...required,
    ...metrics,
    gauge(
      "dockstat_containers_omitted",
      `Containers without metrics, because there are more than ${MOST_SERIES} series.`,
      [["", updates.length - shown.length]],
    ),
    gauge(
      "dockstat_series_omitted",
      `Series of optional metrics that were left out, because there are more than ${MOST_SERIES}.`,
      [["", omitted]],
    ),
  ];
}

function seriesIn(metrics: readonly Metric[]): number {
  return metrics.reduce((sum, { samples }) => sum + samples.length, 0);
}

function stackMetrics(stacks: readonly Stack[], runner: Runner): readonly Metric[] {
  const statuses = STACK_STATES.flatMap((status) =>
    [true, false].map((managed) =>
      [
        labels({ status, managed: String(managed) }),
        stacks.filter((stack) => stack.status === status && stack.managed === managed).length,
      ] as const
    )
  );
  const running = stacks.flatMap(({ operation }) => operation ?? []);
  const ends = OPERATION_STATES.filter((state) => !UNDER_WAY.some((one) => one === state));
  return [
    gauge(
      "dockstat_stacks",
      "Stacks by status; managed is false for projects that DockStat did not create.",
      statuses,
    ),
    gauge(
      "dockstat_operations",
      "Operations on stacks in progress, by state.",
      UNDER_WAY.map((state) => [labels({ state }), running.filter((one) => one.state === state).length]),
    ),
    counter(
      "dockstat_operations_ended_total",
      "Operations on stacks that have ended since the start, by result.",
      ends.map((state) => [labels({ state }), runner.ends.get(state) ?? 0]),
    ),
  ];
}

function serverMetrics({ sockets, lines, outputs }: MetricsSources): readonly Metric[] {
  const one = (value: number): Metric["samples"] => [["", value]];
  const { user, system } = globalThis.process.cpuUsage();
  return [
    gauge("dockstat_sockets", "Open WebSockets.", one(sockets.size)),
    counter(
      "dockstat_sockets_too_slow_total",
      "WebSockets closed because they read too slowly.",
      one(sockets.tooSlow),
    ),
    counter(
      "dockstat_log_lines_dropped_total",
      "Lines dropped for slow readers, of DockStat's own log or of containers.",
      [[labels({ log: "own" }), lines.dropped], [labels({ log: "container" }), outputs.dropped]],
    ),
    gauge(
      "dockstat_build_info",
      "Versions of DockStat and its runtime, in the labels.",
      [[labels({ version: VERSION, deno: Deno.version.deno }), 1]],
    ),
    counter(
      "dockstat_unhandled_errors_total",
      "Errors that no code handled; each one is a bug.",
      one(unhandledErrors.count),
    ),
    gauge("process_resident_memory_bytes", "Memory of the server process.", one(Deno.memoryUsage().rss)),
    counter("process_cpu_seconds_total", "CPU time of the server process.", one((user + system) / 1e6)),
    gauge(
      "process_start_time_seconds",
      "Start time of the server process, Unix time.",
      one(performance.timeOrigin / 1000),
    ),
  ];
}
