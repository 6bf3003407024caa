import { TestPage } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { useListState } from "../../../../src/features/containers/list/use_list_state.ts";
import { parseQuery } from "../../../../src/lib/route.ts";

function open(page: TestPage, query = "") {
  location.hash = `#/containers${query}`;
  return page.hook(() => useListState()).result;
}

Deno.test("reads filters, order and folds from the address", async () => {
  await using page = new TestPage();
  const { filters, order, folded } =
    open(page, "?q=web&state=running&host=nas&label=site%3Dhome&sort=cpu.desc&fold=shop%250Anas").current;
  assertEquals(filters, { search: "web", state: "running", host: "nas", label: "site=home" });
  assertEquals(order, { column: "cpu", descending: true });
  assertEquals([...folded], ["shop\nnas"]);
});

Deno.test("ignores what it does not know", async () => {
  await using page = new TestPage();
  const { filters, order } = open(page, "?state=odd&sort=constructor.desc").current;
  assertEquals([filters.state, order], ["all", undefined]);
});

Deno.test("a change is in the address, and the initial value is not", async () => {
  await using page = new TestPage();
  const state = open(page);
  await page.act(() => state.current.setFilters({ search: "a b", state: "stopped" }));
  await page.act(() => state.current.setOrder({ column: "memory", descending: false }));
  await page.act(() => state.current.fold("shop\nmy,host"));
  const query = parseQuery(location.hash);
  assertEquals(["q", "state", "sort"].map((name) => query.get(name)), ["a b", "stopped", "memory.asc"]);
  assertEquals([...state.current.folded], ["shop\nmy,host"]);
  await page.act(() => state.current.setFilters({ search: "", state: "all", host: null }));
  await page.act(() => state.current.fold("shop\nmy,host"));
  assertEquals([...parseQuery(location.hash).keys()], ["sort"]);
});
