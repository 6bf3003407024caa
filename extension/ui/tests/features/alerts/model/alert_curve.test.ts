import type { KeptCurve } from "../../../../../../server/protocol/past/history.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { curveOf, spanOf } from "../../../../src/features/alerts/model/alert_curve.ts";
import { alert } from "../messages.ts";

/** Creates the history of a container or host. */
function kept(kind: KeptCurve["kind"], columns: string[], history: KeptCurve["history"]): KeptCurve {
  return {
    ...{ kind, id: null, hostId: "nas", name: "web", project: null, service: null, key: "nas/web" },
    ...{ resolutionMs: 10, columns: ["epochMs", ...columns], history, gaps: [] },
  };
}

const BUSY = alert({ kind: "threshold", metric: "cpu", limit: 80, value: 90, unit: "percent" });

Deno.test("shows the highest values of the metric, with its limit", () => {
  const curve = curveOf(BUSY, [kept("container", ["cpuUsage", "cpuUsageMax"], [[10, 1, 5], [20, 2, 90]])])!;
  assertEquals([curve.label, curve.peak, curve.limit, curve.format(curve.peak)], ["CPU", 90, 80, "90.0 %"]);
  assertEquals(curve.runs, [[[10, 5], [20, 90]]]);
});

Deno.test("missing rows leave a gap", () => {
  const curve = curveOf(BUSY, [kept("container", ["cpuUsageMax"], [[10, 1], [20, 2], [100, 3]])])!;
  assertEquals(curve.runs, [[[10, 1], [20, 2]], [[100, 3]]]);
});

Deno.test("cells without a value are left out", () => {
  assertEquals(curveOf(BUSY, [kept("container", ["cpuUsageMax"], [[10, null], [null, 2]])]), undefined);
});

Deno.test("the network is the sum of both directions", () => {
  const columns = ["networkRxBytesPerSecond", "networkTxBytesPerSecond"];
  const network = { ...BUSY, metric: "network", limit: 1000 } as const;
  const curve = curveOf(network, [kept("container", columns, [[10, 100, 200], [20, null, 5]])])!;
  assertEquals(curve.runs, [[[10, 300], [20, 5]]]);
});

Deno.test("memory in bytes is computed from percentages, with its limit", () => {
  const bytes = { ...BUSY, metric: "memoryBytes", limit: 1e9, memoryTotalBytes: 4e9 } as const;
  const curve = curveOf(bytes, [kept("container", ["memoryUsageMax"], [[10, 50]])])!;
  assertEquals([curve.peak, curve.limit, curve.format(curve.peak)], [2e9, 1e9, "1.86 GiB"]);
});

Deno.test("a limit in bytes is not drawn among percentages of an unknown memory", () => {
  const bytes = { ...BUSY, metric: "memoryBytes", limit: 1e9 } as const;
  assertEquals(curveOf(bytes, [kept("container", ["memoryUsageMax"], [[10, 1]])])!.limit, null);
});

Deno.test("a curve begins with its first value, at least five and at most thirty minutes before the alert", () => {
  const began = 100 * 60_000;
  const minutesShown = (first: number) => {
    const points: [number, number][] = [[first * 60_000, 1], [began, 2]];
    const curve = curveOf(BUSY, [kept("container", ["cpuUsageMax"], points)])!;
    const { from, to } = spanOf(curve, began, began + 60_000);
    return [from / 60_000, to / 60_000];
  };
  assertEquals([10, 85, 99].map(minutesShown), [[70, 101], [85, 101], [95, 101]]);
});

Deno.test("an alert about a host shows the host, not its containers", () => {
  const disk = alert({ containerId: null, limit: 90, value: 95, unit: "percent" });
  const curve = curveOf(disk, [
    kept("container", ["cpuUsageMax"], [[10, 1]]),
    kept("host", ["diskUsageMax"], [[10, 95]]),
  ])!;
  assertEquals([curve.label, curve.peak, curve.limit], ["Disk", 95, 90]);
});

Deno.test("an alert about a host that is down shows its memory", () => {
  const curve = curveOf(alert({ containerId: null }), [kept("host", ["hostMemoryUsageMax"], [[10, 40]])])!;
  assertEquals([curve.label, curve.limit], ["Memory", null]);
});

Deno.test("an alert about a state shows the memory", () => {
  assertEquals(curveOf(alert(), [kept("container", ["memoryUsageMax"], [[10, 99]])])!.label, "Memory");
});

Deno.test("a history without the column, or none, has no curve", () => {
  assertEquals(curveOf(BUSY, []), undefined);
  assertEquals(curveOf(BUSY, [kept("container", [], [[10]])]), undefined);
});
