import {
  COLUMNS,
  columnSets,
  cpuText,
  memoryText,
  NETWORK,
  pidsText,
  ratesText,
  trackOf,
} from "../../../../src/features/containers/model/columns.ts";
import { COLUMN_IDS } from "../../../../src/features/containers/model/column_ids.ts";
import { ContainerRow } from "../../../../src/features/containers/model/container_row.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { at, message } from "../../../fakes/messages.ts";

const row = (changes: Partial<DetailedStatsMessage>) => new ContainerRow(message(changes));

Deno.test("shows CPU as docker stats does, or as a share of the host", () => {
  assertEquals(cpuText(row({ cpuUsage: 150 }), 1), { text: "150 %", isZero: false });
  assertEquals(cpuText(row({ cpuUsage: 150 }), 4), { text: "37.5 %", isZero: false });
});

Deno.test("memory without a limit is not available", () => {
  assert("missing" in memoryText(row({ memoryBytes: 0, memoryLimitBytes: 0 })));
  assert("missing" in memoryText(row({ memoryBytes: null })));
});

Deno.test("zero is marked as such, also when it is rounded", () => {
  const zero = { text: "0", isZero: true };
  assertEquals(cpuText(row({ cpuUsage: 0 }), 1), zero);
  assertEquals(cpuText(row({ cpuUsage: 0.004 }), 1), zero);
  assertEquals(memoryText(row({ memoryBytes: 0 })), zero);
});

Deno.test("an unknown value is not zero", () => {
  assert("missing" in cpuText(row({ cpuUsage: null }), 1));
});

Deno.test("a stopped container has no values and names its state", () => {
  const text = pidsText(row({ state: "exited", pids: null }));
  assert("missing" in text && text.missing.includes("exited"));
});

Deno.test("shows rates from the second reading on", () => {
  const one = row({});
  assert("missing" in ratesText(one, one.rates.networkRx, one.rates.networkTx, NETWORK));
  one.update(message({ networkRxBytes: 2048, networkTxBytes: 1024, timestamp: at(1) }));
  assertEquals(ratesText(one, one.rates.networkRx, one.rates.networkTx, NETWORK), [
    { text: "2.00 KiB/s", isZero: false },
    { text: "1.00 KiB/s", isZero: false },
  ]);
});

Deno.test("two rates of zero are one zero, and a single one is marked", () => {
  const zero = { text: "0", isZero: true };
  assertEquals(ratesText(row({}), 0, 0, NETWORK), zero);
  assertEquals(ratesText(row({}), 5, 0, NETWORK), [{ text: "5 B/s", isZero: false }, zero]);
});

Deno.test("CPU is sorted by the mean of the last seconds", () => {
  const one = row({ cpuUsage: 10 });
  one.update(message({ cpuUsage: 30, timestamp: at(1) }));
  assertEquals(COLUMNS.cpu.sortBy(one), 20);
});

const UNREAD = {
  stale: true,
  ...{
    timestamp: null,
    cpuUsage: null,
    memoryUsage: null,
    memoryBytes: null,
    memoryLimitBytes: null,
    pids: null,
  },
};

Deno.test("a container whose values cannot be read has none and names the reason", () => {
  const it = row({});
  it.update(message({ networkRxBytes: 2048, networkTxBytes: 1024, timestamp: at(1) }));
  it.update(message(UNREAD));
  const cells = [
    cpuText(it, 1),
    memoryText(it),
    pidsText(it),
    ratesText(it, it.rates.networkRx, it.rates.networkTx, NETWORK),
  ];
  for (const cell of cells) assert("missing" in cell && cell.missing.includes("cannot be read"));
});

Deno.test("a container whose values cannot be read is sorted as unknown", () => {
  assertEquals([COLUMNS.cpu.sortBy(row(UNREAD)), COLUMNS.memory.sortBy(row(UNREAD))], [null, null]);
});

for (
  const [width, hosts, left] of [[1024, 1, ["block", "pids"]], [1200, 1, ["block"]], [1280, 1, []], [
    1440,
    2,
    [],
  ]] as const
) {
  Deno.test(`a window of ${width} px with ${hosts} host(s) leaves out ${left.length} columns`, () => {
    const chosen = hosts > 1 ? COLUMN_IDS : COLUMN_IDS.filter((id) => id !== "host");
    const [columns] = columnSets(chosen).find(([, leastPx]) => leastPx <= width)!;
    assertEquals<readonly string[]>(chosen.filter((id) => !columns.includes(id)), left);
  });
}

Deno.test("only columns of text grow with the window", () => {
  assertEquals([trackOf("name"), trackOf("network")], ["minmax(178px, 2fr)", "176px"]);
});
