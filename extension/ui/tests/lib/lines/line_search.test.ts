import { EntryBuilder } from "../../../src/lib/lines/entry_builder.ts";
import { EntrySearch } from "../../../src/lib/lines/entry_search.ts";
import { compileQuery, isSlashed, literalMatcher, nextMatch } from "../../../src/lib/lines/line_search.ts";
import { assert, assertEquals, assertRejects, eventually } from "../../../../../tests/assert.ts";

const query = (text: string, changes = {}) => ({ text, isRegex: false, matchCase: false, ...changes });

function entriesOf(...texts: readonly string[]) {
  const builder = new EntryBuilder();
  for (const [id, text] of texts.entries()) builder.add({ id, timestamp: "", text });
  return builder.entries;
}

Deno.test("a plain search ignores case, and takes signs literally", () => {
  const matcher = literalMatcher("A.b*", false);
  assertEquals([matcher.test("xa.B*"), matcher.test("aab")], [true, false]);
  assertEquals(literalMatcher("É", false).ranges("é É"), [[0, 1], [2, 3]]);
});

Deno.test("a search can respect case", () => {
  assertEquals(literalMatcher("Ab", true).ranges("ab Ab"), [[3, 5]]);
});

Deno.test("a pattern is one by its switch or by slashes", async () => {
  assertEquals((await compileQuery(query("/time|refused/")))!.ranges("refused in time"), [[0, 7], [11, 15]]);
  assertEquals((await compileQuery(query("o+", { isRegex: true })))!.ranges("foo o"), [[1, 3], [4, 5]]);
  assertEquals((await compileQuery(query("/api/")))!.test("GET api"), false);
  assertEquals([isSlashed("/a|b/"), isSlashed("/api/"), isSlashed("//")], [true, false, false]);
});

Deno.test("a pattern that matches nothing at all marks nothing", async () => {
  assertEquals((await compileQuery(query("x*", { isRegex: true })))!.ranges("ab"), []);
});

Deno.test("an empty search has no matcher", async () => {
  assertEquals(await compileQuery(query("")), undefined);
});

Deno.test("an invalid pattern is refused with its reason", async () => {
  await assertRejects(
    () => compileQuery(query("(", { isRegex: true })),
    Error,
    "Invalid pattern: missing closing ): `(`",
  );
  await assertRejects(
    () => compileQuery(query("((a{1,999}){1,999}){9}", { isRegex: true })),
    Error,
    "Invalid",
  );
});

for (const pattern of ["(a+)+$", "(a|a)*b", "(.*)*x", "(a{1,15}){1,18}b"]) {
  // An engine that backtracks would never end.
  Deno.test(`the pattern ${pattern} ends on a hostile line`, async () => {
    const matcher = await compileQuery(query(pattern, { isRegex: true }));
    assertEquals(matcher!.test("a".repeat(matcher!.part) + "!"), false);
  });
}

Deno.test("searches entries in slices, all lines of a trace and of a long line", async () => {
  using search = new EntrySearch();
  const long = "x".repeat(1_500_000);
  search.update(entriesOf("ERROR failed", "    at run (a.js:1:2)", "ready", `${long}needle`, "last"));
  await search.setQuery(query("needle"));
  await eventually("the end", () => search.result.value.isDone);
  assertEquals([...search.result.value.found], [3]);
  await search.setQuery(query("run"));
  await eventually("the end", () => search.result.value.isDone && search.result.value.found.size === 1);
  assertEquals([...search.result.value.found], [0]);
});

Deno.test("searches new entries, and those that grew", async () => {
  using search = new EntrySearch();
  const builder = new EntryBuilder();
  builder.add({ id: 0, timestamp: "", text: "ERROR failed" });
  search.update(builder.entries.slice());
  await search.setQuery(query("a.js"));
  assertEquals(search.result.value.found.size, 0);
  builder.add({ id: 1, timestamp: "", text: "    at run (a.js:1:2)" });
  search.update(builder.entries.slice());
  assertEquals([...search.result.value.found], [0]);
});

Deno.test("reports an invalid pattern, and recovers", async () => {
  using search = new EntrySearch();
  search.update(entriesOf("a"));
  await search.setQuery(query("(", { isRegex: true }));
  assert(search.result.value.error?.startsWith("Invalid pattern"));
  await search.setQuery(query("a"));
  assertEquals([search.result.value.error, search.result.value.found.size], [undefined, 1]);
});

Deno.test("the result of an older query does not replace that of a newer one", async () => {
  using search = new EntrySearch();
  search.update(entriesOf("a", "b"));
  const slow = search.setQuery(query("a", { isRegex: true }));
  const fast = search.setQuery(query("b"));
  await Promise.all([slow, fast]);
  assertEquals([...search.result.value.found], [1]);
});

Deno.test("steps through matches, and wraps around", () => {
  assertEquals(nextMatch([], undefined, "next"), undefined);
  assertEquals(nextMatch([2, 5], undefined, "next"), 0);
  assertEquals(nextMatch([2, 5], 2, "next"), 1);
  assertEquals(nextMatch([2, 5], 5, "next"), 0);
  assertEquals(nextMatch([2, 5], undefined, "previous"), 1);
  assertEquals(nextMatch([2, 5], 2, "previous"), 1);
  assertEquals(nextMatch([2, 5], 3, "previous"), 0);
});

Deno.test("a search by pattern is not done until its engine is loaded", async () => {
  using search = new EntrySearch();
  const setting = search.setQuery({ text: "a.c", isRegex: true, matchCase: false });
  assertEquals(search.result.value.isDone, false);
  await setting;
  assertEquals(search.result.value.isDone, true);
});
