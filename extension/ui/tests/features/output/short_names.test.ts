import { assertEquals } from "../../../../../tests/assert.ts";
import { shortNames } from "../../../src/features/output/short_names.ts";

const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["a shared beginning is left out", ["shop-web-1", "shop-db-1"], ["web-1", "db-1"]],
  ["the longest one is left out", ["my_shop-api.a", "my_shop-api.b"], ["a", "b"]],
  ["a shared beginning of a word stays", ["shop-web", "shopping-db"], ["shop-web", "shopping-db"]],
  ["something of each name stays", ["shop-", "shop-db"], ["shop-", "shop-db"]],
  ["equal names keep their last part", ["shop-db", "shop-db"], ["db", "db"]],
  ["one name stays whole", ["shop-web-1"], ["shop-web-1"]],
  ["no name stays no name", [], []],
];

for (const [title, names, expected] of CASES) {
  Deno.test(title, () => assertEquals(shortNames(names), expected));
}
