import {
  containerEntry,
  findEntries,
  hostEntry,
  pageEntries,
  stackEntry,
} from "../../../src/app/overlays/palette_entries.ts";
import { assertEquals } from "../../../../../tests/assert.ts";

const ENTRIES = [
  ...pageEntries([["containers", "Containers"]]),
  stackEntry({ stack_id: 12, hostId: "nas", name: "shop" }),
  stackEntry({ stack_id: null, hostId: "nas", name: "blog" }),
  containerEntry({ hostId: "nas", id: "abc", name: "web-shop", project: null }, false),
];

Deno.test("entries lead to their pages", () => {
  assertEquals(ENTRIES.map(({ href }) => href), [
    "#/containers",
    "#/stacks/12",
    "#/stacks/project/nas/blog",
    "#/containers/nas/abc",
  ]);
});

Deno.test("names that start with the text come first", () => {
  assertEquals(findEntries(ENTRIES, "shop").map(({ name }) => name), ["shop", "web-shop"]);
});

Deno.test("every term must match the name, the place or the kind", () => {
  assertEquals(findEntries(ENTRIES, "nas STACK").map(({ name }) => name), ["shop", "blog"]);
  assertEquals(findEntries(ENTRIES, "nas page"), []);
});

Deno.test("finds the page that frees disk space by its purpose", () => {
  const pages = pageEntries([["containers", "Containers"], ["resources", "Images, volumes, networks"]]);
  assertEquals(findEntries(pages, "disk").map(({ href }) => href), ["#/resources"]);
  assertEquals(findEntries(pages, "clean up").map(({ href }) => href), ["#/resources"]);
});

for (
  const [project, severalHosts, place] of [
    ["blog", false, "blog"],
    ["blog", true, "blog · nas"],
    [null, true, "nas"],
  ] as const
) {
  Deno.test(`a container of ${project} on ${severalHosts ? "one of several hosts" : "the only host"} is in "${place}"`, () => {
    const entry = containerEntry({ hostId: "nas", id: "abc", name: "web", project }, severalHosts);
    assertEquals(entry.place, place);
  });
}

Deno.test("a host leads to its containers", () => {
  assertEquals(hostEntry("nas 2").href, "#/containers?host=nas+2");
});
