import { assertEquals } from "../../../../../../../tests/assert.ts";
import { Selection } from "../../../../../src/features/containers/list/selection/selection.ts";

function selectionOf(...order: readonly string[]): Selection {
  const selection = new Selection();
  selection.setOrder(order);
  return selection;
}

function keysOf({ keys }: Selection): string {
  return [...keys.value].sort().join("");
}

Deno.test("a range goes from the row that was selected last, in both directions", () => {
  const selection = selectionOf("a", "b", "c", "d");
  selection.toggle("c");
  selection.toggle("a", true);
  assertEquals(keysOf(selection), "abc");
  selection.toggle("b");
  selection.toggle("d", true);
  assertEquals(keysOf(selection), "abcd");
});

Deno.test("a range from a row that is gone is the row alone", () => {
  const selection = selectionOf("a", "b", "c");
  selection.toggle("a");
  selection.setOrder(["b", "c"]);
  selection.toggle("c", true);
  assertEquals(keysOf(selection), "c");
});

Deno.test("rows that the table no longer has are deselected", () => {
  const selection = selectionOf("a", "b");
  selection.all();
  selection.setOrder(["b", "c"]);
  assertEquals(keysOf(selection), "b");
  selection.setOrder([]);
  assertEquals(keysOf(selection), "");
});

Deno.test("a new order of the same rows changes nothing", () => {
  const selection = selectionOf("a", "b");
  selection.toggle("a");
  const before = selection.keys.value;
  selection.setOrder(["b", "a"]);
  assertEquals(selection.keys.value === before, true);
});
