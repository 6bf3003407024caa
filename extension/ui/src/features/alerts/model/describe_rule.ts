/** Pure: rules in words. */
import type { Rule } from "../../../../../../server/protocol/alerts/rule.ts";
import { METRIC_LABELS, WATCHED_LABELS } from "./labels.ts";

/** Returns the condition of a rule as a sentence without a full stop. */
export function describeRule({ when, for: hold, match }: Pick<Rule, "when" | "for" | "match">): string {
  const parts = [condition(when), ...hold === "0s" ? [] : [`for ${hold}`], scope(match)];
  return parts.filter((part) => part !== "").join(" · ");
}

function condition(when: Rule["when"]): string {
  switch (when.kind) {
    case "state":
      return WATCHED_LABELS[when.state];
    case "threshold":
      return `${METRIC_LABELS[when.metric]} above ${when.above}${
        when.scope === undefined ? "" : `, ${when.scope}`
      }`;
    case "absence":
      return "Should be running but is not";
    case "log":
      return `Log matches ${when.pattern}`;
    case "image":
      return "New image";
  }
}

function scope(match: Rule["match"]): string {
  return Object.entries(match).map(([key, value]) => `${key} ${value}`).join(", ");
}
