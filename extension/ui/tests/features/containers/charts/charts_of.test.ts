import type { HistoryPoint } from "../../../../../../server/protocol/stats.ts";
import type { ChartColors } from "../../../../src/features/containers/charts/chart_colors.ts";
import { type ChartedContainer, chartsOf } from "../../../../src/features/containers/charts/charts_of.ts";
import { samplesOf } from "../../../../src/features/containers/charts/data/samples.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";

const COLORS: ChartColors = {
  ...{ cpu: "#00f", memory: "#80f", network: "#088", disk: "#a50", second: "#777" },
  compared: ["#00f", "#c30", "#088", "#93d"],
};

const POINT: HistoryPoint = [1000, 12, 50, 10, null, 3, 4];
const SPAN = { from: 0, to: 60_000 };

function container(changes: Partial<ChartedContainer> = {}): ChartedContainer {
  return {
    key: "a",
    hostId: "Localhost",
    name: "web",
    samples: samplesOf([POINT]),
    memoryScale: 2000,
    memoryLimit: null,
    cpuLimit: null,
    ...changes,
  };
}

const valuesOf = (...containers: ChartedContainer[]) =>
  chartsOf(containers, SPAN, COLORS).map((
    { key, curves },
  ) => [key, ...curves.map(({ mean }) => mean)]);

Deno.test("charts memory in bytes, and both directions of traffic", () => {
  assertEquals(valuesOf(container()), [
    ["cpu", [12]],
    ["memory", [1000]],
    ["network", [10], [null]],
    ["disk", [3], [4]],
  ]);
});

Deno.test("memory is unknown, not zero, without its scale", () => {
  assertEquals(valuesOf(container({ memoryScale: null }))[1], ["memory", [null]]);
});

Deno.test("limits are in the unit of their chart", () => {
  const [cpu, memory, network] = chartsOf(
    [container({ cpuLimit: 0.5, memoryLimit: 1024 ** 2 })],
    SPAN,
    COLORS,
  );
  assertEquals([cpu?.limit, memory?.limit, network?.limit], [
    { value: 50, text: "0.5 cores" },
    { value: 1024 ** 2, text: "1.00 MiB" },
    undefined,
  ]);
});

Deno.test("compared containers have one curve each, and unknown sums stay unknown", () => {
  const other = container({ key: "b", name: "api", samples: samplesOf([[2000, 1, 1, 1, 1, 1, 1]]) });
  assertEquals(valuesOf(container(), other), [
    ["cpu", [12], [1]],
    ["memory", [1000], [20]],
    ["network", [null], [2]],
    ["disk", [7], [2]],
  ]);
});

Deno.test("there are no charts without a container", () => {
  assertEquals(chartsOf([], SPAN, COLORS), []);
});
