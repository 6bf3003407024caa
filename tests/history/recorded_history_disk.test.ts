/** The file of the history: restarts, a disk that does not accept it, and its bounds. */
import { DatabaseSync } from "node:sqlite";
import { WINDOW_MS } from "../../server/store/history/tiers.ts";
import { assert, assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { fakeContainer } from "../fakes/engine.ts";
import { cells, Recorded, serviceContainer, START } from "./recorded.ts";

const WEB = serviceContainer("web");
const KEY = "Localhost/shop/web/1";
const HOUR = 3_600_000;

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
    return first > START &&
      Number(database.prepare("SELECT count(*) AS count FROM blocks").get()?.["count"]) < 10;
  });
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

Deno.test("a full disk keeps the server running and loses nothing that fits into memory", async () => {
  using folder = temporaryFolder();
  await using it = new Recorded(folder.path("history.db"));
  it.seconds(10, WEB);
  it.history.flush();
  const { database } = it.history.store;
  const { page_count: pages } = database.prepare("PRAGMA page_count").get() as { page_count: number };
  database.exec(`PRAGMA max_page_count = ${pages}`);
  it.seconds(1200, WEB);
  it.history.flush();
  assert(it.history.isFailing);
  assertEquals(it.rows(KEY).history.length, 1210);
  database.exec("PRAGMA max_page_count = 1000000");
  await eventually("the disk", () => !it.history.isFailing);
  await it.settled();
  assertEquals(it.rows(KEY).history.length, 1210);
});

Deno.test("the log of the database is copied and does not grow without end", async () => {
  using folder = temporaryFolder();
  const path = folder.path("history.db");
  await using it = new Recorded(path);
  let largest = 0;
  for (let window = 0; window < 40; window++) {
    it.seconds(60, WEB, () => Math.random());
    it.pass(WINDOW_MS - 60_000);
    await it.settled();
    largest = Math.max(largest, Deno.statSync(`${path}-wal`).size);
  }
  await eventually("the copy", () => Deno.statSync(path).size > 50_000);
  assert(largest < 8 * 1024 ** 2, String(largest));
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

Deno.test("a disk that flushes slowly does not delay the end, and what is in the journal is kept", async () => {
  using folder = temporaryFolder();
  const path = folder.path("history.db");
  const { syncData } = Deno.FsFile.prototype;
  const disk = Promise.withResolvers<void>();
  const it = new Recorded(path, { times: { closeMs: 10 } });
  try {
    it.seconds(3, WEB);
    it.history.flush();
    Deno.FsFile.prototype.syncData = () => disk.promise;
    await it[Symbol.asyncDispose]();
    assertEquals(it.history.store.database.isOpen, true);
  } finally {
    Deno.FsFile.prototype.syncData = syncData;
    disk.resolve();
  }
  await eventually("the end", () => !it.history.store.database.isOpen);
  await using next = new Recorded(path, {}, START + 3000);
  assertEquals(next.rows(KEY).history.length, 3);
});
