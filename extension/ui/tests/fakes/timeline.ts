/** Events as the server sends them. */
import type { TimelineEvent } from "../../../../server/protocol/past/timeline.ts";

/** A start of the container "web", with the changes of the test. */
export function timelineEvent(changes: Partial<TimelineEvent> = {}): TimelineEvent {
  return {
    id: 1,
    timestamp: "2026-08-01T12:00:00.000Z",
    hostId: "Localhost",
    kind: "start",
    containerId: "0".repeat(64),
    name: "web",
    project: null,
    stack_id: null,
    service: null,
    exitCode: null,
    state: null,
    action: null,
    operation_id: null,
    message: null,
    late: false,
    hasLog: false,
    count: 1,
    ...changes,
  };
}
