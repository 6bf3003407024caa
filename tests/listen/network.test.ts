import { networkUrls } from "../../server/listen/network.ts";
import { assertEquals } from "../assert.ts";

/** Creates an interface with an address. */
function at(name: string, address: string): Deno.NetworkInterfaceInfo {
  const family = address.includes(":") ? "IPv6" : "IPv4";
  return { name, address, family, netmask: "", scopeid: 0, cidr: "", mac: "" };
}

const MACHINE = [
  at("lo", "127.0.0.1"),
  at("lo", "::1"),
  at("eth0", "192.168.1.5"),
  at("eth0", "2001:db8::5"),
  at("eth0", "fe80::1"),
  at("docker0", "172.17.0.1"),
  at("br-0123456789ab", "172.18.0.1"),
];

Deno.test("a server on all addresses is reached by the addresses of the machine's networks", () => {
  const url = "https://127.0.0.1:9876/dockstat";
  assertEquals(networkUrls("0.0.0.0", url, () => MACHINE), ["https://192.168.1.5:9876/dockstat"]);
});

Deno.test("IPv6 addresses are named where there are no others, in brackets", () => {
  const only = MACHINE.filter(({ family }) => family === "IPv6");
  assertEquals(networkUrls("::", "http://[::1]:9876", () => only), ["http://[2001:db8::5]:9876"]);
  assertEquals(networkUrls("::", "http://[::1]:9876", () => MACHINE), ["http://192.168.1.5:9876"]);
  assertEquals(networkUrls("0.0.0.0", "http://127.0.0.1:9876", () => only), []);
});

Deno.test("a server on one address has no others, and the interfaces are not read", () => {
  const unread = () => {
    throw new Error("The interfaces were read");
  };
  for (const host of ["127.0.0.1", "192.168.1.5", "::1"]) {
    assertEquals(networkUrls(host, `http://${host}:9876`, unread), []);
  }
});

Deno.test("a machine with many addresses names four", () => {
  const many = Array.from({ length: 9 }, (_, index) => at("eth0", `10.0.0.${index + 1}`));
  assertEquals(networkUrls("0.0.0.0", "http://127.0.0.1:1", () => many).length, 4);
});
