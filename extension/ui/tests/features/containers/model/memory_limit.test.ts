import { assertEquals } from "../../../../../../tests/assert.ts";
import { hasMemoryLimit } from "../../../../src/features/containers/model/memory_limit.ts";

for (
  const [memoryLimitBytes, memoryBytes, expected] of [
    [512, 1024, true],
    [1024, 1024, false],
    [512, null, true],
    [null, 1024, false],
  ] as const
) {
  Deno.test(`${memoryLimitBytes} bytes on a host with ${memoryBytes}: limited ${expected}`, () => {
    assertEquals(hasMemoryLimit({ memoryLimitBytes }, { memoryBytes }), expected);
  });
}

Deno.test("without a report of the host a limit is assumed", () => {
  assertEquals(hasMemoryLimit({ memoryLimitBytes: 512 }, undefined), true);
});
