import { HostRow, isHostUsage, shareOf } from "../../../../src/features/containers/model/host_usage.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { at, message } from "../../../fakes/messages.ts";
import { usage } from "../../../fakes/host_usage.ts";

Deno.test("a share is unknown without both numbers, and without a total", () => {
  const shares = [[1, 4], [0, 4], [null, 4], [1, null], [1, 0]] as const;
  assertEquals(shares.map(([used, total]) => shareOf(used, total)), [25, 0, null, null, null]);
});

Deno.test("an unknown load leaves a gap in the curve", () => {
  const row = new HostRow(usage({ load1: 1 }));
  row.update(usage({ load1: null, timestamp: at(8) }));
  row.update(usage({ load1: 2, timestamp: at(9) }));
  assertEquals(row.load.upTo(Date.parse(at(9)) / 1000).slice(-3), [NaN, NaN, 2]);
});

Deno.test("recognizes frames of hosts", () => {
  assertEquals([usage(), message(), { hostId: "nas", error: null }].map(isHostUsage), [true, false, false]);
});
