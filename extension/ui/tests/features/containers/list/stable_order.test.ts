import {
  keepOrder,
  mayReorder,
  rankOf,
  REORDER_MS,
} from "../../../../src/features/containers/list/stable_order.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";

const rows = [{ key: "a" }, { key: "b" }];
const kept = keepOrder(rows, "cpu true", 1000);
const request = { rows, sort: "cpu true", now: 1001, inUse: false };

Deno.test("keeps the order for some seconds, then changes it", () => {
  assertEquals(mayReorder(kept, request), false);
  assertEquals(mayReorder(kept, { ...request, now: 1000 + REORDER_MS }), true);
});

Deno.test("keeps the order while a row is in use, also with new rows", () => {
  const later = { ...request, now: 1000 + 10 * REORDER_MS, inUse: true };
  assertEquals(mayReorder(kept, later), false);
  assertEquals(mayReorder(kept, { ...later, rows: [...rows, { key: "c" }] }), false);
});

Deno.test("another sort key, or a new row, changes the order at once", () => {
  assertEquals(mayReorder(kept, { ...request, sort: "name false", inUse: true }), true);
  assertEquals(mayReorder(kept, { ...request, rows: [...rows, { key: "c" }] }), true);
  assertEquals(mayReorder(undefined, request), true);
});

Deno.test("a new row comes last", () => {
  assertEquals(["a", "b", "c"].map((key) => rankOf(kept, { key })), [0, 1, 2]);
});
