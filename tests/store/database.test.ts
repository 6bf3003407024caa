import { openDatabase } from "../../server/store/database.ts";
import { recoverStacks } from "../../server/store/stack_recovery.ts";
import { StackStore } from "../../server/store/stack_store.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { freshFolder } from "../client.ts";
import { Journal } from "../../server/store/journal.ts";

async function open(folder = freshFolder()) {
  await Deno.mkdir(folder, { recursive: true });
  const database = openDatabase(`${folder}/dockstat.db`);
  const store = new StackStore(database, folder);
  await recoverStacks(store);
  return { database, store, folder, [Symbol.dispose]: () => database.close() };
}

Deno.test("refuses a database of a newer DockStat and a file that is not a database", async () => {
  const folder = freshFolder();
  {
    using opened = await open(folder);
    opened.database.exec("PRAGMA user_version = 99");
  }
  assertThrows(() => openDatabase(`${folder}/dockstat.db`), Error, "a newer DockStat wrote it");
  Deno.writeTextFileSync(
    `${folder}/other.db`,
    "not a database, but longer than the header of one".repeat(30),
  );
  assertThrows(() => openDatabase(`${folder}/other.db`), Error, "Cannot use the database");
});

Deno.test("upgrades a database of a version that stored no structure", () => {
  const path = `${Deno.makeTempDirSync({ prefix: "dockstat-upgrade-" })}/dockstat.db`;
  {
    using database = openDatabase(path);
    new Journal(database).begin({
      stackId: 3,
      hostId: "nas",
      project: "web",
      target: { kind: "stack", name: "web", id: null },
      action: "deploying",
    });
    database.exec(
      "ALTER TABLE events DROP COLUMN detail_only; ALTER TABLE operations DROP COLUMN warnings; " +
        "ALTER TABLE operations DROP COLUMN output; DROP TABLE sessions; DROP TABLE versions; " +
        "DROP TABLE blobs; DROP TABLE stack_files; DROP TABLE file_changes; DROP TABLE deployed_services; " +
        "DROP INDEX operations_by_project; ALTER TABLE operations DROP COLUMN target; " +
        "ALTER TABLE operations DROP COLUMN swarm; " +
        "DROP TABLE container_events; DROP TABLE container_logs; DROP TABLE known_containers; " +
        "DROP TABLE known_hosts; DROP TABLE audit; " +
        "DROP TABLE image_checks; DROP TABLE drafts; DROP TABLE service_updates; DROP TABLE git_stacks; DROP TABLE git_deliveries; DROP TABLE swarm_stacks; " +
        "DROP TABLE alerts; DROP TABLE alert_messages; DROP TABLE alert_settings; " +
        "ALTER TABLE stacks DROP COLUMN deployed_digest; PRAGMA user_version = 2",
    );
  }
  using database = openDatabase(path);
  const journal = new Journal(database);
  assertEquals([journal.operation(1)?.project, journal.notes(1)], ["web", { warnings: [], output: [] }]);
  Deno.removeSync(path.replace(/\/[^/]+$/, ""), { recursive: true });
});
