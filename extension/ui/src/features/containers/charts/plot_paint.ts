/** Paints gaps, limits and marks of a chart on its canvas. */
import type uPlot from "uplot";
import type { Mark, MarkTone } from "./data/marks.ts";

/** Everything painted around the lines of a chart. */
export interface Paint {
  /** Spans without measurements, epoch s. */
  readonly gaps: readonly (readonly [from: number, to: number])[];
  readonly marks: readonly Mark[];
  /** Limit in the unit of the chart; `undefined` without one. */
  readonly limit: number | undefined;
  readonly limitText: string;
  readonly colors: PaintColors;
}

/** Colors of {@linkcode Paint}. */
export interface PaintColors {
  readonly hatch: string;
  readonly limit: string;
  readonly panel: string;
  readonly tones: Readonly<Record<MarkTone, string>>;
}

/** Narrowest gap that is hatched, and distance of the hatches, px. */
const [GAP_PX, HATCH_PX] = [3, 8];

/** Paints what lies below the lines: gaps and marks. */
export function paintBelow(plot: uPlot, { gaps, marks, colors }: Paint): void {
  framed(plot, (context) => {
    for (const [from, to] of gaps) hatch(plot, context, from, to, colors.hatch);
    for (const { time, tone } of marks) {
      const x = Math.round(plot.valToPos(time, "x", true)) + 0.5;
      line(context, [x, plot.bbox.top], [x, plot.bbox.top + plot.bbox.height], colors.tones[tone], [3, 3]);
    }
  });
}

/** Paints what lies above the lines: the limit and the labels of the marks. */
export function paintAbove(plot: uPlot, paint: Paint): void {
  framed(plot, (context) => {
    paintLimit(plot, context, paint);
    paintLabels(plot, context, paint);
  });
}

function paintLimit(
  plot: uPlot,
  context: CanvasRenderingContext2D,
  { limit, limitText, colors }: Paint,
): void {
  if (limit === undefined) return;
  const { left, width } = plot.bbox;
  const y = Math.round(plot.valToPos(limit, "y", true)) + 0.5;
  line(context, [left, y], [left + width, y], colors.limit, [6, 4]);
  context.fillStyle = colors.limit;
  context.textAlign = "left";
  context.fillText(limitText, left + 4 * pixels(), y + 13 * pixels());
}

/** Paints labels as far as they do not overlap: failures first, then the newest. */
function paintLabels(plot: uPlot, context: CanvasRenderingContext2D, { marks, colors }: Paint): void {
  const { top, left, width } = plot.bbox;
  context.textAlign = "left";
  const taken: Spot[] = [];
  const newest = marks.toReversed();
  const isBad = ({ tone }: Mark) => tone === "bad";
  for (const { time, label, tone } of [...newest.filter(isBad), ...newest.filter((mark) => !isBad(mark))]) {
    const x = plot.valToPos(time, "x", true);
    const text = context.measureText(label).width;
    const start = Math.min(x + 3 * pixels(), left + width - text - 2 * pixels());
    const end = start + text + 4 * pixels();
    if (x < left || x > left + width || taken.some(([from, to]) => start < to && end > from)) continue;
    context.fillStyle = colors.panel;
    context.fillRect(start - pixels(), top, text + 2 * pixels(), 14 * pixels());
    context.fillStyle = colors.tones[tone];
    context.fillText(label, start, top + 11 * pixels());
    taken.push([start, end]);
  }
}

function hatch(
  plot: uPlot,
  context: CanvasRenderingContext2D,
  from: number,
  to: number,
  color: string,
): void {
  const { left, top, width, height } = plot.bbox;
  const start = Math.max(plot.valToPos(from, "x", true), left);
  const end = Math.min(plot.valToPos(to, "x", true), left + width);
  if (end - start < GAP_PX * pixels()) return;
  context.save();
  context.beginPath();
  context.rect(start, top, end - start, height);
  context.clip();
  context.strokeStyle = color;
  context.lineWidth = 3 * pixels();
  context.beginPath();
  for (let x = start - height; x < end; x += HATCH_PX * pixels()) {
    context.moveTo(x, top);
    context.lineTo(x + height, top + height);
  }
  context.stroke();
  context.restore();
}

type Spot = readonly [x: number, y: number];

function line(context: CanvasRenderingContext2D, from: Spot, to: Spot, color: string, dash: number[]): void {
  context.strokeStyle = color;
  context.lineWidth = pixels();
  context.setLineDash(dash.map((length) => length * pixels()));
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
  context.setLineDash([]);
}

/** Paints inside the chart's frame, with the font of its axes. */
function framed(plot: uPlot, paint: (context: CanvasRenderingContext2D) => void): void {
  const { ctx, bbox: { left, top, width, height } } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.font = `${11 * pixels()}px system-ui, sans-serif`;
  paint(ctx);
  ctx.restore();
}

/** Canvas pixels per CSS pixel. */
function pixels(): number {
  return globalThis.devicePixelRatio || 1;
}
