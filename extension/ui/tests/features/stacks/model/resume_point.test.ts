import { assertEquals } from "../../../../../../tests/assert.ts";
import { type Shelf, Since } from "../../../../src/features/stacks/model/resume_point.ts";

function shelf(stored?: string): Shelf {
  let text = stored;
  return { getItem: () => text ?? null, setItem: (_name, value) => text = value };
}

Deno.test("starts the first visit with the first event, the next one with the last", () => {
  const storage = shelf();
  const since = new Since(storage);
  assertEquals(since.last, 0);
  since.note(7, "#1", false);
  since.keep();
  assertEquals(new Since(storage).last, 7);
});

Deno.test("lets the next visit read all events of unfinished runs", () => {
  const since = new Since(shelf("10"));
  since.note(11, "#1", true);
  since.note(12, "#2", true);
  since.note(13, "#1", true);
  assertEquals([since.last, since.next], [13, 10]);
  since.note(14, "#1", false);
  assertEquals([since.last, since.next], [14, 11]);
  since.note(15, "#2", false);
  assertEquals(since.next, 15);
});

Deno.test("recognizes another server by numbers that start again", () => {
  const since = new Since(shelf("900"));
  assertEquals(since.note(1, "#1", false), true);
  assertEquals(since.note(2, "#1", false), false);
  assertEquals([since.last, since.next], [2, 2]);
});

Deno.test("reads everything without storage, or with an invalid number in it", () => {
  assertEquals(new Since(shelf("1e3")).last, 0);
  assertEquals(new Since(undefined).last, 0);
  const forbidden = () => {
    throw new DOMException("forbidden", "SecurityError");
  };
  const since = new Since({ getItem: forbidden, setItem: forbidden });
  since.note(3, "#1", false);
  since.keep();
  assertEquals(since.last, 3);
});
