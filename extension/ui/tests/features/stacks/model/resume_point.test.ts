import { assertEquals } from "../../../../../../tests/assert.ts";
import { type Shelf, Since } from "../../../../src/features/stacks/model/resume_point.ts";

function shelf(kept?: string): Shelf & { readonly kept: () => string | undefined } {
  let text = kept;
  return { getItem: () => text ?? null, setItem: (_name, value) => text = value, kept: () => text };
}

Deno.test("the first visit begins with the first event, the next with the last", () => {
  const kept = shelf();
  const since = new Since(kept);
  assertEquals(since.last, 0);
  since.note(7, "#1", false);
  since.keep();
  assertEquals(new Since(kept).last, 7);
});

Deno.test("the next visit sees the whole of what goes on", () => {
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

Deno.test("numbers that begin anew are of another server", () => {
  const since = new Since(shelf("900"));
  assertEquals(since.note(1, "#1", false), true);
  assertEquals(since.note(2, "#1", false), false);
  assertEquals([since.last, since.next], [2, 2]);
});

Deno.test("what is no number, or cannot be kept, costs nothing but time", () => {
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
