import { hostLine } from "../../../server/cli/hosts/host_line.ts";
import { assertEquals } from "../../assert.ts";
import { UNKNOWN_USAGE, USAGE } from "../../stats/hosts/usages.ts";

Deno.test("prints the numbers of a host on one line", () => {
  assertEquals(
    hostLine("nas", USAGE),
    "nas: CPU 50.00% of 4 CPUs, memory 1 GiB / 8 GiB, load 0.50 0.25 0.00, disk 16 GiB / 64 GiB, network 2 KiB / 1 KiB",
  );
});

Deno.test("leaves out what is unknown", () => {
  assertEquals(hostLine("nas", UNKNOWN_USAGE), "nas: 4 CPUs, memory 8 GiB");
});
