import { assertEquals } from "../../../../../../tests/assert.ts";
import { newlyFinished, withFinished } from "../../../../src/features/stacks/model/finished.ts";
import { operation } from "../../../fakes/messages.ts";

const one = (operation_id: number, state: "queued" | "running" | "succeeded" | "failed") =>
  operation({ operation_id, state });
const ids = (operations: readonly { readonly operation_id: number }[]) =>
  operations.map(({ operation_id }) => operation_id);

for (
  const [text, older, newer, expected] of [
    ["the first answer", undefined, [one(1, "succeeded")], []],
    ["an operation that still runs", [one(1, "running")], [one(1, "running")], []],
    ["an operation that has ended", [one(1, "running")], [one(1, "failed")], [1]],
    ["a queued operation that has ended", [one(1, "queued")], [one(1, "succeeded")], [1]],
    ["one that began and ended between two answers", [one(1, "succeeded")], [
      one(2, "succeeded"),
      one(1, "succeeded"),
    ], [2]],
    ["one that an answer lists again", [one(5, "succeeded")], [one(5, "succeeded"), one(3, "succeeded")], []],
    ["the first operation of all", [], [one(1, "succeeded")], [1]],
    ["two ends, oldest first", [one(2, "running"), one(1, "running")], [
      one(2, "failed"),
      one(1, "succeeded"),
    ], [1, 2]],
  ] as const
) {
  Deno.test(`finds the new ends in ${text}`, () => {
    assertEquals(ids(newlyFinished(older, newer)), [...expected]);
  });
}

Deno.test("keeps only the newest ends", () => {
  const waiting = [1, 2, 3, 4].map((id) => one(id, "succeeded"));
  assertEquals(ids(withFinished(waiting, [one(5, "failed")])), [2, 3, 4, 5]);
});
