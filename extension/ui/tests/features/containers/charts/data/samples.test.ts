import type { HistoryPoint } from "../../../../../../../server/protocol/stats.ts";
import {
  continued,
  hastened,
  samplesOf,
  samplesOfFrame,
} from "../../../../../src/features/containers/charts/data/samples.ts";
import { assertEquals } from "../../../../../../../tests/assert.ts";

const point = (
  epochMs: number,
  cpu: number | null = 1,
): HistoryPoint => [epochMs, cpu, null, null, null, null, null];

const VALUES = [
  "cpuUsage",
  "memoryUsage",
  "networkRxBytesPerSecond",
  "networkTxBytesPerSecond",
  "blockReadBytesPerSecond",
  "blockWriteBytesPerSecond",
];

Deno.test("reads mean, minimum and maximum of a frame by the names of its columns", () => {
  const columns = [
    "epochMs",
    ...["", "Min", "Max", "MaxAt"].flatMap((end) => VALUES.map((name) => name + end)),
  ];
  const row = [60_000, ...Array.from({ length: 24 }, (_, index) => index === 3 ? null : index)];
  assertEquals(samplesOfFrame({ resolutionMs: 60_000, columns, history: [row] }), {
    resolutionMs: 60_000,
    mean: [[60_000, 0, 1, 2, null, 4, 5]],
    low: [[60_000, 6, 7, 8, 9, 10, 11]],
    high: [[60_000, 12, 13, 14, 15, 16, 17]],
  });
});

Deno.test("a column that the server does not send is unknown, not zero", () => {
  const { mean } = samplesOfFrame({
    resolutionMs: 1000,
    columns: ["epochMs", "cpuUsage"],
    history: [[1, 2]],
  });
  assertEquals(mean, [[1, 2, null, null, null, null, null]]);
});

Deno.test("newer readings continue combined samples", () => {
  const combined = { resolutionMs: 10, mean: [point(10, 5)], low: [point(10, 4)], high: [point(10, 6)] };
  const { mean, low, high } = continued(combined, [point(9, 1), point(11, 7)]);
  assertEquals([mean, low, high], [
    [point(10, 5), point(11, 7)],
    [point(10, 4), point(11, 7)],
    [point(10, 6), point(11, 7)],
  ]);
});

Deno.test("single readings have no band after they continue others", () => {
  assertEquals(continued(samplesOf([point(1)]), [point(2)]), samplesOf([point(1), point(2)]));
});

Deno.test("faster readings replace those of each second", () => {
  const { mean, resolutionMs } = hastened(
    [point(1000), point(2000), point(3000)],
    samplesOf([point(1900)], 100),
  );
  assertEquals([mean, resolutionMs], [[point(1000), point(1900)], 100]);
});
