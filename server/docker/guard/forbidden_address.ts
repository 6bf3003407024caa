/** Pure: addresses that DockStat never connects to for a user of the page. */
import { BlockList, isIP } from "node:net";

const REFUSED: readonly (readonly [kind: string, subnets: readonly string[]])[] = [
  ["loopback", ["127.0.0.0/8", "::1/128"]],
  ["unspecified", ["0.0.0.0/8", "::/128"]],
  ["a metadata service", [
    ...["169.254.169.254/32", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32"],
    ...["fd00:ec2::254/128", "fd20:ce::254/128"],
  ]],
  ["link-local", ["169.254.0.0/16", "fe80::/10"]],
  ["multicast", ["224.0.0.0/4", "ff00::/8", "255.255.255.255/32"]],
  // Forms of IPv6 that carry an IPv4 address, which the network chooses how to reach.
  ["reserved", ["240.0.0.0/4", "::/96", "::ffff:0:0:0/96", "64:ff9b::/16", "2002::/16", "fec0::/10"]],
];

const LISTS = REFUSED.map(([kind, subnets]) => {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = "", bits] = subnet.split("/");
    list.addSubnet(address, Number(bits), address.includes(":") ? "ipv6" : "ipv4");
  }
  return { kind, list };
});

/**
 * Returns the reason to refuse an address, or `undefined` for public and private ones. A mapped IPv4 address
 * (`::ffff:127.0.0.1`) is checked as that one.
 *
 * @param text An address without brackets; anything else is reserved.
 */
export function forbiddenKind(text: string): string | undefined {
  const version = isIP(text);
  if (version === 0) return "reserved";
  return LISTS.find(({ list }) => list.check(text, version === 4 ? "ipv4" : "ipv6"))?.kind;
}
