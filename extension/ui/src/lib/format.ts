/** Formats numbers and times for display. */

const BINARY = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** Formats bytes with at most three digits, such as "1.50 GiB". */
export function formatBytes(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < BINARY.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${unit === 0 ? Math.round(value) : threeDigits(value)} ${BINARY[unit]}`;
}

/** Formats a part of an amount of bytes, such as "1.50 of 8.00 GiB" or "900 MiB of 8.00 GiB". */
export function formatBytesOf(part: number, whole: number): string {
  const [one, all] = [formatBytes(part), formatBytes(whole)];
  const unit = all.slice(all.indexOf(" "));
  return `${one.endsWith(unit) ? one.slice(0, -unit.length) : one} of ${all}`;
}

/** Formats bytes per second, such as "12.4 KiB/s". */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** Formats a share with at most two digits, such as "9.4 %" or "64 %"; it never rounds up to 100 %. */
export function formatShare(percent: number): string {
  return `${
    percent < 9.95 ? percent.toFixed(1) : String(percent < 100 ? Math.floor(percent) : Math.round(percent))
  } %`;
}

/** Formats percent with at most three digits, such as "1.57 %". */
export function formatPercent(percent: number): string {
  return `${percent >= 100 ? percent.toFixed(0) : percent >= 10 ? percent.toFixed(1) : percent.toFixed(2)} %`;
}

function threeDigits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Formats a time of today as "12:04:31", and any other with its date. */
export function formatTime(epochMs: number, now: number = Date.now()): string {
  const moment = new Date(epochMs);
  const time = moment.toLocaleTimeString("en-GB");
  const sameDay = new Date(now).toDateString() === moment.toDateString();
  return sameDay ? time : `${moment.toLocaleDateString("en-CA")} ${time}`;
}

/** Formats a duration in milliseconds, such as "350 ms", "4 s", "2 min 5 s". */
export function formatSpan(ms: number): string {
  if (ms < 1000) return `${Math.max(Math.round(ms), 0)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const UNITS = [["s", 1000], ["min", 60_000], ["h", 3_600_000], ["d", 86_400_000]] as const;

/** Formats a duration in milliseconds in its largest unit, such as "20 s", "3 min", "5 h" or "12 d". */
export function formatAge(ms: number): string {
  let text = "0 s";
  for (const [unit, length] of UNITS) {
    if (ms >= length) text = `${Math.floor(ms / length)} ${unit}`;
  }
  return text;
}
