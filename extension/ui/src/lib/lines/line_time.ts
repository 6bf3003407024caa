/** Formats the times of log lines. */
import { formatSpan } from "../format.ts";

/** Forms of the time before a line. */
export const TIME_FORMS = ["local", "utc", "relative", "none"] as const;

/** One of {@linkcode TIME_FORMS}. */
export type TimeForm = (typeof TIME_FORMS)[number];

const two = (value: number) => String(value).padStart(2, "0");

/**
 * Formats a time with milliseconds, to distinguish lines of the same second. A time of another day has its date.
 *
 * @param at Epoch ms.
 * @param now Epoch ms.
 */
export function formatLineTime(at: number, form: Exclude<TimeForm, "none">, now: number): string {
  if (form === "relative") return `${formatSpan(Math.max(now - at, 0))} ago`;
  const [year, month, day, ...time] = partsOf(at, form);
  const [hour, minute, second, ms] = time;
  const clock = `${two(hour!)}:${two(minute!)}:${two(second!)}.${String(ms).padStart(3, "0")}`;
  const [thisYear, thisMonth, today] = partsOf(now, form);
  if (year === thisYear && month === thisMonth && day === today) return clock;
  return year === thisYear
    ? `${two(month!)}-${two(day!)} ${clock}`
    : `${year}-${two(month!)}-${two(day!)} ${clock}`;
}

/** Formats a time in full, such as "2026-11-25 20:58:48.015 UTC". */
export function formatFullTime(at: number, form: "local" | "utc"): string {
  const [year, month, day, hour, minute, second, ms] = partsOf(at, form);
  const date = `${year}-${two(month!)}-${two(day!)}`;
  const time = `${two(hour!)}:${two(minute!)}:${two(second!)}.${String(ms).padStart(3, "0")}`;
  return form === "utc" ? `${date} ${time} UTC` : `${date} ${time}`;
}

/** Returns a UTC timestamp as local time, such as "2026-08-01T14:00:00.123456789+02:00". */
export function formatLocalTimestamp(timestamp: string): string {
  const at = Date.parse(timestamp);
  if (Number.isNaN(at)) return timestamp;
  const [year, month, day, hour, minute, second] = partsOf(at, "local");
  const [fraction = ""] = /\.\d+/.exec(timestamp) ?? [];
  const offset = -new Date(at).getTimezoneOffset();
  const size = Math.abs(offset);
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return `${year}-${two(month!)}-${two(day!)}T${two(hour!)}:${two(minute!)}:${
    two(second!)
  }${fraction}${zone}`;
}

function partsOf(at: number, form: "local" | "utc"): readonly number[] {
  const date = new Date(at);
  if (form === "utc") {
    return [
      date.getUTCFullYear(),
      date.getUTCMonth() + 1,
      date.getUTCDate(),
      date.getUTCHours(),
      date.getUTCMinutes(),
      date.getUTCSeconds(),
      date.getUTCMilliseconds(),
    ];
  }
  return [
    date.getFullYear(),
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
    date.getMilliseconds(),
  ];
}
