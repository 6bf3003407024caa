import { assert, assertEquals } from "../../assert.ts";
import { errorsOf, failuresOf } from "../../../tools/gate/failures.ts";

/** Output of Deno 2.9 for failures of each kind. */
const OUTPUT = `FAILED (due to 1 failed step) (1ms)

 ERRORS 

x => y ... inner => ./tests/a.test.ts:1:44
error: Error: no
    at file:///tests/a.test.ts:1:72

./tests/b.test.ts (uncaught error)
error: (in promise) Error: load

 FAILURES 

x => y ... inner => ./tests/a.test.ts:1:44
./tests/b.test.ts (uncaught error)

FAILED | 0 passed | 6 failed (1 step) (167ms)

error: Test failed
`;

Deno.test("finds the name and file of each failure", () => {
  assertEquals(failuresOf(OUTPUT), [
    { name: "x => y ... inner", file: "./tests/a.test.ts" },
    { name: "uncaught error", file: "./tests/b.test.ts" },
  ]);
});

/** A failure that was registered by another file, in the lines before it and in the list. */
const registered = (before: string) =>
  `running 1 test from ./tests/a.test.ts\nfirst ... ok (1ms)\n${before} ...'it' has been running\n FAILED (1m)\n\n` +
  " FAILURES \n\nopens a page ... a step => ./tests/e2e/browser.ts:67:8\n\nFAILED | 1 passed | 1 failed (1m)\n";

Deno.test("finds the file that ran a test of a shared function", () => {
  const inOrder = registered("running 2 tests from ./tests/b.test.ts\nopens a page");
  const parallel = registered("./tests/b.test.ts => opens a page");
  for (const output of [inOrder, parallel]) {
    assertEquals(failuresOf(output), [{ name: "opens a page ... a step", file: "./tests/b.test.ts" }]);
  }
  assertEquals(failuresOf(registered("another")), []);
});

Deno.test("finds no failure in a list with a line of another form", () => {
  assertEquals(failuresOf(OUTPUT.replace("(uncaught error)\n\nFAILED", "(other)\n\nFAILED")), []);
});

Deno.test("finds neither failures nor errors in the output of tests that passed", () => {
  const output = "a ... ok (1ms)\n\nok | 12 passed | 0 failed (3s)\n";
  assertEquals([failuresOf(output), errorsOf(output)], [[], ""]);
});

Deno.test("returns the errors without the lists around them", () => {
  assert(errorsOf(OUTPUT).startsWith("x => y ... inner => ./tests/a.test.ts:1:44\nerror: Error: no\n"));
  assert(errorsOf(OUTPUT).endsWith("error: (in promise) Error: load"));
});

Deno.test("cuts long errors", () => {
  const output = `\n ERRORS \n\n${"x".repeat(10_000)}\n\n FAILURES \n\n`;
  assertEquals(errorsOf(output), `${"x".repeat(6_000)}\n… cut`);
});
