/** Pure: metrics of containers under the names and labels of cAdvisor, for dashboards that exist. */
import { labels, type Metric } from "../http/prometheus_text.ts";
import type { Details } from "../docker/details.ts";
import type { LabeledKind } from "../docker/metrics/labeled.ts";
import type { ContainerFacts } from "../stats/update.ts";

/** A metric of a container. */
export interface ContainerMetric extends Omit<Metric, "samples"> {
  /** True for traffic, which containers that share a network namespace report once. */
  readonly shared?: true;
  /** Labels in addition to the container's labels. */
  readonly extra?: Readonly<Record<string, string>>;
  /** Kind of numbers with labels that the metric has instead of a value. */
  readonly labeled?: LabeledKind;
  /** Divisor of those numbers; 1 by default. */
  readonly divisor?: number;
  /** `null` or `undefined` where it is unknown. */
  readonly value: (facts: ContainerFacts, details: Details | undefined) => number | null | undefined;
}

/** Period in which the kernel enforces a limit of CPUs, microseconds. */
const CFS_PERIOD = 100_000;

/** Values of {@linkcode ContainerMetric} that an existing dashboard for cAdvisor shows. */
export const CADVISOR_METRICS: readonly ContainerMetric[] = [
  {
    name: "container_cpu_usage_seconds_total",
    type: "counter",
    help: "CPU time used, of all cores together.",
    extra: { cpu: "total" },
    value: ({ sample }) => sample && sample.cpuTotal / 1e9,
  },
  {
    name: "container_spec_cpu_period",
    type: "gauge",
    help: "Period of the CPU limit in microseconds.",
    value: ({ sample, container: { cpuLimit } }) => sample && cpuLimit !== null ? CFS_PERIOD : null,
  },
  {
    name: "container_spec_cpu_quota",
    type: "gauge",
    help: "CPU time that the container may use in each period, microseconds; absent without a limit.",
    value: ({ sample, container: { cpuLimit } }) =>
      sample && cpuLimit !== null ? cpuLimit * CFS_PERIOD : null,
  },
  {
    name: "container_memory_working_set_bytes",
    type: "gauge",
    help: "Memory in use without the inactive page cache.",
    value: ({ sample }) => sample?.memoryBytes,
  },
  {
    name: "container_spec_memory_limit_bytes",
    type: "gauge",
    help: "Memory limit of the container; 0 without a limit.",
    value: ({ sample, container: { memoryLimited } }) =>
      sample && (memoryLimited ? sample.memoryLimitBytes : 0),
  },
  {
    name: "container_network_receive_bytes_total",
    type: "counter",
    help: "Bytes received on all its networks; once for containers that share a network.",
    shared: true,
    extra: { interface: "all" },
    value: ({ sample }) => sample?.networkRxBytes,
  },
  {
    name: "container_network_transmit_bytes_total",
    type: "counter",
    help: "Bytes sent on all its networks; once for containers that share a network.",
    shared: true,
    extra: { interface: "all" },
    value: ({ sample }) => sample?.networkTxBytes,
  },
  {
    name: "container_fs_reads_bytes_total",
    type: "counter",
    help: "Bytes read from block devices.",
    extra: { device: "all" },
    value: ({ sample }) => sample?.blockReadBytes,
  },
  {
    name: "container_fs_writes_bytes_total",
    type: "counter",
    help: "Bytes written to block devices.",
    extra: { device: "all" },
    value: ({ sample }) => sample?.blockWriteBytes,
  },
  {
    name: "container_threads",
    type: "gauge",
    help: "Processes and threads in the container.",
    value: ({ sample }) => sample?.pids,
  },
  {
    name: "container_start_time_seconds",
    type: "gauge",
    help: "Start time of a running container, Unix time by its engine's clock.",
    value: ({ sample, container: { startedAt } }) => sample && startedAt !== null ? startedAt / 1000 : null,
  },
  {
    name: "container_last_seen",
    type: "gauge",
    help: "Time of the newest numbers, Unix time by the engine's clock.",
    value: ({ sample }) => sample && sample.readMs / 1000,
  },
];

/** Formats the labels of a container with the names of cAdvisor, and the host beside them. */
export function cadvisorLabels(
  { host, name, image, project, service }: Readonly<Record<string, string>>,
): string {
  return labels({
    host: host ?? "",
    name: name ?? "",
    image: image ?? "",
    container_label_com_docker_compose_project: project ?? "",
    container_label_com_docker_compose_service: service ?? "",
  });
}
