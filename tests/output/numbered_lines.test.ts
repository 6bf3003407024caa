import { LineNumbers } from "../../server/output/numbered_lines.ts";
import { assertEquals } from "../assert.ts";

/** Returns a timestamp by its number. */
function stamp(index: number): string {
  return `2026-08-01T12:00:00.${String(index).padStart(9, "0")}Z`;
}

Deno.test("numbers the lines that share a timestamp, also those that come late", () => {
  const numbers = new LineNumbers();
  const order = [1, 3, 3, 2, 1, 3, 2, 5, 4, 1, 5];
  assertEquals(order.map((index) => numbers.next(stamp(index))), [0, 0, 1, 0, 1, 2, 1, 0, 0, 2, 1]);
});

Deno.test("lines without a timestamp are numbered like others", () => {
  const numbers = new LineNumbers();
  assertEquals(["", stamp(1), "", ""].map((timestamp) => numbers.next(timestamp)), [0, 0, 1, 2]);
});

Deno.test("numbers late lines after any number of others", () => {
  const numbers = new LineNumbers();
  for (let index = 0; index < 100_000; index++) assertEquals(numbers.next(stamp(index)), 0);
  assertEquals(numbers.next(stamp(99_750)), 1);
});

Deno.test("numbers lines in reverse order", () => {
  const numbers = new LineNumbers();
  for (let index = 30_000; index > 0; index--) numbers.next(stamp(index));
  assertEquals([numbers.next(stamp(1)), numbers.next(stamp(30_000))], [1, 1]);
});
