import { factsOf } from "../../../../src/features/containers/detail/facts.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { message } from "../../../fakes/messages.ts";

const fact = (name: string, changes: Parameters<typeof message>[0]) =>
  new Map(factsOf(message(changes))).get(name);

Deno.test("memory is told in bytes, with its limit", () => {
  assertEquals(
    fact("Memory", { memoryBytes: 512, memoryLimitBytes: 2048, memoryUsage: 25 }),
    "512 B of 2.00 KiB, 25.0 %",
  );
});

Deno.test("what does not run has no numbers because it does not run, not because of its engine", () => {
  const words = fact("Memory, processes, traffic", { state: "exited", pids: null, networkRxBytes: null });
  assertEquals(words, "n/a: it does not run (exited)");
});

Deno.test("what the engine does not tell is said to be its silence", () => {
  assertEquals(fact("Processes", { pids: null }), "n/a: the engine does not count them");
});
