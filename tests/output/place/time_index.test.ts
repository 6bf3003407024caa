import { TimeIndex } from "../../../server/output/place/time_index.ts";
import { assertEquals, assertGreater, assertLess } from "../../assert.ts";

const END = 1_000_000n;

Deno.test("an empty index begins with the newest lines", () => {
  assertEquals(new TimeIndex().estimate(0n, END), 2000);
});

Deno.test("estimates a time between two marks, and a little more", () => {
  const index = new TimeIndex();
  index.add(900_000n, 1000);
  index.add(100_000n, 9000);
  const estimate = index.estimate(500_000n, END);
  assertEquals(estimate, 9000);
});

Deno.test("estimates an earlier time at the rate of the marks", () => {
  const index = new TimeIndex();
  index.add(900_000n, 1000);
  const estimate = index.estimate(500_000n, END);
  assertGreater(estimate, 5000);
  assertLess(estimate, 5600);
});

Deno.test("grows by a bounded factor", () => {
  const index = new TimeIndex();
  index.add(END - 1n, 1000);
  assertEquals(index.estimate(0n, END), 64_000);
});

Deno.test("adds little to an estimate between marks that are far apart", () => {
  const index = new TimeIndex();
  index.add(900_000n, 1000);
  index.add(100_000n, 901_000);
  assertEquals(index.estimate(500_000n, END), 451_000 + 4000);
});

Deno.test("requests the lines of the earlier mark when another one is near", () => {
  const index = new TimeIndex();
  index.add(900_000n, 700_000);
  index.add(100_000n, 715_000);
  assertEquals(index.estimate(500_000n, END), 715_000);
});

Deno.test("halves the lines between two marks on request", () => {
  const index = new TimeIndex();
  index.add(900_000n, 100_000);
  index.add(100_000n, 200_000);
  assertEquals(index.estimate(100_001n, END, true), 150_000);
});

Deno.test("all marks move away from the end when the output grows", () => {
  const index = new TimeIndex();
  index.add(900_000n, 1000);
  index.add(100_000n, 9000);
  index.grow(500);
  assertEquals(index.estimate(100_001n, END), 9500);
});

Deno.test("a mark replaces those that contradict it, and no others", () => {
  const index = new TimeIndex();
  for (const [ns, lines] of [[900_000n, 1000], [500_000n, 50_000], [100_000n, 90_000]] as const) {
    index.add(ns, lines);
  }
  index.add(400_000n, 45_000);
  assertEquals([index.size, index.estimate(400_001n, END, true)], [3, 23_000]);
});

Deno.test("has at most 256 marks", () => {
  const index = new TimeIndex();
  for (let lines = 1; lines < 2000; lines++) index.add(END - BigInt(lines), lines);
  assertEquals(index.size <= 256, true);
});

Deno.test("knows about how many lines lie between a mark and a time", () => {
  const index = new TimeIndex();
  const far = { ns: 100_000n, lines: 9000 };
  index.add(900_000n, 1000);
  assertEquals([index.linesFrom(far, 500_000n, END), index.linesFrom(far, END, END)], [4000, 9000]);
});

Deno.test("knows the number of lines from a time to the end", () => {
  const index = new TimeIndex();
  assertEquals(index.linesAt(0n, END), 0);
  index.add(900_000n, 1000);
  index.add(100_000n, 9000);
  assertEquals([500_000n, 100_000n, 0n].map((ns) => index.linesAt(ns, END)), [5000, 9000, 10_000]);
});

Deno.test("knows a time with a number of lines from it to a later time", () => {
  const index = new TimeIndex();
  assertEquals(index.earlier(500_000n, 100, END), 0n);
  index.add(900_000n, 100_000);
  assertEquals(index.earlier(500_000n, 100_000, END), 400_000n);
  index.add(100_000n, 110_000);
  assertEquals(index.earlier(800_000n, 0, END), 100_000n);
});
