import type { Sample } from "../../../server/docker/sample.ts";
import { History } from "../../../server/stats/past/history.ts";
import { assertEquals } from "../../assert.ts";

function sample(second: number, changes: Partial<Sample> = {}): Sample {
  return {
    read: "",
    readMs: second * 1000,
    cpuTotal: 0,
    systemTotal: 0,
    onlineCpus: 1,
    cpuFull: 100,
    memoryBytes: 1,
    memoryLimitBytes: 4,
    networkRxBytes: 0,
    networkTxBytes: 0,
    blockReadBytes: 0,
    blockWriteBytes: 0,
    pids: 1,
    cpuUsage: second,
    memoryUsage: 25,
    networkRxRate: 1,
    networkTxRate: 2,
    blockReadRate: 3,
    blockWriteRate: 4,
    ...changes,
  };
}

Deno.test("returns points oldest first, also after the ring has grown and wrapped", () => {
  const history = new History(200_000);
  for (let second = 1; second <= 1000; second++) history.add(sample(second), second * 1000);
  const points = history.since(0);
  assertEquals(points.map(([, cpu]) => cpu), Array.from({ length: 201 }, (_, index) => 800 + index));
  assertEquals(points[0], [800_000, 800, 25, 1, 2, 3, 4]);
});

Deno.test("returns only points since a time", () => {
  const history = new History(60_000);
  for (let second = 1; second <= 10; second++) history.add(sample(second), second * 1000);
  assertEquals(history.since(9000).map(([time]) => time), [9000, 10_000]);
});

Deno.test("unknown values are null, and so is the memory share without a limit", () => {
  const history = new History(60_000);
  history.add(sample(1, { networkRxRate: null, memoryLimitBytes: null, memoryUsage: 0 }));
  assertEquals(history.since(0), [[1000, 1, null, null, 2, 3, 4]]);
});

Deno.test("a point is kept for the whole time and not longer", () => {
  const history = new History(5000);
  for (const second of [1, 2, 6]) history.add(sample(second), second * 1000);
  assertEquals(history.since(0).map(([time]) => time), [1000, 2000, 6000]);
  history.add(sample(7), 7000);
  assertEquals(history.since(0).map(([time]) => time), [2000, 6000, 7000]);
});

Deno.test("a long silence drops every old point and keeps the new one", () => {
  const history = new History(60_000);
  for (let second = 1; second <= 100; second++) history.add(sample(second), second * 1000);
  history.add(sample(1e9), 1e12);
  assertEquals(history.since(0).map(([time]) => time), [1e12]);
});

Deno.test("points beyond the precision of the ring are rounded to seven digits", () => {
  const history = new History(60_000);
  history.add(sample(1, { cpuUsage: 0.1, networkRxRate: 1234567891 }));
  assertEquals(history.since(0), [[1000, 0.1, 25, 1_234_568_000, 2, 3, 4]]);
});

Deno.test("a sample with a time far in the future drops no other", () => {
  const history = new History(60_000);
  for (const [second, now] of [[1, 1000], [253_370_764_800, 2000], [3, 3000]] as const) {
    history.add(sample(second), now);
  }
  assertEquals(history.since(0).map(([time]) => time), [1000, 253_370_764_800_000, 3000]);
});

Deno.test("beyond a number of points the oldest are dropped, also when the number shrinks", () => {
  const history = new History(60_000);
  for (let second = 1; second <= 20; second++) history.add(sample(second), second * 1000, 10);
  assertEquals(history.since(0).map(([time]) => time / 1000), [11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  history.add(sample(21), 21_000, 2.5);
  assertEquals(history.since(0).map(([time]) => time / 1000), [19, 20, 21]);
});
