import type { Palette } from "@mui/material";
import { plotOptions } from "../../../../src/features/containers/detail/plot_options.ts";
import { assert } from "../../../../../../tests/assert.ts";

Deno.test("keeps a peak below the upper edge of the chart", () => {
  const palette = { text: {}, primary: {}, warning: {} } as Palette;
  const { scales } = plotOptions({ lines: [], format: String, least: 1 }, palette, 300);
  const range = scales?.y?.range as (plot: unknown, least: number, most: number) => [number, number];
  const [bottom, top] = range(undefined, 0, 30);
  assert(bottom === 0 && top > 30, String(top));
});
