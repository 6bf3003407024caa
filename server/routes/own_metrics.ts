/** Pure: metrics of containers from their samples, under names of DockStat. */
import type { ContainerMetric } from "./cadvisor_metrics.ts";

/** Metrics of containers under names of DockStat. Totals count since the start of the container. */
export const OWN_METRICS: readonly ContainerMetric[] = [
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
