/** Pure: times in status texts of `docker ps`. */

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
  year: 31_536_000,
};
/** Sorts ended containers behind all that are up. */
const ENDED = 1e12;

/**
 * Returns the sort key of a status text: the seconds since the moment that it names, running containers first.
 * Returns `null` for a text without a time, such as "Created".
 */
export function statusAge(status: string): number | null {
  const isUp = status.startsWith("Up ");
  const [, count, unit] = /\b(less than a|about an?|\d+) (second|minute|hour|day|week|month|year)s?\b/i
    .exec(status) ?? [];
  if (count === undefined || unit === undefined) return null;
  const seconds = secondsOf(count.toLowerCase(), SECONDS[unit.toLowerCase()]!);
  return isUp ? seconds : ENDED + seconds;
}

/** Replaces the words of Docker for a time by numbers, such as "About an hour" by "1 hour". */
export function withNumbers(status: string): string {
  return status.replace(/\babout an? /i, "1 ").replace(/\bless than a /i, "< 1 ");
}

function secondsOf(count: string, unit: number): number {
  if (count === "less than a") return 0;
  return count.startsWith("about") ? unit : Number(count) * unit;
}
