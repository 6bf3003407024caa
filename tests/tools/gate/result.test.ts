import { assertEquals } from "../../assert.ts";
import { countResult, report } from "../../../tools/gate/result.ts";
import type { Part } from "../../../tools/gate/parts.ts";

const LINT: Part = { name: "lint", args: ["lint"] };
const TESTS: Part = { name: "tests", args: ["test"], isTest: true };

Deno.test("counts the tests of a summary with steps", () => {
  const output = "a ... ok (1ms)\n\nok | 12 passed (3 steps) | 0 failed | 1 ignored (3s)\n";
  assertEquals(countResult({ part: TESTS, code: 0, output }), { passed: 12, failed: 0 });
});

Deno.test("counts the last summary, since a test may print another", () => {
  const output = "ok | 99 passed | 7 failed\nFAILED | 4 passed | 2 failed (1s)\nerror: Test failed\n";
  assertEquals(countResult({ part: TESTS, code: 1, output }), { passed: 4, failed: 2 });
});

Deno.test("counts a failure for tests that did not run", () => {
  assertEquals(countResult({ part: TESTS, code: 1, output: "error: TS2345" }), { passed: 0, failed: 1 });
  assertEquals(countResult({ part: TESTS, code: 0, output: "" }), { passed: 0, failed: 1 });
});

Deno.test("counts a failure for an exit code that no test explains", () => {
  const output = "ok | 4 passed | 0 failed (1s)";
  assertEquals(countResult({ part: TESTS, code: 1, output }), { passed: 4, failed: 1 });
});

Deno.test("counts a failed part without tests once, and a passed one not at all", () => {
  assertEquals(countResult({ part: LINT, code: 1, output: "Found 30 problems" }), { passed: 0, failed: 1 });
  assertEquals(countResult({ part: LINT, code: 0, output: "9 passed | 9 failed" }), { passed: 0, failed: 0 });
});

Deno.test("reports the time of each part, every failed one, and ends with the sum", () => {
  const { text, failed } = report([
    { part: LINT, code: 1, output: "", seconds: 0.6 },
    { part: TESTS, code: 1, output: "FAILED | 4 passed | 2 failed", seconds: 61.2 },
    { part: TESTS, code: 0, output: "ok | 5 passed | 0 failed", seconds: 5 },
  ]);
  assertEquals(text.trim().split("\n"), [
    ...["1 s: lint", "61 s: tests", "5 s: tests"],
    ...["Failed: lint (1)", "Failed: tests (2)", "9 passed, 3 failed"],
  ]);
  assertEquals(failed, 3);
});
