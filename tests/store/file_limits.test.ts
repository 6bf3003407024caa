import { AppError } from "../../server/errors.ts";
import { checkFileLimits } from "../../server/store/file_limits.ts";
import { assertEquals, assertThrows } from "../assert.ts";

const MEGABYTE = 1024 * 1024;

for (
  const [what, sizes, stored, code] of [
    ["1,000 files", Array.from({ length: 1000 }, () => 1), 0, undefined],
    ["1,001 files", Array.from({ length: 1001 }, () => 1), 0, "too-large"],
    ["16 MiB", [16 * MEGABYTE], 0, undefined],
    ["more than 16 MiB", [16 * MEGABYTE, 1], 0, "too-large"],
    ["2 GiB of all stacks", [1], 2048 * MEGABYTE - 1, undefined],
    ["more than 2 GiB of all stacks", [1], 2048 * MEGABYTE, "no-space"],
  ] as const
) {
  Deno.test(`${what} are ${code === undefined ? "allowed" : `refused as ${code}`}`, () => {
    if (code === undefined) return checkFileLimits(sizes, stored);
    assertEquals(assertThrows(() => checkFileLimits(sizes, stored), AppError).code, code);
  });
}
