import { assertEquals } from "../assert.ts";
import { fakeContainer } from "../fakes/engine.ts";
import { WINDOW_MS } from "../../server/store/history/tiers.ts";
import { cells, Recorded, sampleOf, serviceContainer, START } from "./recorded.ts";

const WEB = serviceContainer("web");
const KEY = "Localhost/shop/web/1";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

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

Deno.test("the numbers of a host have their line", async () => {
  await using it = new Recorded();
  const reading = {
    ...{
      hostCpuUsage: 120,
      hostMemoryBytes: 6,
      hostMemoryTotalBytes: 10,
      diskUsedBytes: 8,
      diskTotalBytes: 10,
    },
    ...{ load1: 1.5, networkRxBytes: 1000, networkTxBytes: null },
  };
  it.history.addHost("nas", reading);
  it.pass(1000);
  it.history.addHost("nas", { ...reading, networkRxBytes: 1500 });
  const rows = it.rows("nas");
  assertEquals(
    [
      "hostCpuUsage",
      "hostMemoryUsage",
      "diskUsage",
      "load1",
      "networkRxBytesPerSecond",
      "networkTxBytesPerSecond",
    ]
      .map((name) => cells(rows, name)[1]),
    [120, 60, 80, 1.5, 500, null],
  );
});

Deno.test("a sample that its engine dates to 9999 has the time of its arrival, and deletes nothing", async () => {
  await using it = new Recorded();
  it.seconds(2, WEB, () => 1);
  const future = sampleOf(2, { read: "9999-01-01T00:00:00Z", readMs: Date.UTC(9999, 0, 1) });
  it.history.addSample("Localhost", WEB, future, () => true);
  it.pass(WINDOW_MS);
  it.seconds(1, WEB, () => 3);
  await it.settled();
  assertEquals(cells(it.rows(KEY), "cpuUsage"), [1, 1, 2, 3]);
});
