import { painted, stateColor, stateColorOf, usageColor } from "../../server/cli/color.ts";
import { assertEquals } from "../assert.ts";

Deno.test("a color surrounds the text, and an empty cell has none", () => {
  assertEquals([painted("up", "green"), painted("  ", "red"), painted("up", undefined)], [
    "\x1b[32mup\x1b[0m",
    "  ",
    "up",
  ]);
});

Deno.test("states have the color of their most urgent word", () => {
  const states = {
    "running": "green",
    "Up 2 hours": "green",
    "Up 2 hours (healthy)": "green",
    "Up 2 hours (unhealthy)": "red",
    "Up 2 hours (Paused)": "yellow",
    "running, changes not deployed": "yellow",
    "Exited (0) 2 hours ago": "dim",
    "Exited (137) 2 hours ago": "red",
    "degraded": "red",
    "created": "dim",
    "something else": undefined,
  };
  for (const [text, color] of Object.entries(states)) assertEquals([text, stateColor(text)], [text, color]);
});

Deno.test("in a table only the column of states has colors", () => {
  const colorOf = stateColorOf(1);
  assertEquals([colorOf("running", 0), colorOf("running", 1)], [undefined, "green"]);
});

Deno.test("a usage is marked from 70 and from 90 percent", () => {
  assertEquals([null, 0, 69.9, 70, 89.9, 90, 400].map(usageColor), [
    ...[undefined, undefined, undefined, "yellow", "yellow", "red", "red"],
  ]);
});
