/** Pure: rules in words. */
import type { Rule } from "../../../../../../server/protocol/alerts/rule.ts";
import { formatBytes } from "../../../lib/format.ts";
import { LIMIT_LABELS, WATCHED_LABELS } from "./labels.ts";
import { isInBytes } from "./limits.ts";

/** Returns the condition of a rule as a sentence without a full stop. */
export function describeRule({ when, for: hold, match }: Pick<Rule, "when" | "for" | "match">): string {
  const parts = [condition(when), ...hold === "0s" ? [] : [`for ${hold}`], scope(match)];
  return parts.filter((part) => part !== "").join(" · ");
}

function condition(when: Rule["when"]): string {
  switch (when.kind) {
    case "state":
      return WATCHED_LABELS[when.state];
    case "threshold": {
      const { metric, above, scope } = when;
      const [name, unit] = LIMIT_LABELS[metric];
      const limit = isInBytes(metric) ? formatBytes(above) : above;
      return `${name} above ${limit}${unit}${scope === undefined ? "" : `, ${scope}`}`;
    }
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
