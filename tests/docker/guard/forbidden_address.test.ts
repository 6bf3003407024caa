import { forbiddenKind } from "../../../server/docker/guard/forbidden_address.ts";
import { assertEquals } from "../../assert.ts";

/** Asserts the kind of each address. */
function assertKind(kind: string | undefined, addresses: readonly string[]): void {
  assertEquals(
    addresses.map((address) => [address, forbiddenKind(address)]),
    addresses.map((one) => [one, kind]),
  );
}

Deno.test("public and private addresses are not forbidden", () => {
  assertKind(undefined, ["10.0.0.5", "192.168.1.2", "172.17.0.1", "8.8.8.8", "fd12::5", "2001:db8::1"]);
  assertKind(undefined, ["::ffff:10.0.0.5"]);
});

Deno.test("loopback is forbidden in every spelling", () => {
  assertKind("loopback", [
    "127.0.0.1",
    "127.9.9.9",
    "::1",
    "0:0:0:0:0:0:0:1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
  ]);
});

Deno.test("addresses of the link and of metadata services are forbidden", () => {
  assertKind("link-local", ["169.254.1.1", "fe80::1", "febf::1"]);
  assertKind("a metadata service", [
    "169.254.169.254",
    "fd00:ec2::254",
    "100.100.100.200",
    "::ffff:169.254.169.254",
  ]);
});

Deno.test("unspecified, multicast and translated addresses are forbidden", () => {
  assertKind("unspecified", ["0.0.0.0", "0.1.2.3", "::"]);
  assertKind("multicast", ["224.0.0.1", "255.255.255.255", "ff02::1"]);
  assertKind("reserved", ["240.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "::7f00:1"]);
});

Deno.test("other texts than addresses are forbidden", () => {
  assertKind("reserved", ["", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "[::1]", "1.2.3.4 "]);
});
