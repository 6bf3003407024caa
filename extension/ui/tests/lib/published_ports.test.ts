import { assertEquals } from "../../../../tests/assert.ts";
import { type PortPlace, portViews } from "../../src/lib/published_ports.ts";

const HERE: PortPlace = { pageHost: "nas.lan", engineUrl: "unix:///var/run/docker.sock" };

type Port = Parameters<typeof portViews>[0][number];
const port = (changes: Partial<Port> = {}): Port => ({
  hostAddress: "0.0.0.0",
  public: 8080,
  private: 80,
  protocol: "tcp",
  ...changes,
});
const hrefOf = (changes: Partial<Port>, place: Partial<PortPlace> = {}) =>
  portViews([port(changes)], { ...HERE, ...place })[0]?.href;

Deno.test("a published port is a link to the host of the page", () => {
  assertEquals(portViews([port()], HERE), [
    { text: "8080 → 80/tcp", isPublished: true, href: "http://nas.lan:8080" },
  ]);
});

Deno.test("a port that is published for IPv4 and IPv6 is listed once", () => {
  assertEquals(portViews([port(), port({ hostAddress: "::" })], HERE).length, 1);
});

Deno.test("published ports come first", () => {
  const ports = portViews([port({ hostAddress: null, public: null, private: 9000 }), port()], HERE);
  assertEquals(ports.map(({ text, href }) => [text, href]), [
    ["8080 → 80/tcp", "http://nas.lan:8080"],
    ["9000/tcp", undefined],
  ]);
});

Deno.test("a port of a remote engine is on its machine", () => {
  assertEquals(hrefOf({}, { engineUrl: "ssh://admin@nas2:22" }), "http://nas2:8080");
  assertEquals(hrefOf({}, { engineUrl: "tcp://[fd00::1]:2375" }), "http://[fd00::1]:8080");
});

Deno.test("a port on loopback is a link only on the same machine", () => {
  assertEquals(hrefOf({ hostAddress: "127.0.0.1" }), undefined);
  assertEquals(hrefOf({ hostAddress: "127.0.0.1" }, { pageHost: "localhost" }), "http://127.0.0.1:8080");
});

Deno.test("a port on one address is a link to it", () => {
  assertEquals(hrefOf({ hostAddress: "192.168.1.5" }), "http://192.168.1.5:8080");
  assertEquals(hrefOf({ hostAddress: "fd00::5" }), "http://[fd00::5]:8080");
});

Deno.test("Docker Desktop has its ports on localhost", () => {
  assertEquals(hrefOf({}, { pageHost: "" }), "http://localhost:8080");
});

Deno.test("UDP is not a link, and 443 is https", () => {
  assertEquals(hrefOf({ protocol: "udp" }), undefined);
  assertEquals(hrefOf({ private: 443 }), "https://nas.lan:8080");
});

Deno.test("a public name replaces the names of engine and page, but no bound address", () => {
  const publicName = "nas.example.org";
  assertEquals(hrefOf({}, { publicName }), "http://nas.example.org:8080");
  assertEquals(hrefOf({ hostAddress: "10.0.0.9" }, { publicName }), "http://10.0.0.9:8080");
});
