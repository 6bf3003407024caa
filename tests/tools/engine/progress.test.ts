import { Progress } from "../../../tools/engine/progress.ts";
import { assertEquals, assertMatch, eventually } from "../../assert.ts";

Deno.test("repeats the newest step with its duration, and no finished one", async () => {
  const lines: string[] = [];
  using progress = new Progress((line) => lines.push(line), 1);
  progress.report("Installing Chromium …");
  await eventually("a repetition", () => lines.length > 1);
  assertMatch(lines[1]!, /^Installing Chromium … \d+ s$/);
  progress.report("The browser is /usr/bin/chromium");
  const count = lines.length;
  using other = new Progress((line) => lines.push(line), 1);
  other.report("Another …");
  await eventually("repetitions of another", () => lines.length > count + 3);
  assertEquals(lines.slice(count).filter((line) => !line.startsWith("Another")), []);
});
