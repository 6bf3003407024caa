import {
  requestUnhealthySince,
  unhealthySince,
} from "../../../../src/features/containers/attention/health_times.ts";
import type { TimelineEvent } from "../../../../../../server/protocol/past/timeline.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { at } from "../../../fakes/messages.ts";
import { FakeTransport } from "../../../fakes/transport.ts";

const ID = "a".repeat(64);

function event(state: string, seconds: number): TimelineEvent {
  return {
    ...{
      id: seconds,
      timestamp: at(seconds),
      hostId: "Localhost",
      kind: "health",
      containerId: ID,
      name: "web",
    },
    ...{ project: null, stack_id: null, service: null, exitCode: null, state, action: null },
    ...{ operation_id: null, message: null, late: false, hasLog: false, count: 1 },
  };
}

Deno.test("bad health lasts since the first event after the last good one", () => {
  const events = [event("unhealthy", 1), event("healthy", 2), event("unhealthy", 3), event("unhealthy", 4)];
  assertEquals([...unhealthySince(events)], [[`Localhost/${ID}`, Date.parse(at(3))]]);
});

Deno.test("a container that is healthy again has no time", () => {
  assertEquals(unhealthySince([event("unhealthy", 1), event("healthy", 2)]).size, 0);
});

Deno.test("a server without a timeline has no times", async () => {
  assertEquals((await requestUnhealthySince(new FakeTransport())).size, 0);
});
