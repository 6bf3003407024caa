/** Pure: moments to the nanosecond, as engines write and read them. */

const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,}))?([Zz]|[+-]\d\d:\d\d)?$/;
const NS_PER_MS = 1_000_000n;
const NS_PER_SECOND = 1_000_000_000n;

/**
 * Parses an RFC 3339 time. One without a zone is local.
 *
 * @returns nanoseconds since 1970; `undefined` for any other text.
 */
export function parseMoment(text: string): bigint | undefined {
  const [, date, time, fraction = "", zone = ""] = RFC_3339.exec(text) ?? [];
  const ms = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  if (Number.isNaN(ms)) return undefined;
  return BigInt(ms) * NS_PER_MS + BigInt(fraction.slice(0, 9).padEnd(9, "0"));
}

/** Formats a moment as UTC with nine decimals, such as "2026-08-01T12:00:00.123456789Z". */
export function formatMoment(ns: bigint): string {
  const fraction = BigInt.asUintN(64, (ns % NS_PER_SECOND + NS_PER_SECOND) % NS_PER_SECOND);
  const seconds = new Date(Number((ns - fraction) / NS_PER_MS)).toISOString().slice(0, -5);
  return `${seconds}.${String(fraction).padStart(9, "0")}Z`;
}

/** Formats a moment as an engine's `since` and `until`: Unix seconds with nine decimals. */
export function toUnixSeconds(ns: bigint): string {
  const positive = ns < 0n ? 0n : ns;
  return `${positive / NS_PER_SECOND}.${String(positive % NS_PER_SECOND).padStart(9, "0")}`;
}

/** Returns the moment of a time in epoch ms. */
export function momentOf(ms: number): bigint {
  return BigInt(Math.floor(ms)) * NS_PER_MS;
}
