import { changeBack } from "../../../../src/features/containers/properties/undo_limits.ts";
import { details } from "../../../fakes/details.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";

const DETAILS = details({
  limits: { ...details().limits, cpus: null, memoryBytes: 1024 },
  restartPolicy: { name: "on-failure", maximumRetryCount: 5 },
});

for (
  const [change, expected] of [
    [{ cpus: 2 }, { cpus: null }],
    [{ memoryBytes: null, restartPolicy: "always" }, { memoryBytes: 1024, restartPolicy: "on-failure:5" }],
    [{}, {}],
  ] as const
) {
  Deno.test(`the change ${JSON.stringify(change)} is undone by ${JSON.stringify(expected)}`, () => {
    assertEquals<object>(changeBack(change, DETAILS), expected);
  });
}
