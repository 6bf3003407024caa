/** Values of rules, as the server's types have them. The page imports types only. */
import type { Metric, Scope, WatchedState } from "../../../../../../server/protocol/alerts/rule.ts";

export type {
  Metric,
  Rule,
  RuleDraft,
  RuleWhen,
  Scope,
  WatchedState,
} from "../../../../../../server/protocol/alerts/rule.ts";

/** States that a rule can watch. */
export const WATCHED_STATES: readonly WatchedState[] = [
  ...["unhealthy", "failed", "restart-loop", "oom", "host-down", "disk-full"] as const,
];
/** Numbers that a threshold can watch. */
export const METRICS: readonly Metric[] = ["cpu", "memory", "memoryBytes", "network"];
/** Objects that a threshold can watch. */
export const SCOPES: readonly Scope[] = ["container", "stack", "host"];
