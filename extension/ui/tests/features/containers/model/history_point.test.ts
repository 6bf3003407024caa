import { pointOf } from "../../../../src/features/containers/model/history_point.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { at, message } from "../../../fakes/messages.ts";

Deno.test("makes a point from two readings", () => {
  const made = pointOf(message(), message({ timestamp: at(2), networkRxBytes: 100, cpuUsage: 7 }));
  assertEquals([made?.[1], made?.[3]], [7, 50]);
  assertEquals(pointOf(message(), message()), undefined);
});
