/** The metrics of containers in cAdvisor's documentation (docs/storage/prometheus.md), and those that are missing. */
import { CADVISOR_DETAILS } from "../../server/routes/cadvisor_details.ts";
import { CADVISOR_METRICS } from "../../server/routes/cadvisor_metrics.ts";
import { assertEquals, assertGreaterOrEqual, assertStringIncludes } from "../assert.ts";

/** Names after "container_", without accelerators and hardware counters. */
const DOCUMENTED = `
  cpu_cfs_periods_total cpu_cfs_throttled_periods_total cpu_cfs_throttled_seconds_total cpu_load_average_10s
  cpu_schedstat_run_periods_total cpu_schedstat_run_seconds_total cpu_schedstat_runqueue_seconds_total
  cpu_system_seconds_total cpu_usage_seconds_total cpu_user_seconds_total cpu_user_seconds cpu_kernel_seconds
  file_descriptors fs_inodes_free fs_inodes_total fs_io_current fs_io_time_seconds_total
  fs_io_time_weighted_seconds_total fs_limit_bytes fs_reads_bytes_total fs_reads_total fs_read_seconds_total
  fs_reads_merged_total fs_sector_reads_total fs_sector_writes_total fs_usage_bytes fs_write_seconds_total
  fs_writes_bytes_total fs_writes_merged_total fs_writes_total hugetlb_failcnt hugetlb_max_usage_bytes
  hugetlb_usage_bytes last_seen llc_occupancy_bytes memory_bandwidth_bytes memory_bandwidth_local_bytes
  memory_cache memory_failcnt memory_failures_total memory_numa_pages memory_max_usage_bytes memory_rss memory_swap
  memory_mapped_file memory_usage_bytes memory_working_set_bytes network_receive_bytes_total
  network_receive_packets_dropped_total network_receive_packets_total network_receive_errors_total
  network_transmit_bytes_total network_transmit_packets_total network_transmit_packets_dropped_total
  network_transmit_errors_total network_tcp_usage_total network_tcp6_usage_total network_udp_usage_total
  network_udp6_usage_total processes referenced_bytes spec_cpu_period spec_cpu_quota spec_cpu_shares
  spec_memory_limit_bytes spec_memory_swap_limit_bytes spec_memory_reservation_limit_bytes start_time_seconds
  tasks_state
`.trim().split(/\s+/).map((name) => `container_${name}`);

const OFFERED = new Set([...CADVISOR_METRICS, ...CADVISOR_DETAILS].map(({ name }) => name));

Deno.test("offers 90 % of the documented metrics, and documents the number and those that are missing", async () => {
  const missing = DOCUMENTED.filter((name) => !OFFERED.has(name));
  const offered = DOCUMENTED.length - missing.length;
  assertGreaterOrEqual(offered / DOCUMENTED.length, 0.9);
  const text = await Deno.readTextFile(new URL("../../docs/protocol.md", import.meta.url));
  const percent = Math.round(offered / DOCUMENTED.length * 100);
  assertStringIncludes(
    text.replaceAll(/\s+/g, " "),
    `${offered} of ${DOCUMENTED.length} documented (${percent} %)`,
  );
  const table = text.split("\n").filter((line) => line.startsWith("| `container_")).join("\n");
  assertEquals(missing.filter((name) => !table.includes(`\`${name}\``)), []);
});

Deno.test("names each offered metric of cAdvisor in the documentation", async () => {
  const text = await Deno.readTextFile(new URL("../../docs/protocol.md", import.meta.url));
  const families = /^container_(?:pressure|network_(?:receive|transmit))_/;
  assertEquals([...OFFERED].filter((name) => !text.includes(`\`${name}\``) && !families.test(name)), []);
});
