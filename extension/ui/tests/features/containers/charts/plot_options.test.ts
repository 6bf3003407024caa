import { createTheme } from "@mui/material";
import type uPlot from "uplot";
import { plotOptions } from "../../../../src/features/containers/charts/plot_options.ts";
import type { Paint } from "../../../../src/features/containers/charts/plot_paint.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";

const LINE = { color: "#123456", dashed: false, filled: true, banded: false };

function optionsOf({ lines = [LINE], limit }: { lines?: (typeof LINE)[]; limit?: number } = {}) {
  const paint = () => ({ limit }) as Paint;
  const events = { onCursor: () => {}, onSelect: () => {}, onReset: () => {}, paint };
  return plotOptions({ lines, format: String, least: 1 }, createTheme().palette, events, {
    width: 300,
    height: 100,
  });
}

type Range = (plot: unknown, least: number | null, most: number | null) => [number, number];

Deno.test("keeps a peak below the upper edge of the chart", () => {
  const [bottom, top] = (optionsOf().scales?.y?.range as Range)(undefined, 0, 30);
  assert(bottom === 0 && top > 30, String(top));
});

Deno.test("a shown limit is inside the chart", () => {
  const [, top] = (optionsOf({ limit: 500 }).scales?.y?.range as Range)(undefined, 0, 30);
  assert(top > 500, String(top));
});

Deno.test("an empty chart has a scale", () => {
  assertEquals((optionsOf().scales?.y?.range as Range)(undefined, null, null), [0, 1]);
});

Deno.test("a band lies between the maximum and the minimum of its line", () => {
  const { series, bands } = optionsOf({ lines: [{ ...LINE, banded: true }, LINE] });
  assertEquals([series.length, bands?.map((band) => band.series)], [5, [[2, 3]]]);
});

Deno.test("shows a point between two gaps, which has no line", () => {
  const { filter } = optionsOf().series[1]!.points as { filter: (plot: unknown, index: number) => number[] };
  const data = [[1, 2, 3, 4, 5, 6], [7, null, 8, undefined, null, 9]];
  assertEquals(filter({ data } as unknown as uPlot, 1), [0, 2, 5]);
});

Deno.test("times have seconds, minutes or dates, as their distance demands", () => {
  const [axis] = optionsOf().axes!;
  const values = axis!.values as (...facts: unknown[]) => string[];
  const noon = new Date(2026, 7, 1, 12).getTime() / 1000;
  const textsOf = (step: number) => values(undefined, [noon, noon + step], 0, 0, step);
  assertEquals([textsOf(10), textsOf(300), textsOf(86_400)], [
    ["12:00:00", "12:00:10"],
    ["12:00", "12:05"],
    ["1 Aug", "2 Aug"],
  ]);
  assertEquals(textsOf(43_200), ["12:00", "2 Aug"]);
});
