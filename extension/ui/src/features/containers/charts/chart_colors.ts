/** Colors of the charts, from the design tokens; each metric has its own color in every view. */
import type { PaletteMode } from "@mui/material";
import { useLayoutEffect, useState } from "react";
import { COLORS, colorValue } from "../../../components/design/tokens.ts";

/** Colors of one theme. */
export interface ChartColors {
  readonly cpu: string;
  readonly memory: string;
  readonly network: string;
  readonly disk: string;
  /** Second line of a chart with two lines. */
  readonly second: string;
  /** Compared containers, in the order in which they were chosen. */
  readonly compared: readonly [string, string, string, string];
}

/** Returns the colors of the current theme, and again after each change of the theme. */
export function useChartColors(mode: PaletteMode): ChartColors {
  const [colors, setColors] = useState(currentColors);
  // The variables of the new theme are set just before.
  useLayoutEffect(() => setColors(currentColors()), [mode]);
  return colors;
}

function currentColors(): ChartColors {
  const [cpu, network] = [colorValue(COLORS.cpu), colorValue(COLORS.network)];
  return {
    cpu,
    memory: colorValue(COLORS.memory),
    network,
    disk: colorValue(COLORS.disk),
    second: colorValue(COLORS.chartSecond),
    compared: [cpu, colorValue(COLORS.chartRed), network, colorValue(COLORS.chartViolet)],
  };
}
