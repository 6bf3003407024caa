import { AppError } from "../../server/errors.ts";
import { checkFileLimits, expectedPath } from "../../server/store/file_limits.ts";
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

for (
  const [what, path, expected] of [
    ["names of 255 bytes", ["x".repeat(255), "ü".repeat(127)].join("/"), undefined],
    ["a name of 256 bytes", `a/${"ü".repeat(128)}/b`, "expected names of 255 bytes at most"],
    ["a path of 1,024 bytes", "abc/".repeat(256), undefined],
    ["a path of 1,025 bytes", `${"abc/".repeat(256)}x`, "expected a path of 1024 bytes at most"],
    ["a NUL", "a/b\0", "expected a path without NUL"],
  ] as const
) {
  Deno.test(`the expected form of ${what} is ${expected ?? "its own"}`, () => {
    assertEquals(expectedPath(path), expected);
  });
}
