import {
  cpuTimes,
  deviceBytes,
  deviceNames,
  numaPages,
  operationSum,
  pageBytesOf,
} from "../../../server/kernel/scrape/cgroup_text.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("pages of NUMA nodes on version 1 are those of the container and of all groups below", () => {
  const text = "total=24 N0=20 N1=4\nfile=3 N0=1 N1=2\nanon=21 N0=19 N1=2\nunevictable=0 N0=0 N1=0\n" +
    "hierarchical_total=24 N0=24\nhierarchical_file=5 N0=5\n";
  assertEquals(numaPages(text, 1, undefined), [
    [["file", "container", "0"], 1],
    [["file", "container", "1"], 2],
    [["anon", "container", "0"], 19],
    [["anon", "container", "1"], 2],
    [["unevictable", "container", "0"], 0],
    [["unevictable", "container", "1"], 0],
    [["file", "hierarchy", "0"], 5],
  ]);
});

Deno.test("bytes of NUMA nodes on version 2 become pages of all groups below", () => {
  const text = "anon N0=8192 N1=4096\nfile N0=0\nanon_thp N0=4096\nunevictable N0=16384\n";
  assertEquals(numaPages(text, 2, 4096), [
    [["file", "hierarchy", "0"], 0],
    [["anon", "hierarchy", "0"], 2],
    [["anon", "hierarchy", "1"], 1],
    [["unevictable", "hierarchy", "0"], 4],
  ]);
  assertEquals(numaPages(text, 2, undefined), undefined);
});

Deno.test("1,000 NUMA nodes and CPUs have a bounded number of values", () => {
  const nodes = Array.from({ length: 1000 }, (_, node) => ` N${node}=1`).join("");
  assertEquals(numaPages(`anon=1${nodes}\n`, 1, 4096)?.length, 64);
  const lines = Array.from({ length: 1000 }, (_, cpu) => `${cpu} 1 0\n`).join("");
  const times = cpuTimes(`cpu user system\n${lines}`);
  assertEquals([times?.cpuUserNs.length, times?.cpuSystemNs.length], [64, 0]);
});

Deno.test("the time of each CPU leaves out CPUs that were not used", () => {
  assertEquals(cpuTimes("cpu user system\n0 5 0\n1 0 0\n12 6 7\n"), {
    cpuUserNs: [[["cpu00"], 5], [["cpu12"], 6]],
    cpuSystemNs: [[["cpu12"], 7]],
  });
  assertEquals(cpuTimes("nonsense"), undefined);
});

Deno.test("bytes are counted by device, with its name where it is known", () => {
  const names = deviceNames(
    "major minor  #blocks  name\n\n   8        0  1000 sda\n 259        1 5 nvme0n1p1\n   1 2 3 x;y\n",
  );
  assertEquals([...names], [["8:0", "/dev/sda"], ["259:1", "/dev/nvme0n1p1"]]);
  assertEquals(
    deviceBytes("8:0 rbytes=10 wbytes=20 rios=1 wios=1 dbytes=0 dios=0\n7:1 wbytes=x\n", 2, names),
    [
      [["/dev/sda", "8", "0", "Read"], 10],
      [["/dev/sda", "8", "0", "Write"], 20],
    ],
  );
  assertEquals(deviceBytes("9:9 Read 4\n9:9 Write 5\n9:9 Sync 9\nTotal 9\n", 1, names), [
    [["", "9", "9", "Read"], 4],
    [["", "9", "9", "Write"], 5],
  ]);
});

Deno.test("sums one operation over all devices", () => {
  const text = "8:0 Read 1\n8:0 Write 2\n8:0 Total 3\n8:16 Read 4\n8:16 Total 4\nTotal 7\n";
  assertEquals([operationSum(text, "Read"), operationSum(text, "Total"), operationSum("", "Write")], [
    5,
    7,
    0,
  ]);
});

Deno.test("the size of a page is found in the auxiliary values, and unknown without them", () => {
  const values = new BigUint64Array([3n, 64n, 6n, 16384n, 0n, 0n]);
  assertEquals(pageBytesOf(new Uint8Array(values.buffer)), 16384);
  assertEquals([pageBytesOf(new Uint8Array(7)), pageBytesOf(new Uint8Array(16))], [undefined, undefined]);
});
