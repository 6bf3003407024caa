import { assertEquals } from "../assert.ts";
import { forbiddenKind, isAllowed, isSameEndpoint, parseAllowed } from "../../server/outbound/addresses.ts";

for (
  const [address, kind] of [
    ["127.0.0.1", "loopback"],
    ["127.255.0.9", "loopback"],
    ["::1", "loopback"],
    ["::ffff:127.0.0.1", "loopback"],
    ["::ffff:7f00:1", "loopback"],
    ["::ffff:0:127.0.0.1", "loopback"],
    ["::127.0.0.1", "loopback"],
    ["64:ff9b::127.0.0.1", "loopback"],
    ["2002:7f00:1::", "loopback"],
    ["0.0.0.0", "unspecified"],
    ["0.1.2.3", "unspecified"],
    ["::", "unspecified"],
    ["::ffff:0.0.0.0", "unspecified"],
    ["169.254.1.1", "link-local"],
    ["169.254.169.254", "link-local"],
    ["64:ff9b::a9fe:a9fe", "link-local"],
    ["fe80::1", "link-local"],
    ["fe80::1%eth0", "link-local"],
    ["fd00:ec2::254", "a metadata service"],
    ["100.100.100.200", "a metadata service"],
    ["::ffff:168.63.129.16", "a metadata service"],
    ["64:ff9b:1::10.0.0.1", "reserved"],
    ["224.0.0.1", "multicast"],
    ["255.255.255.255", "multicast"],
    ["ff02::1", "multicast"],
    ["240.0.0.1", "reserved"],
    ["fec0::1", "reserved"],
    ["2001::1", "reserved"],
    ["example.org", "reserved"],
    ["", "reserved"],
    ["10.0.0.5", undefined],
    ["192.168.1.2", undefined],
    ["172.17.0.1", undefined],
    ["100.64.0.7", undefined],
    ["fd12::7", undefined],
    ["93.184.216.34", undefined],
    ["2606:2800:220:1::1", undefined],
    ["::ffff:10.0.0.5", undefined],
  ] as const
) {
  Deno.test(`calls ${address || "an empty text"} ${kind ?? "allowed"}`, () => {
    assertEquals(forbiddenKind(address), kind);
  });
}

Deno.test("parses allowed addresses with and without a port", () => {
  assertEquals(parseAllowed("127.0.0.1:8080"), { address: "127.0.0.1", port: 8080 });
  assertEquals(parseAllowed("127.0.0.1"), { address: "127.0.0.1", port: undefined });
  assertEquals(parseAllowed("[::1]:80"), { address: "::1", port: 80 });
  assertEquals(parseAllowed("::ffff:127.0.0.1"), { address: "127.0.0.1", port: undefined });
});

for (
  const text of [
    "localhost:80",
    "127.1",
    "0x7f.0.0.1",
    "2130706433",
    "127.0.0.1:0",
    "1.2.3.4:99999",
    "",
    "[::1",
  ]
) {
  Deno.test(`does not allow "${text}"`, () => assertEquals(parseAllowed(text), undefined));
}

Deno.test("allows an address with its port only, in every spelling of the address", () => {
  const allowed = [{ address: "127.0.0.1", port: 8080 }];
  assertEquals(isAllowed(allowed, "127.0.0.1", 8080), true);
  assertEquals(isAllowed(allowed, "::ffff:127.0.0.1", 8080), true);
  assertEquals(isAllowed(allowed, "127.0.0.1", 8081), false);
  assertEquals(isAllowed(allowed, "127.0.0.2", 8080), false);
  assertEquals(isAllowed([{ address: "127.0.0.1", port: undefined }], "127.0.0.1", 9), true);
});

for (
  const [other, same] of [
    ["https://a.example/other?x=1", true],
    ["https://A.example:443/", true],
    ["http://a.example/hook", false],
    ["https://b.example/hook", false],
    ["https://a.example:8443/hook", false],
    ["https://a.example.:443/", false],
    ["nonsense", false],
  ] as const
) {
  Deno.test(`${same ? "keeps" : "clears"} a secret when its URL becomes ${other}`, () => {
    assertEquals(isSameEndpoint("https://a.example/hook", other), same);
  });
}
