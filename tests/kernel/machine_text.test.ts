import fc from "fast-check";
import { machineReading } from "../../server/kernel/machine_text.ts";
import { assertEquals } from "../assert.ts";

const NOTHING = { stat: "", meminfo: "", loadavg: "", network: "" };
const HEAD = "Inter-|   Receive  |  Transmit\n face |bytes    packets\n";

Deno.test("reads the time of all CPUs, without idle time and the time that a hypervisor took", () => {
  const stat =
    "cpu  10 20 30 400 50 6 7 80 9 9\ncpu0 1 1 1 1 1 1 1 1 1 1\ncpu1 1 1 1 1 1 1 1 1 1 1\nintr 5\n";
  assertEquals(machineReading({ ...NOTHING, stat }, 1).cpu, { busy: 73, total: 603, cpus: 2 });
});

Deno.test("reads memory in use as total minus available", () => {
  const meminfo = "MemTotal:       1000 kB\nMemFree:        100 kB\nMemAvailable:     600 kB\n";
  const { memoryBytes, memoryTotalBytes } = machineReading({ ...NOTHING, meminfo }, 1);
  assertEquals([memoryBytes, memoryTotalBytes], [400 * 1024, 1000 * 1024]);
});

Deno.test("does not guess the memory in use where the available memory is unknown", () => {
  const { memoryBytes, memoryTotalBytes } = machineReading({ ...NOTHING, meminfo: "MemTotal: 1000 kB\n" }, 1);
  assertEquals([memoryBytes, memoryTotalBytes], [null, 1000 * 1024]);
});

Deno.test("reads the load averages", () => {
  const { load } = machineReading({ ...NOTHING, loadavg: "6.27 3.48 1.93 5/297 17354\n" }, 1);
  assertEquals(load, [6.27, 3.48, 1.93]);
});

Deno.test("adds up the machine's own interfaces, without those for containers, bridges and tunnels", () => {
  const internal = ["lo", "veth1a2b", "br-0a1b", "docker0", "bond0", "eth0.10", "wg0", "cali12", "virbr0"];
  const lines = ["eth0", "enp3s0", "wlan0", ...internal]
    .map((name) => `  ${name}: 100 0 0 0 0 0 0 0 10 0 0 0 0 0 0 0\n`);
  const { networkRxBytes, networkTxBytes } = machineReading(
    { ...NOTHING, network: HEAD + lines.join("") },
    1,
  );
  assertEquals([networkRxBytes, networkTxBytes], [300, 30]);
});

Deno.test("gives null for every file that is missing or has another text", () => {
  const unknown = {
    ...{ atMs: 1, cpu: null, memoryBytes: null, memoryTotalBytes: null, load: null },
    ...{ networkRxBytes: null, networkTxBytes: null },
  };
  assertEquals(machineReading(NOTHING, 1), unknown);
  fc.assert(fc.property(fc.string(), (text) => {
    assertEquals(machineReading({ stat: text, meminfo: text, loadavg: text, network: text }, 1), unknown);
  }));
});
