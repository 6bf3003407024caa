import { assert, assertEquals } from "../../../../../../../tests/assert.ts";
import { COMPOSE_FILE, type ObjectShape } from "../../../../../../../server/compose/schema.ts";
import { placeAt } from "../../../../../src/features/stacks/editor/language/spec.ts";

/** Lists the keys that the server accepts and the page does not know. */
function missing(shape: ObjectShape, path: readonly (string | number)[]): string[] {
  const place = placeAt(path);
  // Below a key of a newer version nothing is known.
  if (place === undefined) return [];
  return [...shape.keys].flatMap(([key, child]) => {
    const own = place.keys.has(key) || !place.isClosed ? [] : [[...path, key].join(".")];
    if (child === undefined) return own;
    if ("keys" in child) return [...own, ...missing(child, [...path, key])];
    const item = [...path, key, placeAt([...path, key, 0]) === undefined ? "name" : 0];
    return [...own, ...missing(child.each, item)];
  });
}

Deno.test("knows every key that the server accepts", () => {
  assertEquals(missing(COMPOSE_FILE, []), []);
});

Deno.test("describes keys, and lists values", () => {
  const place = placeAt(["services", "web"]);
  assert(place?.keys.get("image")?.includes("image"));
  assertEquals(placeAt(["services", "web", "depends_on", "db", "condition"])?.values.toSorted(), [
    "service_completed_successfully",
    "service_healthy",
    "service_started",
  ]);
  assertEquals(placeAt(["services", "web", "environment", "A"])?.keys.size ?? 0, 0);
  assertEquals(placeAt(["services", "web", "nothing"]), undefined);
  assertEquals(placeAt(["services", "web", "constructor"]), undefined);
});
