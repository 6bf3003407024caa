/** Pure: hours of the day in a named time zone, also on days of 23 and 25 hours. */

/** Hours of each day, such as "22:00" to "07:00" in "Europe/Berlin". */
export interface TimeWindow {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

/** Formats of time zones, which are slow to create. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Reports whether a time (epoch ms) is within the hours; the end is exclusive, and equal times mean the whole day. */
export function isWithin({ from, to, zone }: TimeWindow, at: number): boolean {
  const now = clockIn(zone, at);
  if (from === to) return true;
  return from < to ? now >= from && now < to : now >= from || now < to;
}

/** Returns the time of day in a zone, such as "22:05". */
function clockIn(zone: string, at: number): string {
  const known = FORMATS.get(zone);
  const format = known ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  if (known === undefined) FORMATS.set(zone, format);
  return format.format(at);
}
