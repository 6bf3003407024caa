import {
  healthOf,
  mountsOf,
  networksOf,
  portsOf,
  textsOf,
  timeOf,
} from "../../server/containers/details_parts.ts";
import { assertEquals } from "../assert.ts";
import { fakeInspection, NAMELESS } from "../fakes/inspection.ts";

Deno.test("returns published ports once per address, and exposed ones without", () => {
  const published = { public: 8080, private: 80, protocol: "tcp" };
  assertEquals(portsOf(fakeInspection("web")), [
    { hostAddress: "0.0.0.0", ...published },
    { hostAddress: "::", ...published },
    { hostAddress: null, public: null, private: 53, protocol: "udp" },
  ]);
});

Deno.test("returns the ports that a stopped container will publish", () => {
  const stopped = {
    NetworkSettings: { Ports: {} },
    HostConfig: { PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "8080" }] } },
  };
  assertEquals(portsOf(stopped), [{ hostAddress: null, public: 8080, private: 80, protocol: "tcp" }]);
});

Deno.test("a port of the host that the engine has not chosen is null", () => {
  const ports = { NetworkSettings: { Ports: { "80/tcp": [{ HostIp: "0.0.0.0", HostPort: "" }] } } };
  assertEquals(portsOf(ports)[0]?.public, null);
});

Deno.test("returns mounts, of which only volumes have a name", () => {
  assertEquals(
    mountsOf(fakeInspection("web")).map(({ type, name, destination, readOnly }) =>
      `${type} ${name} ${destination} ${readOnly}`
    ),
    ["volume data /data false", "bind null /site true", `volume ${NAMELESS} /cache false`],
  );
});

Deno.test("returns networks, with null for an empty address", () => {
  assertEquals(networksOf(fakeInspection("web")), [{
    name: "shop_default",
    address: "172.18.0.2",
    ip6: null,
    gateway: "172.18.0.1",
    mac: "02:42:ac:12:00:02",
    aliases: ["web"],
  }]);
});

Deno.test("returns the newest health checks, oldest first, with bounded output", () => {
  const log = Array.from({ length: 12 }, (_, index) => ({ ExitCode: index, Output: "x".repeat(10_000) }));
  const health = healthOf({ Health: { Status: "healthy", FailingStreak: 0, Log: log } });
  assertEquals(health?.log.map(({ exitCode }) => exitCode), [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assertEquals(health?.log[0]?.output?.length, 4096);
});

Deno.test("a container without a health check has no health", () => {
  for (
    const state of [undefined, {}, { Health: null }, { Health: { Status: "none" } }, {
      Health: { Status: "" },
    }]
  ) {
    assertEquals(healthOf(state), null);
  }
});

Deno.test("a check that timed out has an exit code below 0", () => {
  assertEquals(healthOf(fakeInspection("web")["State"])?.log, [{
    start: "2026-08-01T12:00:01.000Z",
    end: "2026-08-01T12:00:02.000Z",
    exitCode: -1,
    output: "timed out",
  }]);
});

Deno.test("reads lists of texts, of which older engines made one text", () => {
  assertEquals(textsOf(["a", 7, "b"]), ["a", "b"]);
  assertEquals(textsOf("sh"), ["sh"]);
  assertEquals([textsOf(null), textsOf({})], [null, null]);
});

Deno.test("reads times, of which the year 1 means never", () => {
  assertEquals(timeOf("2026-08-01T12:00:00.123456789+02:00"), "2026-08-01T10:00:00.123Z");
  for (const never of ["0001-01-01T00:00:00Z", "", "soon", 7, null]) assertEquals(timeOf(never), null);
});
