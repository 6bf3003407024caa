/** Colors of the metrics; each metric has its own color in every view. */
import type { PaletteMode } from "@mui/material";

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

/** Colors by theme; each has a contrast of 3:1 at least to the panel. */
export const CHART_COLORS: Readonly<Record<PaletteMode, ChartColors>> = {
  light: {
    cpu: "#1d63ed",
    memory: "#7a5af8",
    network: "#0e9384",
    disk: "#b8600b",
    second: "#667085",
    compared: ["#1d63ed", "#c4320a", "#0e9384", "#9a3fd5"],
  },
  dark: {
    cpu: "#5b9dff",
    memory: "#a48bff",
    network: "#3fd0c0",
    disk: "#e0a458",
    second: "#98a2b3",
    compared: ["#5b9dff", "#ff8f73", "#3fd0c0", "#d48bff"],
  },
};
