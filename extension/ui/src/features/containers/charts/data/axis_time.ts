/** Pure: times of the charts. */
import type { Zoom } from "./ranges.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Formats a moment, epoch s, as exactly as its span needs: with the date from a day on, with seconds below an hour. */
export function axisTime(at: number, { from, to }: Zoom): string {
  const moment = new Date(at * 1000);
  const length = to - from;
  const time = moment.toLocaleTimeString("en-GB").slice(0, length > 6 * HOUR_MS ? 5 : 8);
  const isToday = moment.toDateString() === new Date(to).toDateString();
  if (isToday && length <= DAY_MS) return time;
  return `${moment.toLocaleDateString("en-GB", { day: "numeric", month: "short" })} ${time}`;
}
