/** Pure: the newest of every container as metrics. */
import { labels, type Metric } from "../http/prometheus_text.ts";
import type { ContainerFacts, ContainerUpdate } from "../stats/update.ts";

/** One metric that a container may have. */
interface ContainerMetric extends Omit<Metric, "samples"> {
  /** `null` or nothing where it is not known. */
  readonly value: (facts: ContainerFacts) => number | null | undefined;
}

/** Totals count since the container started, and begin anew when it does. */
const METRICS: readonly ContainerMetric[] = [
  {
    name: "dockstat_container_cpu_percent",
    type: "gauge",
    help: "CPU in percent of one core, as docker stats prints it.",
    // A paused container's last share of the CPU is over.
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
    help: "CPUs that the container may use, as the engine tells them.",
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
    help: "Memory that the container may use; that of its host when it has no limit.",
    value: ({ sample }) => sample?.memoryLimitBytes,
  },
  {
    name: "dockstat_container_network_receive_bytes_total",
    type: "counter",
    help: "Bytes received on all its networks.",
    value: ({ sample }) => sample?.networkRxBytes,
  },
  {
    name: "dockstat_container_network_transmit_bytes_total",
    type: "counter",
    help: "Bytes sent on all its networks.",
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
    help: "When a container that runs was started, Unix time by its engine's clock.",
    value: ({ sample, container: { startedAt } }) => sample && startedAt !== null ? startedAt / 1000 : null,
  },
];

/**
 * The metrics of all containers that are current: of a host that has gone silent they are left out, since Prometheus
 * would take an old value for a new one; `dockstat_host_up` says so.
 */
export function containerMetrics(updates: readonly ContainerUpdate[]): readonly Metric[] {
  const current = updates.map(({ facts }) => facts).filter(({ stale }) => !stale);
  // Written once per container: every metric repeats them.
  const named = current.map((facts) => [facts, labels(labelsOf(facts))] as const);
  return [
    ...METRICS.map(({ value, ...metric }): Metric => ({
      ...metric,
      samples: named.flatMap(([facts, text]) => {
        const number = value(facts);
        return typeof number === "number" ? [[text, number] as const] : [];
      }),
    })),
    {
      name: "dockstat_container_state",
      type: "gauge",
      help: "1 for the state that the container is in.",
      samples: current.map((facts) => [labels({ ...labelsOf(facts), state: facts.container.state }), 1]),
    },
    {
      name: "dockstat_container_health",
      type: "gauge",
      help: "1 for what the container's health check says; nothing without one.",
      samples: current.flatMap((facts) => {
        const { health } = facts.container;
        return health === null ? [] : [[labels({ ...labelsOf(facts), health }), 1] as const];
      }),
    },
  ];
}

function labelsOf({ hostId, container }: ContainerFacts): Readonly<Record<string, string>> {
  const { name, id, image, project, service } = container;
  return { host: hostId, name, id, image, project: project ?? "", service: service ?? "" };
}
