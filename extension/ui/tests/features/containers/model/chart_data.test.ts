import { pointOf, SERIES, toChartData } from "../../../../src/features/containers/model/chart_data.ts";
import type { HistoryPoint } from "../../../../../../server/protocol/stats.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { at, message } from "../../../fakes/messages.ts";

const point = (
  second: number,
  cpu: number | null,
): HistoryPoint => [second * 1000, cpu, null, null, null, null, null];

Deno.test("converts points to columns with times in seconds", () => {
  const data = toChartData([point(1, 10), point(2, 20)], 100);
  assertEquals([data[0], data[SERIES.cpu]], [[1, 2], [10, 20]]);
});

Deno.test("leaves a gap in the line where points are missing", () => {
  const data = toChartData([point(1, 10), point(60, 20)], 100);
  assertEquals(data[SERIES.cpu], [10, null, 20]);
});

Deno.test("limits the number of points and keeps peaks", () => {
  const points = Array.from({ length: 1000 }, (_, second) => point(second, second === 501 ? 99 : 1));
  const data = toChartData(points, 100);
  assertEquals(data[0].length, 100);
  assertEquals(Math.max(...data[SERIES.cpu]!.map(Number)), 99);
});

Deno.test("makes a point from two readings", () => {
  const made = pointOf(message(), message({ timestamp: at(2), networkRxBytes: 100, cpuUsage: 7 }));
  assertEquals([made?.[1], made?.[3]], [7, 50]);
  assertEquals(pointOf(message(), message()), undefined);
});
