import type { Alert } from "../../../../../server/protocol/alerts/alert.ts";
import type { Rule } from "../../../../../server/protocol/alerts/rule.ts";

/** Creates an alert that is firing. */
export function alert(changes: Partial<Alert> = {}): Alert {
  return {
    ...{ id: "a1", rule: { id: "sick", name: "Sick" }, kind: "state", state: "firing" },
    ...{ since: new Date(Date.now() - 60_000).toISOString(), endedAt: null, hostId: "nas" },
    ...{
      containerId: "1".repeat(64),
      name: "web",
      project: null,
      service: null,
      reason: "The health check fails",
    },
    ...{
      value: null,
      limit: null,
      unit: null,
      metric: null,
      memoryTotalBytes: null,
      line: null,
      count: 1,
      acknowledgedAt: null,
      silencedUntil: null,
    },
    ...{ sent: false, curve: null, page: "#/containers/nas/1", log: null },
    ...changes,
  };
}

/** Creates a stored rule. */
export function rule(changes: Partial<Rule> = {}): Rule {
  return {
    ...{
      id: "sick",
      name: "Sick",
      when: { kind: "state", state: "unhealthy" },
      for: "1m",
      match: {},
      deliver: [],
    },
    ...{ quiet: null, enabled: true, repeat: null, heal: null, source: "stored", problem: null },
    ...changes,
  };
}
