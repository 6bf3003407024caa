import { assertEquals } from "../../../../../../tests/assert.ts";
import {
  BYTES_PATTERN,
  changeMetric,
  limitText,
  parseLimit,
} from "../../../../src/features/alerts/model/limits.ts";

const READ: readonly (readonly [text: string, bytes: number])[] = [
  ["512 MiB", 512 * 2 ** 20],
  ["1.5GiB", 1.5 * 2 ** 30],
  ["20 MB", 20e6],
  [" 300k ", 300e3],
  ["2 gi", 2 * 2 ** 30],
  ["1048576", 1_048_576],
  ["7 b", 7],
];
for (const [text, bytes] of READ) {
  Deno.test(`reads "${text}" as ${bytes} bytes`, () => {
    assertEquals(parseLimit("memoryBytes", text), bytes);
    assertEquals(new RegExp(`^(?:${BYTES_PATTERN})$`, "v").test(text), true);
  });
}

for (const text of ["", "much", "-1", "1 PiB", "1..2", "1,5 GiB", "5 %"]) {
  Deno.test(`reads no bytes from "${text}"`, () => assertEquals(parseLimit("network", text), NaN));
}

Deno.test("percentages have no unit", () => {
  assertEquals([parseLimit("cpu", "80.5"), parseLimit("cpu", ""), limitText("memory", 90)], [
    80.5,
    NaN,
    "90",
  ]);
});

for (const bytes of [0, 1000, 1023, 1024, 20_000_000, 512 * 2 ** 20, 1.5 * 2 ** 30, 2 ** 50]) {
  Deno.test(`a limit of ${bytes} bytes keeps its value when it is shown and read`, () => {
    assertEquals(parseLimit("memoryBytes", limitText("memoryBytes", bytes)), bytes);
  });
}

Deno.test("a round limit is shown with its unit", () => {
  assertEquals([512 * 2 ** 20, 20_000_000].map((bytes) => limitText("network", bytes)), [
    "512 MiB",
    "20000000",
  ]);
});

Deno.test("another number keeps a limit of the same unit only", () => {
  const limit = { metric: "cpu", above: "95" } as const;
  assertEquals(changeMetric(limit, "memory").above, "95");
  assertEquals(changeMetric(limit, "memoryBytes").above, "512 MiB");
  assertEquals(changeMetric({ metric: "network", above: "1 GiB" }, "cpu").above, "80");
});
