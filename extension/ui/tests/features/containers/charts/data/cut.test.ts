import fc from "fast-check";
import type { HistoryPoint } from "../../../../../../../server/protocol/stats.ts";
import { assert, assertEquals } from "../../../../../../../tests/assert.ts";
import {
  type Cut,
  cutByTime,
  isGap,
  SERIES,
} from "../../../../../src/features/containers/charts/data/cut.ts";
import { type Samples, samplesOf } from "../../../../../src/features/containers/charts/data/samples.ts";

const ALWAYS = { from: -Infinity, to: Infinity };

const point = (
  seconds: number,
  cpu: number | null,
): HistoryPoint => [seconds * 1000, cpu, cpu, 1, 1, null, null];

/** Samples at any distances, with unknown values, at any resolution. */
const anySamples: fc.Arbitrary<Samples> = fc.record({
  resolutionMs: fc.constantFrom(100, 1000, 10_000, 300_000),
  steps: fc.array(
    fc.record({
      distance: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 1, max: 12 }) },
        { weight: 1, arbitrary: fc.integer({ min: 13, max: 5000 }) },
      ),
      cpu: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { freq: 6 }),
    }),
    { maxLength: 1500, size: "max" },
  ),
}).map(({ resolutionMs, steps }) => {
  let epochMs = 1_785_585_600_000;
  return samplesOf(
    steps.map(({ distance, cpu }): HistoryPoint => {
      epochMs += Math.ceil(distance * resolutionMs / 4);
      return [epochMs, cpu, cpu === null ? null : cpu / 2, 0, 0, 0, null];
    }),
    resolutionMs,
  );
});
const anyStep = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 4_000_000 }));

/** Returns each drawn line: two neighboring points with values. */
function* linesOf({ times, mean }: Cut, metric: number): Generator<readonly [from: number, to: number]> {
  for (let index = 1; index < times.length; index++) {
    if (mean[metric]![index - 1] === null || mean[metric]![index] === null) continue;
    yield [times[index - 1]! * 1000, times[index]! * 1000];
  }
}

Deno.test("no line crosses a gap, and none crosses an unknown value", () => {
  fc.assert(
    fc.property(anySamples, anyStep, (samples, stepMs) => {
      const cut = cutByTime(samples, ALWAYS, stepMs);
      for (const metric of Object.values(SERIES)) {
        for (const [from, to] of linesOf(cut, metric)) {
          const within = samples.mean.filter(([at]) => at >= from - 0.01 && at <= to + 0.01);
          for (const [index, [at]] of within.entries()) {
            const distanceMs = index === 0 ? 0 : at - within[index - 1]![0];
            assert(!isGap(distanceMs, samples.resolutionMs), "a line crosses a gap");
          }
          assert(within.every((one) => one[metric + 1] !== null), "a line crosses an unknown value");
        }
      }
    }),
    { numRuns: 150 },
  );
});

Deno.test("unknown is never zero, and times increase strictly", () => {
  fc.assert(
    fc.property(anySamples, anyStep, (samples, stepMs) => {
      const { times, mean, low, high } = cutByTime(samples, ALWAYS, stepMs);
      assert(times.every((time, index) => index === 0 || time > times[index - 1]!));
      const known = samples.mean.flatMap(([, cpu]) => cpu === null ? [] : [cpu]);
      const drawn = high[SERIES.cpu]!.filter((value) => value !== null);
      assertEquals(Math.max(...drawn), Math.max(...known));
      const lowest = low[SERIES.cpu]!.filter((value) => value !== null);
      assertEquals(Math.min(...lowest), Math.min(...known));
      assert(mean[SERIES.blockWrite]!.every((value) => value === null));
    }),
    { numRuns: 100 },
  );
});

Deno.test("points do not change while the chart moves", () => {
  const points = Array.from({ length: 600 }, (_, second) => point(second, second % 17));
  const pointsOf = (from: number) => {
    const { times, mean } = cutByTime(samplesOf(points), { from: from * 1000, to: 600_000 }, 7000);
    return new Map(times.map((time, index) => [time, mean[SERIES.cpu]![index]]));
  };
  const [before, after] = [pointsOf(100), pointsOf(101)];
  const shared = [...after].filter(([time]) => time > 108);
  assert(shared.length > 60);
  for (const [time, value] of shared) assertEquals(before.get(time), value);
});

Deno.test("stored means of ten seconds are a line, and one that is missing is a gap", () => {
  const seconds = [10, 20, 30, 50, 60];
  const cut = cutByTime(samplesOf(seconds.map((second) => point(second, 1))), ALWAYS, 1000);
  assertEquals([cut.mean[SERIES.cpu], cut.gaps], [[1, 1, 1, null, 1, 1], [[30, 50]]]);
});

Deno.test("reports each gap once", () => {
  const samples = samplesOf([point(1, 10), point(2, 20), point(62, 30), point(63, 40)]);
  const cut = cutByTime(samples, ALWAYS, 1000);
  assertEquals([cut.times, cut.mean[SERIES.cpu], cut.gaps], [
    [1, 2, 32, 62, 63],
    [10, 20, null, 30, 40],
    [[2, 62]],
  ]);
});

Deno.test("combines the readings of a step, and extends the line to the last one", () => {
  const samples = samplesOf(Array.from({ length: 10 }, (_, second) => point(second, second)));
  const cut = cutByTime(samples, ALWAYS, 5000);
  assertEquals([cut.times, cut.mean[SERIES.cpu], cut.low[SERIES.cpu], cut.high[SERIES.cpu], cut.banded], [
    [0, 5, 9],
    [2, 7, 7],
    [0, 5, 5],
    [4, 9, 9],
    true,
  ]);
});

Deno.test("draws one sample beyond each edge, so that lines reach it", () => {
  const samples = samplesOf(Array.from({ length: 10 }, (_, second) => point(second, second)));
  assertEquals(cutByTime(samples, { from: 3500, to: 6500 }, 1000).times, [3, 4, 5, 6, 7]);
});

Deno.test("draws nothing without samples", () => {
  assertEquals(cutByTime(samplesOf([]), ALWAYS, 1000).times, []);
});
