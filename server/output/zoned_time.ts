/** Pure: timestamps of lines in a time zone. */

/** Longest name of a time zone, characters. */
const LONGEST_NAME = 64;
/** Length of "2026-08-01T12:00:00". */
const SECONDS = 19;

/** Returns a timestamp of the same moment in another time zone. */
export type TimeInZone = (timestamp: string) => string;

/**
 * Returns the conversion of UTC timestamps, such as "2026-08-01T14:00:00.123456789+02:00"; `undefined` for an unknown
 * time zone.
 *
 * @param zone Name of the IANA database, such as "Europe/Berlin"; "UTC" changes nothing.
 */
export function timeInZone(zone: string): TimeInZone | undefined {
  if (zone === "UTC") return (timestamp) => timestamp;
  const offsetAt = /^[A-Za-z][\w+/-]*$/.test(zone) && zone.length <= LONGEST_NAME
    ? offsetsOf(zone)
    : undefined;
  if (offsetAt === undefined) return undefined;
  let [second, local, offset] = ["", "", ""];
  return (timestamp) => {
    // Most lines share their second with the line before.
    if (!timestamp.startsWith(second) || second === "") {
      const at = Date.parse(`${timestamp.slice(0, SECONDS)}Z`);
      if (Number.isNaN(at)) return timestamp;
      second = timestamp.slice(0, SECONDS);
      const minutes = offsetAt(at);
      local = new Date(at + minutes * 60_000).toISOString().slice(0, SECONDS);
      offset = formatOffset(minutes);
    }
    return `${local}${timestamp.slice(SECONDS, -1)}${offset}`;
  };
}

/** Returns the offsets of a time zone from UTC, minutes; `undefined` if it is unknown. */
function offsetsOf(zone: string): ((at: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  } catch {
    return undefined;
  }
  return (at) => {
    const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours = "0", minutes = "0"] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
}

function formatOffset(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
