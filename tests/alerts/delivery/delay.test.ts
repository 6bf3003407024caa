/** Delays of messages. */
import { assertEquals } from "../../assert.ts";
import type { AlertSettings } from "../../../server/alerts/alerts.ts";
import { quietLog } from "../../fakes/quiet_log.ts";
import { DeliveryScene, settled } from "./scene.ts";

function settings(...deliver: string[]): AlertSettings {
  return {
    rules: [{ id: "sick", name: "Sick", when: { kind: "state", state: "unhealthy" }, deliver }],
    channels: [
      { id: "phone", name: "Phone", kind: "ntfy", url: "env:A" },
      { id: "hook", name: "Hook", kind: "webhook", url: "env:A" },
    ],
  };
}

Deno.test("a state without a hold time is sent without waiting for a round", async () => {
  await using scene = new DeliveryScene(settings("phone"));
  scene.turn("web", "unhealthy");
  // Neither a clock nor a timer has moved.
  await settled();
  assertEquals([scene.events, scene.clock.mono()], [["alarm web"], 0]);
});

Deno.test("a message that cannot be read delays its own channel only", async () => {
  using _log = quietLog();
  await using scene = new DeliveryScene(settings("phone", "hook"));
  const { channels } = scene.alerts;
  const get = channels.get.bind(channels);
  channels.get = (id) => {
    if (id === "phone") throw new Error("broken");
    return get(id);
  };
  scene.turn("web", "unhealthy");
  await settled();
  assertEquals(scene.sent.map(({ channel }) => channel), ["Hook"]);
  channels.get = get;
  await scene.advance(6000);
  assertEquals(scene.sent.map(({ channel }) => channel), ["Hook", "Phone"]);
});
