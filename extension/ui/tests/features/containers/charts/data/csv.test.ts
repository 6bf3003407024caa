import { toCsv } from "../../../../../src/features/containers/charts/data/csv.ts";
import { samplesOf } from "../../../../../src/features/containers/charts/data/samples.ts";
import { assertEquals } from "../../../../../../../tests/assert.ts";

const ALWAYS = { from: 0, to: Infinity };
const container = (name: string) => ({
  hostId: "Localhost",
  name,
  memoryScale: 1000,
  samples: samplesOf([[1000, 1.5, 10, 0, null, 2, 3]]),
});

Deno.test("writes one row per sample; unknown is empty, and zero is zero", () => {
  assertEquals(toCsv([container("web")], ALWAYS).split("\r\n"), [
    "time,host,container,cpu_percent,memory_bytes,network_rx_bytes_per_second,network_tx_bytes_per_second," +
    "disk_read_bytes_per_second,disk_write_bytes_per_second",
    "1970-01-01T00:00:01.000Z,Localhost,web,1.5,100,0,,2,3",
    "",
  ]);
});

Deno.test("quotes names, and defuses formulas", () => {
  const [, row] = toCsv([container('=1+1,"x"')], ALWAYS).split("\r\n");
  assertEquals(row?.split(",Localhost,")[1]?.startsWith(`"'=1+1,""x""",1.5`), true);
});

Deno.test("leaves out samples outside the span", () => {
  assertEquals(toCsv([container("web")], { from: 2000, to: 3000 }).split("\r\n").length, 2);
});

Deno.test("writes minimum and maximum of combined samples", () => {
  const samples = samplesOf([[1000, 2, 10, 0, 0, 0, 0]]);
  const combined = {
    ...samples,
    low: [[1000, 1, 5, 0, 0, 0, 0]],
    high: [[1000, 3, 20, 0, 0, 0, 0]],
  } as const;
  const [heading, row] = toCsv([{ ...container("web"), samples: combined }], ALWAYS).split("\r\n");
  assertEquals(heading?.split(",").slice(3, 9), [
    ...["cpu_percent", "cpu_percent_min", "cpu_percent_max"],
    ...["memory_bytes", "memory_bytes_min", "memory_bytes_max"],
  ]);
  assertEquals(row?.split(",").slice(3, 9), ["2", "1", "3", "100", "50", "200"]);
});
