import { openDatabase } from "../../server/store/database.ts";
import { Journal } from "../../server/store/journal.ts";
import { EventStore } from "../../server/store/past/event_store.ts";
import { StackStore } from "../../server/store/stack_store.ts";
import { Timeline } from "../../server/timeline/timeline.ts";
import { assertEquals } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { Watch } from "../stats/watch.ts";

Deno.test("a removed host is forgotten, and continues with what is stored when it returns", async () => {
  using database = openDatabase(":memory:");
  await using watch = new Watch(new FakeEngine());
  const events = new EventStore(database);
  const parts = {
    feed: watch.feed,
    events,
    journal: new Journal(database),
    store: new StackStore(database, ""),
  };
  using timeline = new Timeline(parts);
  const web = fakeContainer("web");
  timeline.up("nas", [web, fakeContainer("db")], 0);
  timeline.removed("nas");
  assertEquals(timeline.size, 0);
  timeline.up("nas", [web], 0);
  timeline.flush();
  assertEquals(events.page({}, 10).map(({ kind, name }) => [kind, name]), [["remove", "db"]]);
});
