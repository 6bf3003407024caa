import { Bins, WIDTH } from "../../../server/store/history/bins.ts";
import { Window } from "../../../server/store/history/window.ts";
import { assertEquals } from "../../assert.ts";

const START = 1_800_000_000_000;
const ALL = { sinceMs: -Infinity, untilMs: Infinity };
const row = (value: number) => new Array<number>(WIDTH).fill(value);

/** Returns the means of a series, by second. */
function means(window: Window, series: number): number[] {
  const bins = new Bins(1000);
  window.series.get(series)?.fill(bins, START, ALL);
  return bins.times().map((at) => bins.part(at, 3).mean);
}

Deno.test("entries of the journal restore all samples, each once", () => {
  const window = new Window(1, START);
  const restored = new Window(1, START);
  for (let second = 0; second < 300; second++) {
    for (const series of [4, 7]) window.add(series, START + second * 1000, row(second * series));
    if (second % 7 !== 0) continue;
    restored.restore(window.unstored()!, () => true);
    window.markStored();
  }
  restored.restore(window.unstored()!, () => true);
  for (const series of [4, 7]) assertEquals(means(restored, series), means(window, series));
});

Deno.test("a window whose samples are all in the journal has no further entry", () => {
  const window = new Window(1, START);
  assertEquals(window.unstored(), undefined);
  window.add(1, START, row(1));
  window.markStored();
  assertEquals(window.unstored(), undefined);
});

Deno.test("series that are already complete are left out", () => {
  const window = new Window(1, START);
  for (const series of [1, 2]) window.add(series, START, row(series));
  const restored = new Window(1, START);
  restored.restore(window.unstored()!, (series) => series === 2);
  assertEquals([...restored.series.keys()], [2]);
});

Deno.test("the samples of a series in one window are bounded", () => {
  const window = new Window(1, START);
  for (let index = 0; index < 20_000; index++) window.add(1, START, row(1));
  assertEquals(window.points(1).length, 12_000);
});
