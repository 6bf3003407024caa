import { assertEquals } from "../../../../../../tests/assert.ts";
import { ContainerRow, keyOf } from "../../../../src/features/containers/model/container_row.ts";
import { NO_RATES } from "../../../../src/features/containers/model/rates.ts";
import { at, message } from "../../../fakes/messages.ts";

const SECOND = Date.parse(at(0)) / 1000;

Deno.test("containers of the same id on different hosts have different keys", () => {
  assertEquals(keyOf({ hostId: "a", id: "1" }) === keyOf({ hostId: "b", id: "1" }), false);
  assertEquals(new ContainerRow(message({ hostId: "nas" })).key, keyOf(message({ hostId: "nas" })));
});

Deno.test("a row has no rates before its second reading", () => {
  const row = new ContainerRow(message({ networkRxBytes: 5 }));
  assertEquals(row.rates, NO_RATES);
  row.update(message({ timestamp: at(2), networkRxBytes: 25 }));
  assertEquals([row.rates.networkRx, row.version], [10, 1]);
});

Deno.test("a message without a newer reading keeps the rates", () => {
  const row = new ContainerRow(message());
  row.update(message({ timestamp: at(1), blockReadBytes: 8 }));
  row.update(message({ timestamp: at(1), blockReadBytes: 8, status: "Up 3 hours" }));
  assertEquals([row.rates.blockRead, row.newest.status], [8, "Up 3 hours"]);
});

Deno.test("a stopped container has no rates", () => {
  const row = new ContainerRow(message());
  row.update(message({ timestamp: at(1), networkRxBytes: 8 }));
  row.update(message({ timestamp: at(2), state: "exited" }));
  assertEquals(row.rates, NO_RATES);
});

Deno.test("records each reading in its second", () => {
  const row = new ContainerRow(message({ cpuUsage: 3, memoryUsage: 30 }));
  row.update(message({ timestamp: at(1), cpuUsage: 4, memoryUsage: 40 }));
  assertEquals(row.cpu.upTo(SECOND + 1).slice(-2), [3, 4]);
  assertEquals(row.memory.upTo(SECOND + 1).slice(-2), [30, 40]);
});

for (
  const [what, changes] of [
    ["a silent host", { stale: true }],
    ["a container that does not run", { state: "exited" }],
    ["a container without a reading", { timestamp: null }],
  ] as const
) {
  Deno.test(`records nothing for ${what}`, () => {
    const row = new ContainerRow(message(changes));
    assertEquals(row.cpu.upTo(SECOND).filter((value) => !Number.isNaN(value)), []);
  });
}

Deno.test("fills the last minute from the history, and leaves gaps", () => {
  const row = new ContainerRow(message({ cpuUsage: 9 }));
  const ms = SECOND * 1000;
  row.recall([[ms - 2000, 1, null, 0, 0, 0, 0], [ms - 1000, null, 5, 0, 0, 0, 0]]);
  assertEquals(row.cpu.upTo(SECOND).slice(-3), [1, NaN, 9]);
  assertEquals(row.memory.upTo(SECOND).slice(-3), [NaN, 5, 10]);
  assertEquals(row.version, 1);
});

Deno.test("values that cannot be read end the rates, and are left out of the sparklines", () => {
  const row = new ContainerRow(message({}));
  row.update(message({ networkRxBytes: 2048, timestamp: at(1) }));
  const { last } = row.cpu;
  row.update(message({ stale: true, timestamp: null, cpuUsage: null, memoryUsage: null }));
  assertEquals([row.rates, row.cpu.last], [NO_RATES, last]);
});
