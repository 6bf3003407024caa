import { allHosts, hostFacts, sharesOf } from "../../../../src/features/containers/overview/host_facts.ts";
import { HostRow } from "../../../../src/features/containers/model/host_usage.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { host } from "../../../fakes/messages.ts";
import { TOTALS as RUNNING, usage } from "../../../fakes/host_usage.ts";

const TOTALS = { ...RUNNING, cpu: 40, memoryBytes: 1024 ** 3 };
const NOTHING = { hostCpuUsage: null, hostMemoryBytes: null, diskUsedBytes: null, load1: null };

Deno.test("the numbers of the host itself count", () => {
  const facts = hostFacts(host(), TOTALS, new HostRow(usage()));
  assertEquals(sharesOf(facts), { cpu: 25, memory: 25, disk: 41 });
  assertEquals([facts.ofContainers, facts.loads], [false, [0.62, 0.5, 0.4]]);
});

Deno.test("without them, the sums of the containers count, and disk and load are unknown", () => {
  for (const row of [undefined, new HostRow(usage(NOTHING))]) {
    const facts = hostFacts(host(), TOTALS, row);
    assertEquals(sharesOf(facts), { cpu: 10, memory: 12.5, disk: null });
    assertEquals([facts.ofContainers, facts.loads], [true, null]);
  }
});

Deno.test("nothing is known about a silent host", () => {
  const facts = hostFacts(
    host({ state: "down" }),
    { ...TOTALS, silent: 3, running: 0 },
    new HostRow(usage()),
  );
  assertEquals(sharesOf(facts), { cpu: null, memory: null, disk: null });
});

Deno.test("all hosts are summed up, with the fullest disk", () => {
  const full = usage({ hostId: "nas", diskUsedBytes: 93, diskTotalBytes: 100 });
  const hosts = [
    hostFacts(host(), TOTALS, new HostRow(usage())),
    hostFacts(host({ hostId: "nas" }), TOTALS, new HostRow(full)),
    hostFacts(host({ hostId: "gone", state: "down" }), { ...TOTALS, silent: 3, running: 0 }, undefined),
  ];
  const sum = allHosts(hosts, "all");
  assertEquals(sharesOf(sum), { cpu: 25, memory: 25, disk: 93 });
  assertEquals([sum.totals.containers, sum.totals.running, sum.totals.silent], [9, 4, 3]);
});
