import { toHostFilter } from "../../../server/cli/hosts/flags.ts";
import { AppError } from "../../../server/errors.ts";
import { renderHosts } from "../../../server/cli/hosts/hosts.ts";
import type { HostReport } from "../../../server/protocol/hosts.ts";
import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "../../assert.ts";
import { freshFolder, serveEngines } from "../../client.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { UNKNOWN_USAGE, USAGE } from "../../stats/hosts/usages.ts";
import { startProgram } from "../../program.ts";

const UP: HostReport = {
  ...{
    hostId: "nas",
    url: "tcp://10.0.0.5:2376",
    labels: {},
    publicName: null,
    managed: false,
    state: "up",
    since: "2026-08-01T12:00:00Z",
  },
  ...{ error: null, engine: "Docker 28.5.2", apiVersion: "1.51", os: "linux", cpus: 4 },
  ...{ memoryBytes: 2 ** 33, containers: 12 },
  ...{ reader: "engine", readerReason: "no cgroup mount", usage: UNKNOWN_USAGE },
};
const DOWN: HostReport = {
  ...{ ...UP, hostId: "vps", state: "down", error: "connect ECONNREFUSED\n1.2.3.4" },
  ...{ engine: null, cpus: null, memoryBytes: null, containers: null, usage: null },
};

Deno.test("lists hosts with their facts, and the error and the reason for the reader below the line of each", () => {
  const lines = renderHosts([UP, DOWN], false);
  assertMatch(
    lines[1]!,
    /^nas +up +Docker 28\.5\.2 +4 +- +- \/ 8 GiB +- +- +- +12 +engine +tcp:\/\/10\.0\.0\.5:2376$/,
  );
  assertEquals(lines[2], "  no cgroup mount");
  assertMatch(lines[3]!, /^vps +down +- +- +- +- +- +- +- +- +engine/);
  assertEquals(lines.slice(4, 6), ["  connect ECONNREFUSED 1.2.3.4", "  no cgroup mount"]);
});

Deno.test("several hosts are followed by the sum of those that can be read", () => {
  const lines = renderHosts([{ ...UP, usage: USAGE }, UP, DOWN], false);
  assertEquals(lines.at(-1), "3 hosts, 2 up: 24 containers, 8 CPUs, CPU 50.00%, memory 1 GiB");
});

Deno.test("labels of hosts are listed, and filter them", () => {
  const labelled = { ...UP, labels: { site: "home" } };
  assertStringIncludes(renderHosts([labelled], false).join("\n"), "  labels site=home");
  const counts = ["site", "site=home"].map((label) => toHostFilter({ label })([labelled, UP]).length);
  assertEquals(counts, [1, 1]);
  for (const label of ["site=office", "rack"]) {
    assertThrows(() => toHostFilter({ label })([labelled, UP]), AppError, `No host has the label "${label}"`);
  }
  assertThrows(() => toHostFilter({ label: "=home" }), AppError, "expected a label such as site=home");
});

Deno.test("lists the numbers of a host's machine", () => {
  const [, line] = renderHosts([{ ...UP, usage: USAGE }], false);
  assertMatch(
    line!,
    / 4 +50\.00% +1 GiB \/ 8 GiB +0\.50 0\.25 0\.00 +16 GiB \/ 64 GiB +2 KiB \/ 1 KiB +12 /,
  );
});

Deno.test("shows how a host is read and why, and colors states", () => {
  const lines = renderHosts([{ ...UP, reader: "kernel", readerReason: "cgroup v2" }, DOWN], true);
  assertStringIncludes(lines[1]!, "kernel");
  assertEquals(lines[2], "  cgroup v2");
  assertStringIncludes(lines[1]!, "\x1b[32mup\x1b[0m");
  assertStringIncludes(lines[3]!, "\x1b[31mdown\x1b[0m");
});

Deno.test("dockstat hosts prints the hosts of the running server", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine(fakeContainer("web")) });
  const args = ["hosts", "--port", new URL(server.url).port, "--data", freshFolder()];
  await using hosts = startProgram(args);
  assertEquals([await hosts.status, hosts.err], [0, ""]);
  assertMatch(hosts.out, /^HOST .*\nLocalhost +/);
});
