import { TestPage } from "../dom.ts";
import { assertEquals } from "../../../../tests/assert.ts";
import { Observable } from "../../src/lib/observable.ts";
import { useObservable } from "../../src/lib/use_observable.ts";

Deno.test("renders each new value of an observable", async () => {
  await using page = new TestPage();
  const observable = new Observable("before");
  const { result } = page.hook(() => useObservable(observable));
  assertEquals(result.current, "before");
  await page.act(() => observable.set("after"));
  assertEquals(result.current, "after");
});

Deno.test("follows the current observable when it is replaced", async () => {
  await using page = new TestPage();
  const [one, other] = [new Observable(1), new Observable(2)];
  const { result, rerender } = page.hook(({ of }) => useObservable(of), { of: one });
  rerender({ of: other });
  await page.act(() => one.set(10));
  assertEquals(result.current, 2);
  await page.act(() => other.set(20));
  assertEquals(result.current, 20);
});
