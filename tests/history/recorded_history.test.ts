import { DatabaseSync } from "node:sqlite";
import { WINDOW_MS } from "../../server/store/history/tiers.ts";
import { assert, assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { fakeContainer } from "../fakes/engine.ts";
import { Recorded, serviceContainer, START } from "./recorded.ts";

const WEB = serviceContainer("web");
const KEY = "Localhost/shop/web/1";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Returns one cell of every row. */
function cells(
  rows: { columns: readonly string[]; history: readonly (readonly (number | null)[])[] },
  name: string,
) {
  return rows.history.map((row) => row[rows.columns.indexOf(name)]);
}

Deno.test("the samples of now are read at once, by the second", async () => {
  await using it = new Recorded();
  it.seconds(5, WEB, (second) => second);
  const rows = it.rows(KEY);
  assertEquals([rows.resolutionMs, cells(rows, "epochMs")], [
    1000,
    [0, 1, 2, 3, 4].map((s) => START + s * 1000),
  ]);
  assertEquals(cells(rows, "cpuUsage"), [0, 1, 2, 3, 4]);
  assertEquals(cells(rows, "networkTxBytesPerSecond"), [0, 20, 40, 60, 80]);
  assertEquals(new Set(cells(rows, "blockWriteBytesPerSecond")), new Set([null]));
});

Deno.test("a spike of a second is the maximum of its bin a week later, with its time", async () => {
  await using it = new Recorded();
  it.seconds(600, WEB, (second) => second === 123 ? 390 : 10);
  it.pass(6.9 * DAY);
  it.seconds(1, WEB);
  await it.settled();
  const rows = it.rows(KEY, { points: 100 });
  assertEquals([cells(rows, "cpuUsageMax")[0], cells(rows, "cpuUsageMaxAt")[0]], [390, START + 123_000]);
  assertEquals([cells(rows, "cpuUsageMin")[0], Math.round(cells(rows, "cpuUsage")[0]! * 100)], [10, 1063]);
});

Deno.test("a recreated container continues the line of its service", async () => {
  await using it = new Recorded();
  it.seconds(2, WEB, () => 1);
  it.existing.delete(WEB.id);
  it.seconds(2, serviceContainer("next"), () => 2);
  assertEquals([it.keys(), cells(it.rows(KEY), "cpuUsage")], [[KEY], [1, 1, 2, 2]]);
});

Deno.test("a renamed container continues its line under its new name", async () => {
  await using it = new Recorded();
  it.seconds(1, fakeContainer("solo"), () => 1);
  it.seconds(1, fakeContainer("solo", { name: "renamed" }), () => 2);
  assertEquals([it.keys(), cells(it.rows("Localhost/renamed"), "cpuUsage")], [["Localhost/renamed"], [1, 2]]);
});

Deno.test("each container of a scaled service has its line", async () => {
  await using it = new Recorded();
  for (const number of [1, 2, 3]) {
    it.seconds(1, serviceContainer(`web${number}`, { number, name: `shop-web-${number}` }));
  }
  assertEquals(it.keys(), [1, 2, 3].map((number) => `Localhost/shop/web/${number}`));
});

Deno.test("a container with the labels of one that exists has a line under its name", async () => {
  await using it = new Recorded();
  it.seconds(1, WEB, () => 1);
  it.seconds(1, serviceContainer("thief", { name: "thief" }), () => 2);
  it.seconds(1, WEB, () => 3);
  assertEquals(it.keys(), [KEY, "Localhost/thief"]);
  assertEquals(cells(it.rows(KEY), "cpuUsage"), [1, 3]);
});

Deno.test("days of 23 and 25 hours have bins of equal length", async () => {
  for (const day of ["2026-03-29", "2026-10-25"]) {
    await using it = new Recorded(":memory:", {}, Date.parse(`${day}T00:00:00+01:00`));
    const start = it.now;
    for (let minute = 0; minute < 300; minute += 10) {
      it.sample(WEB, minute);
      it.pass(600_000);
    }
    await it.settled();
    const times = cells(it.rows(KEY, { sinceMs: start, points: 60 }), "epochMs") as number[];
    assertEquals(times, Array.from({ length: 30 }, (_, index) => start + index * 600_000));
  }
});

for (const hours of [1, -1, 24 * 365]) {
  Deno.test(`a clock that jumps by ${hours} hours loses no sample`, async () => {
    await using it = new Recorded();
    for (const jump of [hours * HOUR, -hours * HOUR, 0]) {
      it.seconds(700, WEB);
      it.jump(jump);
    }
    await it.settled();
    const [series] = it.history.series();
    const span = { sinceMs: START - 2 * HOUR, untilMs: START + 2 * 365 * DAY, points: Infinity };
    const { bins } = it.history.read(series!, span);
    assertEquals(bins.times().reduce((sum, at) => sum + bins.part(at, 0).weight, 0), 2100);
  });
}

Deno.test("samples of the same time before and after a jump backward are added up", async () => {
  await using it = new Recorded();
  it.seconds(600, WEB, () => 10);
  await it.settled();
  it.jump(-600_000);
  it.seconds(600, WEB, () => 30);
  it.pass(DAY);
  it.seconds(1, WEB);
  await it.settled();
  const rows = it.rows(KEY, { points: 60 });
  assertEquals([cells(rows, "cpuUsage")[0], cells(rows, "cpuUsageMax")[0]], [20, 30]);
});

Deno.test("history is kept across restarts, also what is not in blocks yet", async () => {
  using folder = temporaryFolder();
  const path = folder.path("history.db");
  {
    await using it = new Recorded(path);
    it.seconds(650, WEB, (second) => second);
  }
  await using it = new Recorded(path, {}, START + 650_000);
  it.seconds(10, serviceContainer("next"), () => 7);
  await it.settled();
  const rows = it.rows(KEY);
  assertEquals([rows.history.length, rows.resolutionMs], [660, 1000]);
  assertEquals(cells(rows, "cpuUsage").slice(-12), [648, 649, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]);
});

Deno.test("a disk that does not answer for a minute loses no sample, and delays none", async () => {
  using folder = temporaryFolder();
  const path = folder.path("history.db");
  await using it = new Recorded(path);
  it.seconds(1, WEB);
  await eventually("the line", () => it.history.store.series().length === 1);
  {
    // Another process that holds the lock is what a disk that accepts nothing looks like.
    using blocker = new DatabaseSync(path);
    blocker.exec("BEGIN IMMEDIATE");
    it.pass(WINDOW_MS);
    it.seconds(60, WEB, (second) => second);
    it.history.flush();
    assertEquals(it.rows(KEY).history.length, 61);
    blocker.exec("ROLLBACK");
  }
  it.pass(WINDOW_MS);
  it.seconds(1, WEB);
  await it.settled();
  assertEquals(it.rows(KEY).history.length, 62);
});

Deno.test("samples that wait for the disk are bounded, and the newest are kept", async () => {
  using folder = temporaryFolder();
  const path = folder.path("history.db");
  await using it = new Recorded(path, { times: { waitingBytes: 60_000 } });
  using blocker = new DatabaseSync(path);
  blocker.exec("BEGIN IMMEDIATE");
  for (let window = 0; window < 10; window++) {
    it.seconds(600, WEB, () => window);
    it.history.flush();
  }
  const values = new Set(cells(it.rows(KEY, { points: 60 }), "cpuUsage"));
  blocker.exec("ROLLBACK");
  assert(values.has(9) && !values.has(0) && values.size <= 4, [...values].join());
});

Deno.test("what is older than the time to keep is removed, and its space is used again", async () => {
  await using it = new Recorded(":memory:", { keepMs: HOUR });
  for (let hour = 0; hour < 150; hour++) {
    it.sample(WEB, hour);
    it.pass(HOUR);
    await it.settled();
  }
  const { database } = it.history.store;
  await eventually("the removal", () => {
    const { first } = database.prepare("SELECT min(start) AS first FROM blocks").get() as { first: number };
    return first > START;
  });
  assert(Number(database.prepare("SELECT count(*) AS count FROM blocks").get()?.["count"]) < 10);
});

Deno.test("beyond its size the history loses its oldest parts and keeps the newest", async () => {
  await using it = new Recorded(":memory:", { bounds: { blocks: 20, step: 10 } });
  for (let window = 0; window < 50; window++) {
    it.sample(WEB, window);
    it.pass(WINDOW_MS);
  }
  it.sample(WEB, 99);
  await it.settled();
  const { database } = it.history.store;
  await eventually(
    "the bound",
    () => Number(database.prepare("SELECT count(*) AS count FROM blocks").get()?.["count"]) <= 20,
  );
  assert(cells(it.rows(KEY), "cpuUsage").includes(99));
});

Deno.test("lines of removed containers are forgotten beyond their number, the present ones are not", async () => {
  await using it = new Recorded(":memory:", { times: { series: 3 } });
  for (let index = 0; index < 10; index++) it.seconds(1, fakeContainer(`job${index}`));
  it.pass(WINDOW_MS);
  it.seconds(1, fakeContainer("job0"));
  await it.settled();
  await eventually("the bound", () => it.keys().length === 3);
  assert(it.keys().includes("Localhost/job0"));
});

Deno.test("the numbers of a host have their line", async () => {
  await using it = new Recorded();
  const numbers = {
    cpuUsage: 120,
    memoryUsage: 60,
    diskUsage: 80,
    load1: 1.5,
    networkRxRate: 10,
    networkTxRate: null,
  };
  it.history.addHost("nas", numbers);
  const rows = it.rows("nas");
  assertEquals(
    ["hostCpuUsage", "hostMemoryUsage", "diskUsage", "load1", "networkTxBytesPerSecond"].map((name) =>
      cells(rows, name)[0]
    ),
    [120, 60, 80, 1.5, null],
  );
});

Deno.test("the file belongs to its user alone", async () => {
  using folder = temporaryFolder();
  await using it = new Recorded(folder.path("history.db"));
  it.seconds(1, WEB);
  it.history.flush();
  for (const name of ["history.db", "history.db-wal"]) {
    assertStringIncludes((Deno.statSync(folder.path(name)).mode! & 0o777).toString(8), "600");
  }
});
