import { TestPage } from "../dom.ts";
import { assert, assertEquals, eventually } from "../../../../tests/assert.ts";
import { useNow } from "../../src/lib/use_now.ts";

Deno.test("the time advances while it is wanted", async () => {
  await using page = new TestPage();
  const { result } = page.hook(() => useNow(true));
  const first = result.current;
  await eventually("the next second", () => result.current > first);
});

Deno.test("the time stops while it is not wanted, and is current afterwards", async () => {
  await using page = new TestPage();
  const { result, rerender } = page.hook(({ wanted }) => useNow(wanted), { wanted: false });
  const first = result.current;
  await eventually("a later millisecond", () => Date.now() > first + 1);
  rerender({ wanted: false });
  assertEquals(result.current, first);
  rerender({ wanted: true });
  assert(result.current > first);
});
