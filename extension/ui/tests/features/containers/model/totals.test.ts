import { Past, sum, TOTAL_SECONDS, TotalsHistory } from "../../../../src/features/containers/model/totals.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { message } from "../../../fakes/messages.ts";

Deno.test("adds up only running containers of reachable hosts", () => {
  const messages = [
    message({ cpuUsage: 50 }),
    message({ state: "exited", cpuUsage: 0, memoryBytes: null }),
    message({ stale: true, cpuUsage: 99 }),
  ];
  assertEquals(sum(messages), { containers: 3, running: 1, silent: 1, cpu: 50, memoryBytes: 100 });
});

Deno.test("adds up the history of several containers per second", () => {
  const past = new Past(1000);
  past.add([[1_001_000, 10, 50, null, null, null, null], [1_002_000, 20, 50, null, null, null, null]], 200);
  past.add([[1_001_900, 5, 10, null, null, null, null]], 1000);
  assertEquals([past.cpu[1], past.cpu[2], past.memoryBytes[1]], [15, 20, 200]);
});

Deno.test("does not extend a reading over a gap", () => {
  const past = new Past(1000);
  past.add([[1_001_000, 10, 0, null, null, null, null], [1_020_000, 10, 0, null, null, null, null]], 1);
  assertEquals([past.cpu[3], past.cpu[4]], [10, 0]);
});

Deno.test("history does not overwrite measured seconds", () => {
  const history = new TotalsHistory();
  history.put(1005, { containers: 1, running: 1, silent: 0, cpu: 7, memoryBytes: 1 });
  const past = new Past(1000);
  past.add([[1_004_000, 3, 0, null, null, null, null], [1_005_000, 4, 0, null, null, null, null]], 1);
  history.recall(past);
  assertEquals(history.cpu.upTo(1005).slice(-2), [3, 7]);
  assertEquals(history.cpu.size, TOTAL_SECONDS);
});
