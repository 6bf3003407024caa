/** Pure: addresses that DockStat never connects to for a user, unless `dockstat.yaml` allows them. */
import ipaddr from "ipaddr.js";

type Address = ReturnType<typeof ipaddr.parse>;

/** Kinds of refused addresses, as log lines and messages name them. */
export type Forbidden =
  | "loopback"
  | "link-local"
  | "a metadata service"
  | "unspecified"
  | "multicast"
  | "reserved";

/** An address that `dockstat.yaml` allows, with every port if none is named. */
export interface AllowedAddress {
  /** Normalized text of the address, without brackets. */
  readonly address: string;
  readonly port: number | undefined;
}

/** Metadata services of clouds outside the link-local range. */
const METADATA: ReadonlySet<string> = new Set([
  "100.100.100.200",
  "168.63.129.16",
  "192.0.0.192",
  "fd00:ec2::254",
  "fd20:ce::254",
]);

/** Ranges that DockStat connects to; every other one is refused. */
const REACHABLE: ReadonlySet<string> = new Set(["unicast", "private", "uniqueLocal", "carrierGradeNat"]);

const NAMES: Readonly<Record<string, Forbidden>> = {
  loopback: "loopback",
  linkLocal: "link-local",
  unspecified: "unspecified",
  multicast: "multicast",
  broadcast: "multicast",
};

/**
 * Returns the reason to refuse an address, or `undefined` for public and private ones. An IPv6 address that carries
 * an IPv4 address (mapped, NAT64, 6to4) is checked as that one.
 *
 * @param text An address without brackets; anything else is reserved.
 */
export function forbiddenKind(text: string): Forbidden | undefined {
  if (!ipaddr.isValid(text)) return "reserved";
  const address = ipaddr.parse(text);
  const inner = innerAddress(address);
  if (inner === "unknown") return "reserved";
  if (METADATA.has(inner.toString())) return "a metadata service";
  const range = inner.range();
  return REACHABLE.has(range) ? undefined : NAMES[range] ?? "reserved";
}

/** Reports whether a text is an address and no name, also in the historic spellings of IPv4 such as `127.1`. */
export function isLiteral(text: string): boolean {
  return ipaddr.isValid(text);
}

/** Returns the IPv4 address inside an IPv6 address; "unknown" where a network decides it. */
function innerAddress(address: Address): Address | "unknown" {
  if (address.kind() === "ipv4") return address;
  const bytes = address.toByteArray();
  const starts = (...prefix: number[]) => prefix.every((byte, index) => bytes[index] === byte);
  const four = (at: number) => ipaddr.fromByteArray(bytes.slice(at, at + 4));
  if (starts(0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) return four(12);
  if (starts(0x00, 0x64, 0xff, 0x9b)) return "unknown";
  if (starts(0x20, 0x02)) return four(2);
  // Mapped (::ffff:a.b.c.d), translated (::ffff:0:a.b.c.d) and compatible (::a.b.c.d).
  const zeros = bytes.findIndex((byte) => byte !== 0);
  const mapped = starts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
  const translated = starts(0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0);
  const compatible = zeros === 12 || zeros === 13;
  return mapped || translated || compatible ? four(12) : address;
}

/** Expected form of an allowed address, for messages. */
export const ALLOWED_ADDRESS = 'an address such as "127.0.0.1:8080", "127.0.0.1" or "[::1]:8080"';

/** Parses an address with or without a port; `undefined` for names and other texts. */
export function parseAllowed(text: string): AllowedAddress | undefined {
  const parts = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text);
  const address = parts === null ? text : (parts[1] ?? parts[2])!;
  const port = parts?.[3] === undefined ? undefined : Number(parts[3]);
  if (!isStrict(address) || port === 0 || (port ?? 1) > 65_535) return undefined;
  return { address: normalized(address), port };
}

/** Excludes the historic spellings of IPv4, such as `127.1`, and zones. */
function isStrict(address: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(address) ||
    (address.includes(":") && !address.includes("%") && ipaddr.IPv6.isValid(address));
}

/** Reports whether an address and port are among the allowed ones. */
export function isAllowed(allowed: readonly AllowedAddress[], address: string, port: number): boolean {
  const text = ipaddr.isValid(address) ? normalized(address) : address;
  return allowed.some((entry) => entry.address === text && (entry.port === undefined || entry.port === port));
}

function normalized(address: string): string {
  return ipaddr.process(address).toString();
}

/**
 * Reports whether two URLs have the same scheme, host and port. A secret that was stored for one may be sent to the
 * other only then; otherwise it has to be cleared.
 */
export function isSameEndpoint(one: string, other: string): boolean {
  if (!URL.canParse(one) || !URL.canParse(other)) return false;
  const [first, second] = [new URL(one), new URL(other)];
  return first.protocol === second.protocol && first.host === second.host;
}
