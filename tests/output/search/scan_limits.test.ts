import { AppError } from "../../../server/errors.ts";
import { ScanLimits } from "../../../server/output/search/scan_limits.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

Deno.test("a session runs two searches at a time", () => {
  const limits = new ScanLimits();
  const session = {};
  using _one = limits.enter(session);
  const two = limits.enter(session);
  assertThrows(() => limits.check(session), AppError, "2 of this session are already running");
  two[Symbol.dispose]();
  using _three = limits.enter(session);
  assertEquals(limits.size, 2);
});

Deno.test("four searches run at a time, with and without sessions", () => {
  const limits = new ScanLimits();
  using _one = limits.enter({});
  using _two = limits.enter({});
  using _three = limits.enter(undefined);
  using _four = limits.enter(undefined);
  assertThrows(() => limits.enter({}), AppError, "4 are already running");
});
