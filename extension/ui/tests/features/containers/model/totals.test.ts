import { sum } from "../../../../src/features/containers/model/totals.ts";
import { NO_RATES } from "../../../../src/features/containers/model/rates.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { message } from "../../../fakes/messages.ts";

Deno.test("adds up only running containers of reachable hosts", () => {
  const rows = [
    message({ cpuUsage: 50 }),
    message({ state: "exited", cpuUsage: 0, memoryBytes: null }),
    message({ stale: true, cpuUsage: 99 }),
    message({ state: "paused", cpuUsage: 0 }),
    message({ state: "restarting", cpuUsage: 0 }),
    message({ state: "restarting", stale: true }),
  ].map((newest) => ({ newest, rates: NO_RATES }));
  const { rates: _rates, ...totals } = sum(rows);
  assertEquals(totals, {
    ...{ containers: 6, running: 1, paused: 1, restarting: 1, silent: 2 },
    ...{ cpu: 50, memoryBytes: 100 },
  });
});

Deno.test("adds up rates, and leaves out unknown ones", () => {
  const of = (networkRx: number | null, blockRead: number | null) => ({
    newest: message(),
    rates: { ...NO_RATES, networkRx, blockRead },
  });
  const { rates } = sum([of(1, null), of(null, null), of(2, 0)]);
  assertEquals(rates, { networkRx: 3, networkTx: null, blockRead: 0, blockWrite: null });
});
