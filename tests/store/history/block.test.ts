import fc from "fast-check";
import { Bins, WIDTH } from "../../../server/store/history/bins.ts";
import { decodeBlock, encodeBlock } from "../../../server/store/history/block.ts";
import { assert, assertEquals } from "../../assert.ts";

const ALL = { sinceMs: -Infinity, untilMs: Infinity };
const START = 1_800_000_000_000;

/** Creates bins of samples: a time since the start in ms, and the value of every column. */
function binsOf(stepMs: number, samples: readonly (readonly [offsetMs: number, value: number])[]): Bins {
  const bins = new Bins(stepMs);
  for (const [offsetMs, value] of samples) {
    bins.addSample(START + offsetMs, new Float32Array(WIDTH).fill(value), 0);
  }
  return bins;
}

function decoded(data: Uint8Array, stepMs: number, into = new Bins(stepMs), span = ALL): Bins {
  decodeBlock(data, { startMs: START, stepMs }, into, span);
  return into;
}

Deno.test("a spike survives every step with its value and its time", () => {
  const samples = Array.from(
    { length: 600 },
    (_, second) => [second * 1000, second === 437 ? 95 : 2] as const,
  );
  let bins = binsOf(1000, samples);
  for (const stepMs of [10_000, 60_000, 600_000]) {
    const next = new Bins(stepMs);
    bins = decoded(encodeBlock(bins, START), bins.stepMs, next);
  }
  const { weight, mean, min, max, maxAt } = bins.part(START, 0);
  assertEquals([weight, mean.toFixed(1), min, max, maxAt], [600, "2.2", 2, 95, START + 437_000]);
});

Deno.test("bins keep their values to five digits", () => {
  const value = fc.float({ min: 0, max: 2 ** 40, noNaN: true });
  fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 50 }), (values) => {
    const bins = binsOf(10_000, values.map((one, index) => [index * 700, one]));
    const found = decoded(encodeBlock(bins, START), 10_000);
    assertEquals(found.times(), bins.times());
    for (const at of bins.times()) {
      for (const name of ["mean", "min", "max"] as const) {
        const [was, is] = [bins.part(at, 2)[name], found.part(at, 2)[name]];
        assert(Math.abs(was - is) <= Math.abs(was) * 1e-4 + 1e-37, `${name}: ${was} became ${is}`);
      }
    }
  }));
});

Deno.test("an unknown value stays unknown and does not count", () => {
  const bins = new Bins(10_000);
  const row = (value: number) => new Float32Array(WIDTH).fill(5).fill(value, 1, 2);
  bins.addSample(START, row(NaN), 0);
  bins.addSample(START + 1000, row(8), 0);
  bins.addSample(START + 10_000, row(NaN), 0);
  const found = decoded(encodeBlock(bins, START), 10_000);
  assertEquals([found.part(START, 1).mean, found.part(START + 10_000, 1).weight], [8, 0]);
  assertEquals(found.part(START + 10_000, 0).mean, 5);
});

Deno.test("only the bins of the time span are read", () => {
  const data = encodeBlock(binsOf(1000, [[0, 1], [1000, 2], [2000, 3]]), START);
  const found = decoded(data, 1000, new Bins(1000), { sinceMs: START + 1000, untilMs: START + 2000 });
  assertEquals(found.times(), [START + 1000]);
});

Deno.test("an hour of equal values takes next to no space", () => {
  const samples = Array.from({ length: 3600 }, (_, second) => [second * 1000, 25] as const);
  assert(encodeBlock(binsOf(10_000, samples), START).length < 1000);
});
