import { nearestName } from "../server/suggestion.ts";
import { assertEquals } from "./assert.ts";

const NAMES = ["ports", "environment", "pid", "volumes"];

for (
  const [typed, nearest] of [
    ["pots", "ports"],
    ["volume", "volumes"],
    ["enviroment", "environment"],
    ["pic", "pid"],
    ["pits", "ports"],
    ["pin", "pid"],
    ["ptn", undefined],
    ["something", undefined],
    ["x".repeat(1_000_000), undefined],
  ] as const
) {
  Deno.test(`suggests ${nearest} for "${typed.slice(0, 20)}"`, () => {
    assertEquals(nearestName(typed, NAMES), nearest);
  });
}

Deno.test("suggests nothing without names", () => assertEquals(nearestName("a", []), undefined));
