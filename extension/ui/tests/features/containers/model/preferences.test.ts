import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { nextOrder, usePreferences } from "../../../../src/features/containers/model/preferences.ts";

const KEY = "dockstat.containers";
const KEPT = {
  columns: ["name", "cpu"],
  order: { column: "cpu", descending: true },
  grouped: false,
  scale: "host",
  compact: true,
};

function read(page: TestPage, kept?: unknown) {
  if (kept !== undefined) localStorage.setItem(KEY, JSON.stringify(kept));
  return page.hook(() => usePreferences());
}

Deno.test("at the first visit the table is grouped and ordered by name", async () => {
  await using page = new TestPage();
  const [preferences] = read(page).result.current;
  assertEquals(preferences.grouped, true);
  assertEquals(preferences.order, { column: "name", descending: false });
  assert(preferences.columns.includes("name") && !preferences.columns.includes("host"));
});

Deno.test("a change keeps the other preferences and is stored", async () => {
  await using page = new TestPage();
  const { result } = read(page, KEPT);
  await page.act(() => result.current[1]({ scale: "core" }));
  assertEquals(result.current[0], { ...KEPT, scale: "core" } as never);
  assertEquals(JSON.parse(localStorage.getItem(KEY)!), { ...KEPT, scale: "core" });
});

Deno.test("restores the preferences of the last visit", async () => {
  await using page = new TestPage();
  assertEquals(read(page, KEPT).result.current[0], KEPT as never);
});

for (
  const [what, kept] of [
    ["an unknown column", { ...KEPT, columns: ["name", "uptime"] }],
    ["a column twice", { ...KEPT, columns: ["name", "cpu", "cpu"] }],
    ["no column for the name", { ...KEPT, columns: ["cpu"] }],
    ["columns that are no list", { ...KEPT, columns: "name" }],
    ["an order by an unknown column", { ...KEPT, order: { column: "constructor", descending: true } }],
    ["no order", { ...KEPT, order: undefined }],
    ["an order without a direction", { ...KEPT, order: { column: "cpu" } }],
    ["a grouping that is no choice", { ...KEPT, grouped: "yes" }],
    ["an unknown scale", { ...KEPT, scale: "socket" }],
    ["a density that is no choice", { ...KEPT, compact: "dense" }],
    ["a list", []],
    ["a number", 5],
  ] as const
) {
  Deno.test(`falls back to the initial preferences for ${what} in the storage`, async () => {
    await using page = new TestPage();
    const [{ grouped, scale, order }] = read(page, kept).result.current;
    assertEquals([grouped, scale, order.column], [true, "core", "name"]);
  });
}

Deno.test("a click on another column sorts numbers descending and texts ascending", () => {
  const order = { column: "name", descending: false } as const;
  assertEquals(nextOrder(order, "memory"), { column: "memory", descending: true });
  assertEquals(nextOrder(order, "image"), { column: "image", descending: false });
});

Deno.test("a click on the same column reverses the order", () => {
  const once = nextOrder({ column: "cpu", descending: true }, "cpu");
  assertEquals(once, { column: "cpu", descending: false });
  assertEquals(nextOrder(once, "cpu"), { column: "cpu", descending: true });
});
