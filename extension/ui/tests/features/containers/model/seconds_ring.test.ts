import { SecondsRing } from "../../../../src/features/containers/model/seconds_ring.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";

Deno.test("keeps the last seconds, oldest first", () => {
  const ring = new SecondsRing(3);
  for (let second = 1; second <= 5; second++) ring.put(second, second * 10);
  assertEquals(ring.upTo(5), [30, 40, 50]);
});

Deno.test("fills a single missing second", () => {
  const ring = new SecondsRing(3);
  ring.put(1, 10);
  ring.put(3, 30);
  assertEquals(ring.upTo(3), [10, 10, 30]);
});

Deno.test("leaves a longer gap empty", () => {
  const ring = new SecondsRing(6);
  ring.put(1, 10);
  ring.put(6, 60);
  assertEquals(ring.upTo(6), [10, NaN, NaN, NaN, NaN, 60]);
});

Deno.test("adds past seconds without overwriting measured ones", () => {
  const ring = new SecondsRing(4);
  ring.put(14, 4);
  ring.put(12, 2);
  ring.put(14, 9);
  ring.put(3, 1);
  assertEquals(ring.upTo(14), [NaN, 2, NaN, 4]);
});
