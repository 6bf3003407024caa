import type { DetailedStackEvent } from "../../../server/protocol/stack_events.ts";
import { downtimeOf, measuredDowntimes } from "../../../server/stacks/changes/downtime.ts";
import { assertEquals } from "../../assert.ts";

/** Event of a container, some seconds after the first. */
function event(name: string, verb: string, seconds: number): DetailedStackEvent {
  const timestamp = new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
  const resource = { kind: "container", name, parent: null };
  return { type: "stack-progress", data: { resource, verb, timestamp } } as DetailedStackEvent;
}

Deno.test("measures a recreation from its begin to the start of the new container", () => {
  const events = [
    event("a", "Recreate", 1),
    event("b", "Creating", 1),
    event("a", "Recreated", 2),
    event("b", "Started", 3),
    event("a", "Started", 4.5),
  ];
  assertEquals([...measuredDowntimes(events)], [["a", 3.5]]);
});

Deno.test("estimates the downtime by the last recreation, else by the time to stop", () => {
  const measured = new Map([["a", 3.5], ["b", 1]]);
  assertEquals(downtimeOf(["a", "b"], measured, "1m"), { seconds: 3.5, measured: true });
  assertEquals(downtimeOf(["c"], measured, "1m30s"), { seconds: 90, measured: false });
  assertEquals(downtimeOf(["c"], measured, undefined), { seconds: 10, measured: false });
  assertEquals(downtimeOf(["c"], measured, "0s"), { seconds: 0, measured: false });
});
