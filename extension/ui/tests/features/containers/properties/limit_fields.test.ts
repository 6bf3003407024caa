import { assertEquals } from "../../../../../../tests/assert.ts";
import {
  fieldsFor,
  invalidFields,
  toChange,
} from "../../../../src/features/containers/properties/limit_fields.ts";

const NONE = {
  cpus: null,
  memoryBytes: null,
  memorySwapBytes: null,
  memoryReservationBytes: null,
  pids: null,
};
const EMPTY = { cpus: "", memory: "", policy: "no" };

Deno.test("shows limits in cores and MiB, and nothing without a limit", () => {
  assertEquals(fieldsFor({ ...NONE, cpus: 0.5, memoryBytes: 64 * 1024 ** 2 }, "always"), {
    cpus: "0.5",
    memory: "64",
    policy: "always",
  });
  assertEquals(fieldsFor(NONE, "no"), EMPTY);
});

Deno.test("sends only what was changed", () => {
  assertEquals(toChange(EMPTY, EMPTY), {});
  assertEquals(toChange(EMPTY, { cpus: "1,5", memory: "32", policy: "no" }), {
    cpus: 1.5,
    memoryBytes: 32 * 1024 ** 2,
  });
  assertEquals(toChange({ ...EMPTY, memory: "64" }, { ...EMPTY, policy: "always" }), {
    memoryBytes: null,
    restartPolicy: "always",
  });
});

for (
  const [cpus, memory, invalid] of [
    ["", "", []],
    ["0", "5", ["cpus", "memory"]],
    ["x", "6", ["cpus"]],
  ] as const
) {
  Deno.test(`finds ${invalid.join(" and ") || "nothing"} invalid in "${cpus}" and "${memory}"`, () => {
    assertEquals([...invalidFields({ cpus, memory, policy: "no" })], [...invalid]);
  });
}
