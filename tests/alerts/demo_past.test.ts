import { assertEquals } from "../assert.ts";
import { fakeContainer } from "../fakes/container.ts";
import { replay, replayIncidents } from "../../server/alerts/demo_past.ts";
import type { AlertRecord } from "../../server/alerts/record.ts";
import { AlertStore } from "../../server/store/alerts/alert_store.ts";
import { openDatabase } from "../../server/store/database.ts";

const NONE = { rules: [], channels: [] };
const NOW = Date.UTC(2026, 5, 2, 12);

Deno.test("each incident of the demo fires one default rule once, and its deployment none", async () => {
  const store = new AlertStore(openDatabase(":memory:"));
  await replayIncidents(store, NONE, { id: "Simulated", containers: 12, seed: 1 }, NOW);
  const alerts = store.past<AlertRecord>(100);
  assertEquals(alerts.map(({ ruleId }) => ruleId).sort(), ["host-down", "out-of-memory", "restart-loop"]);
  assertEquals(store.open(), []);
  store.database.close();
});

Deno.test("a healthy day is silent", async () => {
  const store = new AlertStore(openDatabase(":memory:"));
  const cast = [fakeContainer("web"), fakeContainer("db")];
  await replay(store, NONE, { hostId: "nas", cast, events: [], now: NOW });
  assertEquals([store.past(10), store.open()], [[], []]);
  store.database.close();
});
