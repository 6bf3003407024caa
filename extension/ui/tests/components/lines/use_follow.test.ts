import { fireEvent } from "@testing-library/react";
import { flushSync } from "react-dom";
import { TestPage } from "../../dom.ts";
import { assertEquals } from "../../../../../tests/assert.ts";
import { useFollow } from "../../../src/components/lines/use_follow.ts";

/** An element of 100 pixels with a content of some height, which scrolls like one of a browser. */
class Scroller {
  scrollHeight = 1000;
  readonly clientHeight = 100;
  #top = 0;

  get scrollTop(): number {
    return this.#top;
  }

  set scrollTop(top: number) {
    this.#top = Math.max(Math.min(top, this.scrollHeight - this.clientHeight), 0);
  }
}

function open(page: TestPage) {
  const scroller = new Scroller();
  const ref = { current: scroller as unknown as HTMLElement };
  const { result, rerender } = page.hook(({ size }) => useFollow(ref, size), { size: 0 });
  let size = 0;
  const grow = (by: number) => {
    scroller.scrollHeight += by;
    rerender({ size: ++size });
  };
  /** Moves the content as rows do when they get their heights. */
  const move = (top: number) =>
    page.act(() => {
      scroller.scrollTop = top;
      result.current.onScroll();
    });
  /** Moves it as a reader does. */
  const scrollTo = (top: number) => {
    fireEvent.wheel(document.body);
    return move(top);
  };
  return { scroller, result, grow, move, scrollTo };
}

Deno.test("starts at the end and stays there while the list grows", async () => {
  await using page = new TestPage();
  const { scroller, result, grow } = open(page);
  assertEquals(scroller.scrollTop, 900);
  grow(50);
  assertEquals([scroller.scrollTop, result.current.following], [950, true]);
});

Deno.test("scrolling up pauses", async () => {
  await using page = new TestPage();
  const { scroller, result, grow, scrollTo } = open(page);
  await scrollTo(400);
  assertEquals(result.current.following, false);
  grow(50);
  assertEquals(scroller.scrollTop, 400);
});

Deno.test("scrolling back to the end resumes", async () => {
  await using page = new TestPage();
  const { scroller, result, grow, scrollTo } = open(page);
  await scrollTo(400);
  await scrollTo(890);
  assertEquals(result.current.following, true);
  grow(100);
  assertEquals(scroller.scrollTop, 1000);
});

Deno.test("scrolling down, but not to the end, does not resume", async () => {
  await using page = new TestPage();
  const { result, scrollTo } = open(page);
  await scrollTo(400);
  await scrollTo(600);
  assertEquals(result.current.following, false);
});

Deno.test("growing content does not pause the list", async () => {
  await using page = new TestPage();
  const { scroller, result } = open(page);
  scroller.scrollHeight += 500;
  await page.act(() => result.current.onScroll());
  assertEquals(result.current.following, true);
});

Deno.test("only the button resumes after an explicit pause", async () => {
  await using page = new TestPage();
  const { scroller, result, scrollTo } = open(page);
  await page.act(() => result.current.pause());
  await scrollTo(800);
  await scrollTo(900);
  assertEquals(result.current.following, false);
  scroller.scrollHeight = 2000;
  await page.act(() => result.current.follow());
  assertEquals([result.current.following, scroller.scrollTop], [true, 1900]);
});

Deno.test("a movement without the reader is undone", async () => {
  await using page = new TestPage();
  const { scroller, result, move } = open(page);
  await move(400);
  assertEquals([result.current.following, scroller.scrollTop], [true, 900]);
});

Deno.test("a movement without the reader is undone after the button, too", async () => {
  await using page = new TestPage();
  const { scroller, result, move, scrollTo } = open(page);
  await scrollTo(400);
  fireEvent.pointerDown(document.body);
  await page.act(() => result.current.follow());
  await move(0);
  assertEquals([result.current.following, scroller.scrollTop], [true, 900]);
});

Deno.test("a rendering that does not know of a pause yet leaves the position", async () => {
  await using page = new TestPage();
  const { scroller, result, grow } = open(page);
  await page.act(() => {
    result.current.pause();
    scroller.scrollTop = 0;
    flushSync(() => grow(50));
  });
  assertEquals(scroller.scrollTop, 0);
});
