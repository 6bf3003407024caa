import { assertEquals } from "../../assert.ts";
import type { AlertSettings } from "../../../server/alerts/alerts.ts";
import type { Sample } from "../../../server/docker/sample.ts";
import type { ChannelDraft } from "../../../server/protocol/alerts/channel.ts";
import type { RuleDraft } from "../../../server/protocol/alerts/rule.ts";
import { openDatabase } from "../../../server/store/database.ts";
import { fakeContainer } from "../../fakes/container.ts";
import { DeliveryScene, settled } from "./scene.ts";

const PHONE: ChannelDraft = { id: "phone", name: "Phone", kind: "ntfy", url: "env:A" };
const HOOK: ChannelDraft = { id: "hook", name: "Hook", kind: "webhook", url: "env:A" };
const SICK: RuleDraft = {
  id: "sick",
  name: "Sick",
  when: { kind: "state", state: "unhealthy" },
  deliver: ["phone"],
};

function settings(rule: Partial<RuleDraft> = {}, ...channels: ChannelDraft[]): AlertSettings {
  return { rules: [{ ...SICK, ...rule }], channels: channels.length === 0 ? [PHONE] : channels };
}

Deno.test("an alarm and its recovery are sent once, with the same id", async () => {
  await using scene = new DeliveryScene(settings());
  scene.turn("web", "unhealthy");
  await scene.advance(5000);
  scene.turn("web", "healthy");
  await scene.advance(120_000);
  assertEquals(scene.events, ["alarm web", "recovery web"]);
  assertEquals(new Set(scene.sent.map(({ notice }) => notice.items[0].id)).size, 1);
});

Deno.test("an alarm repeats until it is acknowledged", async () => {
  await using scene = new DeliveryScene(settings({ repeat: "1h" }));
  scene.turn("web", "unhealthy");
  await scene.advance(2 * 3_600_000 + 10_000);
  assertEquals(scene.events, ["alarm web", "repeat web", "repeat web"]);
  scene.alerts.acknowledge(scene.alerts.list(10, undefined).alerts[0]!.id);
  await scene.advance(3 * 3_600_000);
  assertEquals(scene.events.length, 3);
});

Deno.test("a silence holds back repeats, and neither the recovery nor what comes after it", async () => {
  await using scene = new DeliveryScene(settings({ repeat: "1h" }));
  scene.turn("web", "unhealthy");
  await scene.advance(1000);
  scene.alerts.silence(scene.alerts.list(10, undefined).alerts[0]!.id, "90m");
  await scene.advance(5_300_000);
  assertEquals(scene.events, ["alarm web"]);
  await scene.advance(200_000);
  assertEquals(scene.events, ["alarm web", "repeat web"]);
  scene.turn("web", "healthy");
  await scene.advance(61_000);
  assertEquals(scene.events.at(-1), "recovery web");
});

Deno.test("the first alarm of a rule is sent at once, and what follows as one message", async () => {
  await using scene = new DeliveryScene(settings());
  for (const name of ["a", "b", "c", "d", "e"]) scene.turn(name, "unhealthy");
  await scene.advance(1000);
  assertEquals(scene.events, ["alarm a"]);
  await scene.advance(40_000);
  assertEquals(scene.events, ["alarm a", "alarm b, alarm c, alarm d, alarm e"]);
});

Deno.test("a webhook gets each alert", async () => {
  await using scene = new DeliveryScene(settings({ deliver: ["hook"] }, HOOK));
  for (const name of ["a", "b", "c"]) scene.turn(name, "unhealthy");
  await scene.advance(1000);
  assertEquals(scene.events, ["alarm a", "alarm b", "alarm c"]);
});

Deno.test("a channel gets few messages a minute, and the rest as summaries", async () => {
  await using scene = new DeliveryScene(settings({ deliver: ["hook"] }, HOOK));
  for (let index = 0; index < 500; index++) scene.turn(`c${index}`, "unhealthy");
  await scene.advance(60_000);
  const alerts = scene.sent.flatMap(({ notice: { items } }) => items.map(({ name }) => name));
  assertEquals(alerts.length, 500);
  assertEquals(new Set(alerts).size, 500);
  assertEquals(scene.sent.length <= 120, true);
});

Deno.test("quiet hours hold back an alarm, which is sent afterwards if it still holds", async () => {
  const quiet = { from: "22:00", to: "07:00", zone: "UTC" };
  const start = Date.parse("2026-06-01T23:00:00Z");
  await using scene = new DeliveryScene(settings({ quiet }), openDatabase(":memory:"), start);
  scene.turn("web", "unhealthy");
  scene.turn("db", "unhealthy");
  await scene.advance(60_000);
  scene.turn("db", "healthy");
  await scene.advance(3_600_000);
  assertEquals(scene.events, []);
  await scene.advance(8 * 3_600_000);
  assertEquals(scene.events, ["alarm web"]);
});

Deno.test("a message that fails is sent again later, with its time and its key", async () => {
  await using scene = new DeliveryScene(settings());
  scene.outcome = "unreachable";
  scene.turn("web", "unhealthy");
  await scene.advance(60_000);
  const tries = scene.sent.length;
  assertEquals(tries >= 3 && tries <= 6, true, `${tries}`);
  scene.outcome = "delivered";
  await scene.advance(120_000);
  assertEquals(scene.sent.length, tries + 1);
  assertEquals(new Set(scene.sent.map(({ notice }) => notice.key)).size, 1);
  assertEquals(new Set(scene.sent.map(({ notice }) => notice.items[0].since)).size, 1);
});

Deno.test("a channel has its failed deliveries, with the first time and the newest outcome, until one succeeds", async () => {
  await using scene = new DeliveryScene(settings());
  const failure = () => scene.alerts.withFailure(scene.alerts.channels.existing("phone")).failure;
  scene.outcome = "unreachable";
  scene.turn("web", "unhealthy");
  await scene.advance(1000);
  const since = failure()?.since;
  assertEquals(failure(), { outcome: "unreachable", since: since! });
  scene.outcome = "refused";
  await scene.advance(30_000);
  assertEquals(failure(), { outcome: "refused", since: since! });
  scene.outcome = "delivered";
  await scene.advance(120_000);
  assertEquals(failure(), undefined);
});

Deno.test("an alarm that failed until the end is delivered late, and then its recovery", async () => {
  await using scene = new DeliveryScene(settings());
  scene.outcome = "unreachable";
  scene.turn("web", "unhealthy");
  await scene.advance(1000);
  scene.turn("web", "healthy");
  await scene.advance(120_000);
  scene.outcome = "delivered";
  scene.sent.length = 0;
  await scene.advance(600_000);
  assertEquals(scene.events, ["alarm web", "recovery web"]);
});

Deno.test("a channel that hangs delays no other", async () => {
  await using scene = new DeliveryScene(settings({ deliver: ["phone", "hook"] }, PHONE, HOOK));
  const hangs = Promise.withResolvers<"timeout">();
  scene.outcome = hangs.promise;
  scene.turn("web", "unhealthy");
  await settled();
  scene.outcome = "delivered";
  scene.turn("db", "unhealthy");
  await scene.advance(5000);
  assertEquals(scene.sent.map(({ channel }) => channel), ["Phone", "Hook"]);
  hangs.resolve("timeout");
  await scene.advance(60_000);
  const names = scene.sent.flatMap(({ channel, notice: { items } }) =>
    items.map(({ name }) => `${channel} ${name}`)
  );
  assertEquals(["Phone web", "Phone db", "Hook web", "Hook db"].every((one) => names.includes(one)), true);
});

Deno.test("100 restarts of server and receiver lose nothing, and repeats carry the same id", async () => {
  const database = openDatabase(":memory:");
  const delivered = new Map<string, Set<string>>();
  for (let round = 0; round < 100; round++) {
    await using scene = new DeliveryScene(
      settings({ deliver: ["hook"] }, HOOK),
      database,
      Date.UTC(2026, 5, 1) + round * 1_000_000,
    );
    scene.outcome = round % 3 === 0 ? "unreachable" : "delivered";
    scene.turn(`c${round}`, "unhealthy");
    await scene.advance(round % 2 === 0 ? 1000 : 20_000);
    for (const { notice: { items } } of scene.sent) {
      if (round % 3 === 0) continue;
      for (const { event, id, name } of items) {
        if (event === "alarm") delivered.set(name!, (delivered.get(name!) ?? new Set()).add(id));
      }
    }
  }
  await using last = new DeliveryScene(settings({ deliver: ["hook"] }, HOOK), database, Date.UTC(2026, 6, 1));
  await last.advance(30_000);
  for (const { notice: { items } } of last.sent) {
    for (const { id, name } of items) delivered.set(name!, new Set([id]));
  }
  assertEquals(delivered.size, 100);
  assertEquals([...delivered.values()].every((ids) => ids.size === 1), true);
  database.close();
});

Deno.test("a rule that is changed or removed ends its alerts, with their recovery", async () => {
  await using scene = new DeliveryScene(settings());
  scene.turn("web", "unhealthy");
  await scene.advance(1000);
  scene.alerts.reload({ rules: [], channels: [PHONE] });
  await scene.advance(1000);
  assertEquals(scene.events, ["alarm web", "recovery web"]);
});

Deno.test("a database that takes no writes holds back no message", async () => {
  const database = openDatabase(":memory:");
  const scene = new DeliveryScene(settings(), database);
  database.exec("PRAGMA query_only = 1");
  scene.turn("web", "unhealthy");
  await scene.advance(2000);
  assertEquals(scene.events, ["alarm web"]);
  database.exec("PRAGMA query_only = 0");
  await scene[Symbol.asyncDispose]();
  database.close();
});

Deno.test("an alert about a number is listed with its newest value, also in repeats", async () => {
  const when = { kind: "threshold", metric: "cpu", above: 80 } as const;
  await using scene = new DeliveryScene(settings({ when, repeat: "1m" }));
  const { numbers } = scene.alerts.watch;
  for (const cpuUsage of [90, ...Array(13).fill(97)]) {
    numbers.sampled("nas", fakeContainer("web"), { cpuUsage } as Sample);
    await scene.advance(5000);
  }
  assertEquals(scene.alerts.list(10, undefined).alerts.map(({ value }) => value), [97]);
  assertEquals(scene.sent.map(({ notice }) => notice.items[0].value), [90, 97]);
});

Deno.test("an alert about a number that is below its limit again is listed with that value, until it ends", async () => {
  const when = { kind: "threshold", metric: "cpu", above: 80 } as const;
  await using scene = new DeliveryScene(settings({ when }));
  for (const cpuUsage of [90, 20]) {
    scene.alerts.watch.numbers.sampled("nas", fakeContainer("web"), { cpuUsage } as Sample);
    await scene.advance(1000);
  }
  const values = () => scene.alerts.list(10, undefined).alerts.map(({ state, value }) => [state, value]);
  assertEquals(values(), [["firing", 20]]);
  await scene.advance(60_000);
  assertEquals(values(), [["resolved", 90]]);
});

Deno.test("past alerts are listed in pages, each once", async () => {
  await using scene = new DeliveryScene(settings());
  for (let index = 0; index < 5; index++) scene.turn(`c${index}`, "unhealthy");
  scene.alerts.watch.up("nas", [], 0);
  const first = scene.alerts.list(3, undefined);
  const [ended, id] = first.next!.split("_");
  const second = scene.alerts.list(3, { ended: Number(ended), id: id! });
  assertEquals([first.alerts.length, second.alerts.length, second.next], [3, 2, null]);
  assertEquals(new Set([...first.alerts, ...second.alerts].map(({ name }) => name)).size, 5);
});
