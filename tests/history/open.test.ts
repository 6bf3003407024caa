import { openHistory } from "../../server/history/open.ts";
import { assertEquals, assertMatch } from "../assert.ts";
import { fakeContainer } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { sampleOf } from "./recorded.ts";

const OPTIONS = { keepMs: 86_400_000 };

Deno.test("a damaged file is set aside, and a new history is written", async () => {
  using folder = temporaryFolder({
    "history.db": "not a database, but long enough to be read as one".repeat(50),
  });
  await using history = openHistory(folder.path(""), OPTIONS);
  assertEquals(history.store.path, folder.path("history.db"));
  const names = [...Deno.readDirSync(folder.path(""))].map(({ name }) => name).sort();
  assertMatch(names.join(" "), /^history\.db history\.db-shm history\.db-wal history\.db\.damaged-\d+$/);
});

Deno.test("history of a newer DockStat is left alone", async () => {
  using folder = temporaryFolder();
  {
    await using history = openHistory(folder.path(""), OPTIONS);
    history.store.database.exec("PRAGMA user_version = 99");
  }
  await using history = openHistory(folder.path(""), OPTIONS);
  history.addSample("Localhost", fakeContainer("web"), sampleOf(1), () => true);
  assertEquals([history.store.path, [...history.series()].length], [":memory:", 1]);
});

Deno.test("a folder that cannot be used leaves history in memory", async () => {
  using folder = temporaryFolder({ file: "" });
  await using history = openHistory(folder.path("file"), OPTIONS);
  assertEquals(history.store.path, ":memory:");
});
