import { factsOf } from "../../../../src/features/containers/detail/facts.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { message } from "../../../fakes/messages.ts";

const fact = (name: string, changes: Parameters<typeof message>[0]) =>
  new Map(factsOf(message(changes))).get(name);

Deno.test("shows memory in bytes, with its limit", () => {
  assertEquals(
    fact("Memory", { memoryBytes: 512, memoryLimitBytes: 2048, memoryUsage: 25 }),
    "512 B of 2.00 KiB, 25.0 %",
  );
});

Deno.test("a stopped container has no usage because of its state", () => {
  const usage = fact("Usage", { state: "exited", pids: null, networkRxBytes: null });
  assertEquals(usage, "n/a (exited)");
});

Deno.test("names values that the engine does not report", () => {
  assertEquals(fact("Processes and threads", { pids: null }), "n/a (not reported by the engine)");
});

Deno.test("values that cannot be read are one fact with the reason", () => {
  const facts = factsOf(message({ stale: true, cpuUsage: null, memoryUsage: null, memoryBytes: null }));
  assertEquals(facts.at(-1), ["Usage", "n/a (The values cannot be read now)"]);
});
