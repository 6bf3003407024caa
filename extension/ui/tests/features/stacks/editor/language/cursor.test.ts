import { assertEquals } from "../../../../../../../tests/assert.ts";
import { cursorAt } from "../../../../../src/features/stacks/editor/language/cursor.ts";

const BASE = `services:
  web:
    image: nginx
    depends_on:
      - db
    ports:
    - target: 80
      published: 8080
`;

for (
  const [what, typed, expected] of [
    ["a key of the root", "vol", { path: [], at: "key", isItem: false, typed: "vol" }],
    ["a name of a service", "  d", { path: ["services"], at: "key", isItem: false, typed: "d" }],
    ["a key of a service", "    por", { path: ["services", "web"], at: "key", isItem: false, typed: "por" }],
    ["a key of an entry", "      mo", {
      path: ["services", "web", "ports", 0],
      at: "key",
      isItem: false,
      typed: "mo",
    }],
    ["another entry beside its key", "    - mo", {
      path: ["services", "web", "ports", 0],
      at: "key",
      isItem: true,
      typed: "mo",
    }],
    ["a value", "    restart: al", {
      path: ["services", "web", "restart"],
      at: "value",
      isItem: false,
      typed: "al",
    }],
    ["a nested key", "    healthcheck:\n      int", {
      path: ["services", "web", "healthcheck"],
      at: "key",
      isItem: false,
      typed: "int",
    }],
    ["the first entry", "    networks:\n      - fr", {
      path: ["services", "web", "networks", 0],
      at: "key",
      isItem: true,
      typed: "fr",
    }],
    ["a later entry", "    networks:\n      - a\n      - fr", {
      path: ["services", "web", "networks", 0],
      at: "key",
      isItem: true,
      typed: "fr",
    }],
  ] as const
) {
  Deno.test(`finds the place of ${what}`, () => {
    const text = BASE + typed;
    assertEquals(cursorAt(text, text.length), { ...expected, path: [...expected.path] });
  });
}

Deno.test("a comment has no place", () => {
  assertEquals(cursorAt("services: # no", 14), undefined);
});
