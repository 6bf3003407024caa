import { humanDuration } from "../../../server/docker/text/human_duration.ts";
import { assertEquals } from "../../assert.ts";

const DURATIONS: readonly (readonly [number, string])[] = [
  [0, "Less than a second"],
  [1000, "1 second"],
  [59_999, "59 seconds"],
  [60_000, "About a minute"],
  [120_000, "2 minutes"],
  [59 * 60_000, "59 minutes"],
  [3_600_000, "About an hour"],
  [1.5 * 3_600_000, "2 hours"],
  [47 * 3_600_000, "47 hours"],
  [48 * 3_600_000, "2 days"],
  [14 * 86_400_000, "2 weeks"],
  [60 * 86_400_000, "2 months"],
  [800 * 86_400_000, "2 years"],
];

for (const [ms, text] of DURATIONS) {
  Deno.test(`formats ${ms} ms as "${text}"`, () => assertEquals(humanDuration(ms), text));
}
