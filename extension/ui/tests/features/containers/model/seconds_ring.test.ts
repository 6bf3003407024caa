import { SecondsRing } from "../../../../src/features/containers/model/seconds_ring.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";

Deno.test("the ring keeps its last seconds, oldest first", () => {
  const ring = new SecondsRing(3);
  for (let second = 1; second <= 5; second++) ring.put(second, second * 10);
  assertEquals(ring.upTo(5), [30, 40, 50]);
});

Deno.test("a second that is missing between two others is bridged", () => {
  const ring = new SecondsRing(3);
  ring.put(1, 10);
  ring.put(3, 30);
  assertEquals(ring.upTo(3), [10, 10, 30]);
});

Deno.test("a longer gap is a hole", () => {
  const ring = new SecondsRing(6);
  ring.put(1, 10);
  ring.put(6, 60);
  assertEquals(ring.upTo(6), [10, NaN, NaN, NaN, NaN, 60]);
});

Deno.test("the past is filled in, and does not overwrite what was measured here", () => {
  const ring = new SecondsRing(4);
  ring.put(14, 4);
  ring.put(12, 2);
  ring.put(14, 9);
  ring.put(3, 1);
  assertEquals(ring.upTo(14), [NaN, 2, NaN, 4]);
});
