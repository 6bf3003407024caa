import { assert, assertEquals } from "../../../../../tests/assert.ts";
import {
  arrange,
  hasUse,
  imageRow,
  keyOf,
  networkRow,
  totalOf,
  volumeRow,
} from "../../../src/features/resources/resource_row.ts";
import { image, network, user, volume } from "../../fakes/resources/resources.ts";

const BY_SIZE = { column: "size", descending: true } as const;
const ALL = { search: "", use: "all" } as const;

Deno.test("an image is named by its tag, its digest, or the start of its id", () => {
  assertEquals(imageRow(image({ tags: ["a:1", "b:1"] })).name, "a:1");
  assertEquals(imageRow(image({ tags: ["a:1", "b:1"] })).second, "b:1");
  const digests = [`a@sha256:${"7".repeat(64)}`];
  assertEquals(imageRow(image({ tags: [], digests })).name, `a@sha256:${"7".repeat(12)}`);
  assertEquals(imageRow(image({ tags: [] })).name, "a".repeat(12));
});

Deno.test("a volume without a name is shortened, and keeps its id for the request", () => {
  const name = "b".repeat(64);
  const row = volumeRow(volume({ name, anonymous: true }));
  assertEquals([row.name, row.id, row.second], ["b".repeat(12), name, "Anonymous volume"]);
});

Deno.test("what is in use, or part of the engine, cannot be removed", () => {
  assertEquals(imageRow(image()).obstacle, undefined);
  assertEquals(imageRow(image({ usedBy: [user("web")] })).obstacle, "Container “web” uses it.");
  assertEquals(volumeRow(volume({ usedBy: [user("a"), user("b")] })).obstacle, "2 containers use it.");
  assert(networkRow(network({ predefined: true })).obstacle?.includes("engine"));
});

Deno.test("a network of the engine is not unused", () => {
  assertEquals(hasUse(networkRow(network({ predefined: true })), "unused"), false);
  assertEquals(hasUse(networkRow(network()), "unused"), true);
  assertEquals(hasUse(networkRow(network({ usedBy: [user("web")] })), "used"), true);
});

Deno.test("a search finds names, projects and containers, and every term must fit", () => {
  const rows = [
    volumeRow(volume({ name: "data", projects: ["shop"], usedBy: [user("shop-db-1")] })),
    volumeRow(volume({ name: "cache" })),
  ];
  for (const search of ["DATA", "shop", "db-1 data"]) {
    assertEquals(arrange(rows, { ...ALL, search }, BY_SIZE).map(({ name }) => name), ["data"], search);
  }
  assertEquals(arrange(rows, { ...ALL, search: "data cache" }, BY_SIZE), []);
});

Deno.test("rows sort by size, age, use and name; unknown sizes come last", () => {
  const rows = [
    volumeRow(volume({ name: "a", sizeBytes: 1, created: "2026-01-01T00:00:00Z" })),
    volumeRow(volume({ name: "b", sizeBytes: null, created: "2025-01-01T00:00:00Z", usedBy: [user("web")] })),
    volumeRow(volume({ name: "c", sizeBytes: 9, created: null })),
  ];
  const names = (column: "name" | "size" | "created" | "usedBy") =>
    arrange(rows, ALL, { column, descending: true }).map(({ name }) => name).join("");
  assertEquals([names("size"), names("created"), names("usedBy"), names("name")], [
    "cab",
    "bac",
    "bac",
    "cba",
  ]);
});

Deno.test("a list without sizes has no total", () => {
  assertEquals(totalOf([networkRow(network())]), null);
  assertEquals(totalOf([volumeRow(volume({ sizeBytes: 4 })), volumeRow(volume({ sizeBytes: null }))]), 4);
});

Deno.test("the same name on two hosts is two rows", () => {
  assert(keyOf(volumeRow(volume({ hostId: "a" }))) !== keyOf(volumeRow(volume({ hostId: "b" }))));
});
