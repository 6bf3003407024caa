import { TestPage } from "../dom.ts";
import { assertEquals } from "../../../../tests/assert.ts";
import { isBoolean, useStoredState } from "../../src/lib/use_stored_state.ts";

Deno.test("returns the initial state before a change", async () => {
  await using page = new TestPage();
  const { result } = page.hook(() => useStoredState("switch", true, isBoolean));
  assertEquals(result.current[0], true);
  assertEquals(localStorage.getItem("dockstat.switch"), null);
});

Deno.test("restores the state at the next visit", async () => {
  await using page = new TestPage();
  const first = page.hook(() => useStoredState("switch", true, isBoolean));
  await page.act(() => first.result.current[1](false));
  assertEquals(first.result.current[0], false);
  first.unmount();
  const { result } = page.hook(() => useStoredState("switch", true, isBoolean));
  assertEquals(result.current[0], false);
});

Deno.test("keeps states of different keys apart", async () => {
  await using page = new TestPage();
  const one = page.hook(() => useStoredState("one", true, isBoolean));
  await page.act(() => one.result.current[1](false));
  const { result } = page.hook(() => useStoredState("other", true, isBoolean));
  assertEquals(result.current[0], true);
});

for (
  const [what, kept] of [
    ["a value of another type", '"yes"'],
    ["text that is not JSON", "{"],
    ["null", "null"],
    ["an object with a prototype key", '{"__proto__":true}'],
  ] as const
) {
  Deno.test(`ignores ${what} in the storage`, async () => {
    await using page = new TestPage();
    localStorage.setItem("dockstat.switch", kept);
    const { result } = page.hook(() => useStoredState("switch", true, isBoolean));
    assertEquals(result.current[0], true);
  });
}

Deno.test("keeps the state until the page is closed when there is no storage", async () => {
  await using page = new TestPage();
  const storage = Object.getOwnPropertyDescriptor(globalThis, "localStorage")!;
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get: () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
  });
  try {
    const { result } = page.hook(() => useStoredState("switch", true, isBoolean));
    await page.act(() => result.current[1](false));
    assertEquals(result.current[0], false);
  } finally {
    Object.defineProperty(globalThis, "localStorage", storage);
  }
});
