import { HostColumns, type HostReading, sampleValues } from "../../server/history/values.ts";
import { assertEquals } from "../assert.ts";
import { sampleOf } from "./recorded.ts";

const READING: HostReading = {
  ...{ hostCpuUsage: 120, hostMemoryBytes: 6, hostMemoryTotalBytes: 8, diskUsedBytes: 9, diskTotalBytes: 10 },
  ...{ load1: 1.5, networkRxBytes: 1000, networkTxBytes: 500 },
};

Deno.test("memory without a limit and unknown rates have no value", () => {
  assertEquals(sampleValues(sampleOf(10)), [10, 5, 100, 200, 0, NaN]);
  assertEquals(sampleValues(sampleOf(10, { memoryLimitBytes: null }))[1], NaN);
});

Deno.test("memory and disk of a host are percentages, and its network has rates from the second reading on", () => {
  const columns = new HostColumns();
  assertEquals(columns.values("nas", READING, 0), [120, 75, NaN, NaN, 1.5, 90]);
  const next = { ...READING, networkRxBytes: 3000, networkTxBytes: 500 };
  assertEquals(columns.values("nas", next, 2000), [120, 75, 1000, 0, 1.5, 90]);
  assertEquals(columns.values("pi", next, 2000).slice(2, 4), [NaN, NaN]);
});

Deno.test("counters that begin again, and readings far apart, give no rate", () => {
  const columns = new HostColumns();
  columns.values("nas", READING, 0);
  assertEquals(columns.values("nas", { ...READING, networkRxBytes: 5 }, 1000).slice(2, 4), [NaN, 0]);
  assertEquals(columns.values("nas", READING, 500_000).slice(2, 4), [NaN, NaN]);
});

Deno.test("unknown numbers of a host have no value", () => {
  const nothing = Object.fromEntries(
    Object.keys(READING).map((key) => [key, null]),
  ) as unknown as HostReading;
  assertEquals(new HostColumns().values("nas", nothing, 0), new Array(6).fill(NaN));
});

Deno.test("readings of hosts that are no longer measured are forgotten", () => {
  const columns = new HostColumns();
  for (const host of ["nas", "pi", "vps"]) columns.values(host, READING, 0);
  assertEquals(columns.size, 3);
  columns.values("nas", READING, 120_000);
  assertEquals(columns.size, 3);
  columns.values("nas", READING, 120_001);
  assertEquals(columns.size, 1);
});
