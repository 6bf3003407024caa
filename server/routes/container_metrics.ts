/** Pure: formats the newest sample of every container as metrics. */
import { cutTo, gauge, labels, type Metric } from "../http/prometheus_text.ts";
import type { Details } from "../docker/details.ts";
import type { ContainerFacts, ContainerUpdate } from "../stats/update.ts";
import type { DetailsOf } from "../stats/hosts/details.ts";
import { CADVISOR_DETAILS } from "./cadvisor_details.ts";
import { CADVISOR_METRICS, cadvisorLabels, type ContainerMetric } from "./cadvisor_metrics.ts";

/** Longest value of a label, bytes. */
const LONGEST_LABEL = 128;

/** Totals count since the container started, and restart from zero with it. */
const METRICS: readonly ContainerMetric[] = [
  {
    name: "dockstat_container_cpu_percent",
    type: "gauge",
    help: "CPU in percent of one core, as docker stats prints it.",
    // The last CPU share of a paused container is out of date.
    value: ({ sample, container }) => sample && (container.state === "running" ? sample.cpuUsage : 0),
  },
  {
    name: "dockstat_container_cpu_seconds_total",
    type: "counter",
    help: "CPU time used, of all cores together.",
    value: ({ sample }) => sample && sample.cpuTotal / 1e9,
  },
  {
    name: "dockstat_container_cpus",
    type: "gauge",
    help: "CPUs that the container may use, as the engine reports them.",
    value: ({ sample }) => sample?.onlineCpus,
  },
  {
    name: "dockstat_container_memory_bytes",
    type: "gauge",
    help: "Memory in use without the page cache, as docker stats prints it.",
    value: ({ sample }) => sample?.memoryBytes,
  },
  {
    name: "dockstat_container_memory_limit_bytes",
    type: "gauge",
    help: "Memory limit of the container; the memory of its host without a limit.",
    value: ({ sample }) => sample?.memoryLimitBytes,
  },
  {
    name: "dockstat_container_network_receive_bytes_total",
    type: "counter",
    help: "Bytes received on all its networks; once for containers that share a network.",
    shared: true,
    value: ({ sample }) => sample?.networkRxBytes,
  },
  {
    name: "dockstat_container_network_transmit_bytes_total",
    type: "counter",
    help: "Bytes sent on all its networks; once for containers that share a network.",
    shared: true,
    value: ({ sample }) => sample?.networkTxBytes,
  },
  {
    name: "dockstat_container_block_read_bytes_total",
    type: "counter",
    help: "Bytes read from block devices.",
    value: ({ sample }) => sample?.blockReadBytes,
  },
  {
    name: "dockstat_container_block_write_bytes_total",
    type: "counter",
    help: "Bytes written to block devices.",
    value: ({ sample }) => sample?.blockWriteBytes,
  },
  {
    name: "dockstat_container_pids",
    type: "gauge",
    help: "Processes and threads in the container.",
    value: ({ sample }) => sample?.pids,
  },
  {
    name: "dockstat_container_start_time_seconds",
    type: "gauge",
    help: "Start time of a running container, Unix time by its engine's clock.",
    value: ({ sample, container: { startedAt } }) => sample && startedAt !== null ? startedAt / 1000 : null,
  },
];

/** State and health, which all containers have. */
const STATE_SERIES = 2;
/** Maximum number of series of one container without those that are optional. */
export const FEWEST_SERIES = METRICS.length + STATE_SERIES + CADVISOR_METRICS.length;
/** Names of the metrics that are left out first when there are too many series, in this order. */
export const OPTIONAL_METRICS: readonly string[] = [...new Set(CADVISOR_DETAILS.map(({ name }) => name))]
  .reverse();

/** Options for {@linkcode containerMetrics}. */
export interface ContainerMetricsOptions {
  /** Returns what is known beyond the sample; nothing by default. */
  readonly details?: DetailsOf;
}

/**
 * Returns the metrics of all current containers. Those of a silent host are left out, because Prometheus would take
 * an old value for a new one; `dockstat_host_up` reports the host.
 */
export function containerMetrics(
  updates: readonly ContainerUpdate[],
  { details = () => undefined }: ContainerMetricsOptions = {},
): readonly Metric[] {
  const current = updates.map(({ facts }) => facts).filter(({ stale }) => !stale);
  const values = uniqueLabels(current);
  // Formatted once per container, because every metric repeats them.
  const named = current.map((facts, index) => namedOf(facts, labels(values[index]!), details));
  const alike = current.map((facts, index) => namedOf(facts, cadvisorLabels(values[index]!), details));
  const reporters = networkReporters(current);
  return [
    ...METRICS.map((metric) => measured(metric, named, reporters)),
    ...CADVISOR_METRICS.map((metric) => measured(metric, alike, reporters)),
    ...merged(CADVISOR_DETAILS.map((metric) => measured(metric, alike, reporters))),
    ...stateMetrics(current, values),
  ];
}

/** A container with its labels and details. */
interface Named {
  readonly facts: ContainerFacts;
  readonly text: string;
  readonly details: Details | undefined;
}

function namedOf(facts: ContainerFacts, text: string, details: DetailsOf): Named {
  return { facts, text, details: details(facts.hostId, facts.container.id) };
}

function stateMetrics(
  current: readonly ContainerFacts[],
  values: readonly Readonly<Record<string, string>>[],
): readonly Metric[] {
  return [
    gauge(
      "dockstat_container_state",
      "1 for the state of the container.",
      current.map(({ container: { state } }, index) => [labels({ ...values[index], state }), 1]),
    ),
    gauge(
      "dockstat_container_health",
      "1 for the result of the container's health check; absent without one.",
      current.flatMap(({ container: { health } }, index) =>
        health === null ? [] : [[labels({ ...values[index], health }), 1] as const]
      ),
    ),
  ];
}

/** Returns a metric with the values of all containers that have one. */
function measured(
  { value, shared, extra, ...metric }: ContainerMetric,
  containers: readonly Named[],
  reporters: ReadonlySet<ContainerFacts>,
): Metric {
  const more = extra === undefined ? "" : `,${labels(extra).slice(1, -1)}`;
  return {
    ...metric,
    samples: containers.flatMap(({ facts, text, details }) => {
      const number = shared && !reporters.has(facts) ? null : value(facts, details);
      return typeof number === "number"
        ? [[more === "" ? text : `${text.slice(0, -1)}${more}}`, number] as const]
        : [];
    }),
  };
}

/** Joins metrics with the same name, which differ in a label. */
function merged(metrics: readonly Metric[]): readonly Metric[] {
  const found = new Map<string, Metric>();
  for (const metric of metrics) {
    const samples = [...found.get(metric.name)?.samples ?? [], ...metric.samples];
    found.set(metric.name, { ...metric, samples });
  }
  return [...found.values()];
}

/** Returns one container per network namespace, its owner if it has numbers. */
function networkReporters(containers: readonly ContainerFacts[]): ReadonlySet<ContainerFacts> {
  const found = new Map<string, ContainerFacts>();
  for (const facts of containers) {
    const { id, networkOf } = facts.container;
    const key = `${facts.hostId}/${networkOf ?? id}`;
    if (facts.sample !== undefined && (networkOf === null || !found.has(key))) found.set(key, facts);
  }
  return new Set(found.values());
}

/** Returns the labels of each container; no two are alike, because Prometheus keeps only one of such series. */
function uniqueLabels(containers: readonly ContainerFacts[]): readonly Readonly<Record<string, string>>[] {
  const seen = new Set<string>();
  return containers.map((facts) => {
    const values = labelsOf(facts);
    const key = JSON.stringify([values["host"], values["name"]]);
    if (seen.has(key)) return { ...values, name: longName(facts) };
    seen.add(key);
    return values;
  });
}

function labelsOf(facts: ContainerFacts): Readonly<Record<string, string>> {
  const { hostId, container: { name, image, project, service } } = facts;
  const values = { host: hostId, name, image, project: project ?? "", service: service ?? "" };
  const cut = Object.fromEntries(
    // A lone surrogate has no bytes; sent as another character, it could make two names alike.
    Object.entries(values).map(([key, text]) => [key, cutTo(text.toWellFormed(), LONGEST_LABEL)]),
  );
  return cut["name"] === name ? cut : { ...cut, name: longName(facts) };
}

/** Returns a name that remains different from others where a part of it is replaced or cut off. */
function longName({ container: { name, id } }: ContainerFacts): string {
  return `${cutTo(name.toWellFormed(), LONGEST_LABEL - 13)}~${id.slice(0, 12)}`;
}
