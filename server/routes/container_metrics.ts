/** Pure: formats the newest sample of every container as metrics. */
import { cutTo, labels, type Metric } from "../http/prometheus_text.ts";
import type { ContainerFacts, ContainerUpdate } from "../stats/update.ts";
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

/** Maximum number of series of one container. */
export const SERIES_PER_CONTAINER = METRICS.length + 2 + CADVISOR_METRICS.length;

/**
 * Returns the metrics of all current containers. Those of a silent host are left out, because Prometheus would take
 * an old value for a new one; `dockstat_host_up` reports the host.
 */
export function containerMetrics(updates: readonly ContainerUpdate[]): readonly Metric[] {
  const current = updates.map(({ facts }) => facts).filter(({ stale }) => !stale);
  const reporters = networkReporters(current);
  // Formatted once per container, because every metric repeats them.
  const named = current.map((facts) => [facts, labels(labelsOf(facts))] as const);
  const alike = current.map((facts) => [facts, cadvisorLabels(labelsOf(facts))] as const);
  return [
    ...METRICS.map((metric) => measured(metric, named, reporters)),
    ...CADVISOR_METRICS.map((metric) => measured(metric, alike, reporters)),
    {
      name: "dockstat_container_state",
      type: "gauge",
      help: "1 for the state of the container.",
      samples: current.map((facts) => [labels({ ...labelsOf(facts), state: facts.container.state }), 1]),
    },
    {
      name: "dockstat_container_health",
      type: "gauge",
      help: "1 for the result of the container's health check; absent without one.",
      samples: current.flatMap((facts) => {
        const { health } = facts.container;
        return health === null ? [] : [[labels({ ...labelsOf(facts), health }), 1] as const];
      }),
    },
  ];
}

/** Returns a metric with the values of all containers that have one. */
function measured(
  { value, shared, extra, ...metric }: ContainerMetric,
  named: readonly (readonly [ContainerFacts, string])[],
  reporters: ReadonlySet<ContainerFacts>,
): Metric {
  const more = extra === undefined ? "" : `,${labels(extra).slice(1, -1)}`;
  return {
    ...metric,
    samples: named.flatMap(([facts, text]) => {
      const number = shared && !reporters.has(facts) ? null : value(facts);
      return typeof number === "number"
        ? [[more === "" ? text : `${text.slice(0, -1)}${more}}`, number] as const]
        : [];
    }),
  };
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

function labelsOf({ hostId, container }: ContainerFacts): Readonly<Record<string, string>> {
  const { name, id, image, project, service } = container;
  const values = { host: hostId, name, image, project: project ?? "", service: service ?? "" };
  const cut = Object.fromEntries(
    Object.entries(values).map(([key, text]) => [key, cutTo(text, LONGEST_LABEL)]),
  );
  // Names that differ only in the part that is cut off must remain different series.
  return cut["name"] === name
    ? cut
    : { ...cut, name: `${cutTo(name, LONGEST_LABEL - 13)}~${id.slice(0, 12)}` };
}
