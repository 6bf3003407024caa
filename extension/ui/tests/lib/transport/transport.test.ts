import { assertEquals } from "../../../../../tests/assert.ts";
import { isProblem, Refusal, Unreachable } from "../../../src/lib/transport/transport.ts";

for (
  const [what, value, expected] of [
    ["a problem document", { title: "Refused", status: 403, detail: "no" }, true],
    ["a problem without a title", { status: 403, detail: "no" }, true],
    ["a stack", { stack_id: 1, status: "deployed", detail: "no" }, false],
    ["a status without details", { status: 500 }, false],
    ["null", null, false],
    ["undefined", undefined, false],
    ["a text", "403", false],
    ["a list", [{ status: 403, detail: "no" }], false],
  ] as const
) {
  Deno.test(`${what} is ${expected ? "a" : "no"} problem document`, () => {
    assertEquals(isProblem(value), expected);
  });
}

Deno.test("a refusal has the server's message and differs from an unreachable server", () => {
  const problem = { type: "about:blank", title: "Refused", status: 403, detail: "The token is wrong." };
  const [refusal, unreachable] = [new Refusal(problem), new Unreachable("nobody there")];
  assertEquals([refusal.message, refusal.problem], ["The token is wrong.", problem]);
  assertEquals([refusal.name, unreachable.name], ["Refusal", "Unreachable"]);
  assertEquals(refusal instanceof Unreachable, false);
});
