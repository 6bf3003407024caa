import { stateLook } from "../../../../src/features/containers/parts/state_look.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { message } from "../../../fakes/messages.ts";

function look(changes: object, restartedAt = -Infinity) {
  return stateLook({ newest: { ...message(), ...changes }, restartedAt }, 1000);
}

for (
  const [changes, tone, name, tag] of [
    [{}, "good", "running", undefined],
    [{ health: "healthy" }, "good", "healthy", undefined],
    [{ health: "starting" }, "careful", "starting", "starting"],
    [{ health: "unhealthy" }, "bad", "unhealthy", "unhealthy"],
    [{ state: "paused", health: "healthy" }, "careful", "paused", "paused"],
    [
      { state: "restarting", status: "Restarting (3) 9 seconds ago" },
      "bad",
      "restarting",
      "restarting · exit 3",
    ],
    [{ state: "restarting", restartCount: 14, exitCode: 3 }, "bad", "restarting", "restarting 14× · exit 3"],
    [{ state: "dead" }, "bad", "dead", "dead"],
    [{ state: "exited", exitCode: 0 }, "off", "exited", "exit 0, completed"],
    [{ state: "exited", exitCode: 1 }, "bad", "exited", "exit 1"],
    [{ state: "exited", exitCode: 143 }, "off", "exited", "exit 143, stopped"],
    [{ state: "exited", exitCode: 137, oomKilled: true }, "bad", "out of memory", "out of memory"],
    [{ state: "created" }, "off", "created", "created"],
    [{ stale: true }, "off", "unknown", "no data"],
    [{ health: "constructor" }, "off", "constructor", "constructor"],
    [{ health: "__proto__" }, "off", "__proto__", "__proto__"],
  ] as const
) {
  Deno.test(`${JSON.stringify(changes)} has the tone "${tone}" and the name "${name}"`, () => {
    const shown = look(changes);
    assertEquals([shown.tone, shown.name, shown.tag], [tone, name, tag]);
  });
}

Deno.test("a container that restarted a moment ago is shown as restarting while it runs", () => {
  assertEquals(look({}, 900).tone, "bad");
});

for (
  const [status, changes, time] of [
    ["Up 2 hours", {}, "2 hours"],
    ["Up About a minute (healthy)", { health: "healthy" }, "1 minute"],
    ["Up About an hour (unhealthy)", { health: "unhealthy" }, "1 h"],
    ["Exited (1) 3 weeks ago", { state: "exited", exitCode: 1 }, "3 w ago"],
    ["Exited (0) Less than a second ago", { state: "exited" }, "< 1 s ago"],
    ["constructor", {}, ""],
  ] as const
) {
  Deno.test(`the time of "${status}" is "${time}"`, () => {
    assertEquals(look({ status, ...changes }).time, time);
  });
}
