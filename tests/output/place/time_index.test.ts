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
  assertGreater(estimate, 5000);
  assertLess(estimate, 5600);
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

Deno.test("older marks move away from the end when the output grows", () => {
  const index = new TimeIndex();
  index.add(900_000n, 1000);
  index.add(100_000n, 9000);
  index.add(500_000n, 105_000);
  assertEquals(index.estimate(100_000n, END), Math.ceil(109_000 * 1.05));
});

Deno.test("has at most 256 marks", () => {
  const index = new TimeIndex();
  for (let lines = 1; lines < 2000; lines++) index.add(END - BigInt(lines), lines);
  assertEquals(index.size <= 256, true);
});

Deno.test("knows about how many lines lie between two times", () => {
  const index = new TimeIndex();
  index.add(900_000n, 1000);
  index.add(100_000n, 9000);
  assertEquals([index.linesBetween(100_000n, 500_000n), index.linesBetween(0n, 500_000n)], [4000, 0]);
});
