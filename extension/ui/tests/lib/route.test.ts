import { TestPage } from "../dom.ts";
import { windowListeners } from "../fakes/window_listeners.ts";
import {
  goTo,
  guardRoute,
  hrefTo,
  hrefToList,
  parseQuery,
  parseRoute,
  useQuery,
  useRoute,
} from "../../src/lib/route.ts";
import { assertEquals, eventually } from "../../../../tests/assert.ts";

Deno.test("parses a link with any characters in its parts", () => {
  assertEquals(parseRoute(hrefTo("containers", "my/host", "a b")), ["containers", "my/host", "a b"]);
});

Deno.test("takes invalid escapes literally", () => {
  assertEquals(parseRoute("#/stacks/%zz"), ["stacks", "%zz"]);
});

Deno.test("a component follows the route", async () => {
  await using page = new TestPage();
  goTo("stacks", 12);
  const { result } = page.hook(() => useRoute());
  assertEquals(result.current, ["stacks", "12"]);
  await page.act(() => goTo("containers", "my/host", "abc"));
  await eventually("the new place", () => result.current[0] === "containers");
  assertEquals(result.current, ["containers", "my/host", "abc"]);
});

Deno.test("removes its listener when the component is unmounted", async () => {
  await using page = new TestPage();
  const before = windowListeners.get("hashchange") ?? 0;
  const { unmount } = page.hook(() => useRoute());
  assertEquals(windowListeners.get("hashchange"), before + 1);
  unmount();
  assertEquals(windowListeners.get("hashchange"), before);
});

Deno.test("a guard blocks navigation and is called instead", async () => {
  await using page = new TestPage();
  goTo("stacks", "new");
  const { result } = page.hook(() => useRoute());
  const asked: (() => void)[] = [];
  const release = guardRoute((go) => asked.push(go));
  await page.act(() => goTo("containers"));
  await eventually("the question", () => asked.length > 0);
  assertEquals([result.current, location.hash], [["stacks", "new"], "#/stacks/new"]);
  release();
});

Deno.test("a guard can continue the navigation", async () => {
  await using page = new TestPage();
  goTo("stacks", "new");
  const { result } = page.hook(() => useRoute());
  guardRoute((go) => go());
  await page.act(() => goTo("containers"));
  await eventually("the new place", () => result.current[0] === "containers");
  assertEquals(location.hash, "#/containers");
});

Deno.test("a released guard is not called", async () => {
  await using page = new TestPage();
  const { result } = page.hook(() => useRoute());
  const release = guardRoute(() => {});
  release();
  await page.act(() => goTo("log"));
  await eventually("the new place", () => result.current[0] === "log");
});

Deno.test("releasing an older guard keeps the newer one", async () => {
  await using page = new TestPage();
  page.hook(() => useRoute());
  let asked = 0;
  const releaseOld = guardRoute(() => {});
  const release = guardRoute(() => asked++);
  releaseOld();
  await page.act(() => goTo("log"));
  await eventually("the question", () => asked === 1);
  release();
});

Deno.test("the state of a view is not part of its route", () => {
  assertEquals(parseRoute("#/containers?q=a/b"), ["containers"]);
  assertEquals(parseQuery("#/containers?q=a/b").get("q"), "a/b");
});

Deno.test("a change of the view's state replaces the address and keeps the rest", async () => {
  await using page = new TestPage();
  goTo("containers");
  const { result } = page.hook(() => useQuery());
  await page.act(() => result.current[1]({ q: "web & db", state: "running" }));
  await page.act(() => result.current[1]({ state: null }));
  assertEquals([result.current[0].get("q"), result.current[0].get("state")], ["web & db", null]);
  assertEquals(parseQuery(location.hash).get("q"), "web & db");
});

Deno.test("the link to a list leads to the state in which it was left", async () => {
  await using page = new TestPage();
  goTo("containers");
  const { result } = page.hook(() => ({ query: useQuery(), route: useRoute() }));
  await page.act(() => result.current.query[1]({ q: "web" }));
  await page.act(() => goTo("containers", "Localhost", "abc"));
  await eventually("the container", () => result.current.route[2] === "abc");
  assertEquals(hrefToList("containers"), "#/containers?q=web");
});
