import { assertEquals } from "../../../../../../tests/assert.ts";
import { draftRequests, partsOf } from "../../../../src/features/stacks/parts/draft_parts.ts";

const requests = (before: Parameters<typeof partsOf>[0], after: Parameters<typeof partsOf>[0]) =>
  draftRequests(partsOf(before), partsOf(after));

Deno.test("sends the texts that changed, and removes those that are gone", () => {
  const before = { name: "web", compose: "a", files: [{ path: "x", text: "1" }, { path: "y", text: "2" }] };
  const after = { name: "web", compose: "b", env: null, files: [{ path: "y", text: "2" }] };
  assertEquals(requests(before, after), [{ compose: "b", files: [{ path: "x", text: null }] }]);
});

Deno.test("sends deletions of files, and those that were undone", () => {
  const [before, after] = ["a", "b"].map((path) => ({ removed: [{ path, removed: true }] }));
  assertEquals(requests(before!, after!), [
    { removed: [{ path: "b", removed: true }, { path: "a", removed: false }] },
  ]);
});

Deno.test("sends nothing for equal drafts", () => {
  assertEquals(requests({ compose: "a", env: null }, { compose: "a" }), []);
});

Deno.test("keeps requests below the limit of a body, and sends a longer text alone", () => {
  const text = "x".repeat(200 * 1024);
  const files = ["a", "b", "c"].map((path) => ({ path, text }));
  const sent = requests({}, { compose: "y".repeat(500 * 1024), env: "A=1", files });
  assertEquals(sent.map((request) => Object.keys(request)), [["compose"], ["env", "files"], ["files"], [
    "files",
  ]]);
});

Deno.test("sends at most 100 files at once", () => {
  const files = Array.from({ length: 250 }, (_, index) => ({ path: `${index}`, text: "" }));
  assertEquals(requests({}, { files }).map((request) => request.files?.length), [100, 100, 50]);
});
