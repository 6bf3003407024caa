import { fireEvent } from "@testing-library/react";
import { TestPage } from "../../dom.ts";
import { assertEquals } from "../../../../../tests/assert.ts";
import { useTarget } from "../../../src/components/lines/use_target.ts";
import type { Entry } from "../../../src/lib/lines/line.ts";
import type { PagingState } from "../../../src/lib/lines/log_paging.ts";
import { Observable } from "../../../src/lib/observable.ts";

/** An entry at a time, epoch ms. */
const entry = (id: number, at: number): Entry => {
  const head = { id, timestamp: new Date(at).toISOString(), text: "line" };
  return { id, head, rest: [], level: undefined, at };
};

/** A log after a jump to its second line. */
async function open(page: TestPage) {
  const state = new Observable<PagingState>({
    ...{ busy: undefined, atStart: true, error: undefined },
    target: undefined,
  });
  const scroller = { current: document.createElement("div") };
  const shownAt: number[] = [];
  const targets: number[] = [];
  const fixed = {
    ...{ scroller, paging: { state }, pause: () => {}, onTarget: (id: number) => void targets.push(id) },
    rows: { scrollToIndex: (index: number) => void shownAt.push(index) },
  };
  const { result, rerender } = page.hook(
    ({ shown }) => useTarget({ ...fixed, shown }),
    { shown: [entry(1, 10), entry(2, 20)] },
  );
  await page.act(() => state.set({ ...state.value, target: { at: 20 } }));
  return {
    ...{ scroller: scroller.current, shownAt, targets, release: () => result.current() },
    insertNote: () => rerender({ shown: [entry(1, 10), entry(3, 15), entry(2, 20)] }),
  };
}

Deno.test("the entry of a jump stays in view when notes are inserted before it", async () => {
  await using page = new TestPage();
  const { shownAt, targets, insertNote } = await open(page);
  assertEquals([shownAt, targets], [[1], [2]]);
  insertNote();
  assertEquals([shownAt, targets], [[1, 2], [2]]);
});

for (const type of ["wheel", "touchMove", "pointerDown", "keyDown"] as const) {
  Deno.test(`the log does not return to the entry of a jump after the event "${type}"`, async () => {
    await using page = new TestPage();
    const { scroller, shownAt, insertNote } = await open(page);
    fireEvent[type](scroller);
    insertNote();
    assertEquals(shownAt, [1]);
  });
}

Deno.test("the log does not return to the entry of a jump after another movement", async () => {
  await using page = new TestPage();
  const { shownAt, release, insertNote } = await open(page);
  release();
  insertNote();
  assertEquals(shownAt, [1]);
});
