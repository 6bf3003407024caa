/** Pure: rules that are stored at the first start, without a delivery, and rules with all of their keys. */
import type { Channel, ChannelDraft } from "../protocol/alerts/channel.ts";
import type { Rule, RuleDraft } from "../protocol/alerts/rule.ts";

/** The rules of a new installation. */
export const DEFAULT_RULES: readonly (RuleDraft & { readonly id: string })[] = [
  { id: "unhealthy", name: "Unhealthy container", when: { kind: "state", state: "unhealthy" }, for: "1m" },
  { id: "failed", name: "Failed container", when: { kind: "state", state: "failed" }, for: "10s" },
  { id: "restart-loop", name: "Restart loop", when: { kind: "state", state: "restart-loop" } },
  { id: "out-of-memory", name: "Out of memory", when: { kind: "state", state: "oom" } },
  { id: "host-down", name: "Host down", when: { kind: "state", state: "host-down" }, for: "30s" },
  { id: "disk-full", name: "Disk full", when: { kind: "state", state: "disk-full" }, for: "5m" },
];

/** Fills in what a rule leaves out. */
export function completeRule(draft: RuleDraft, id: string, source: Rule["source"]): Rule {
  return {
    id,
    name: draft.name,
    when: draft.when,
    for: draft.for ?? "0s",
    match: draft.match ?? {},
    deliver: [...new Set(draft.deliver ?? [])],
    quiet: draft.quiet ?? null,
    enabled: draft.enabled ?? true,
    repeat: draft.repeat ?? null,
    heal: draft.heal ?? null,
    source,
    problem: problemOf(draft),
  };
}

/** Fills in what a channel leaves out. */
export function completeChannel(draft: ChannelDraft, id: string, source: Channel["source"]): Channel {
  return { ...draft, id, source };
}

/** Returns the reason why a rule cannot be evaluated; `null` if it can. */
function problemOf({ when, match = {} }: RuleDraft): string | null {
  if (when.kind === "threshold" && when.scope === "stack" && when.metric === "memory") {
    return "Containers of a stack have different limits. Use memoryBytes";
  }
  const isAboutHosts = when.kind === "state" && (when.state === "host-down" || when.state === "disk-full") ||
    when.kind === "threshold" && when.scope === "host";
  const namesContainers = [match.project, match.service, match.container, match.label].some((key) =>
    key !== undefined
  );
  if (isAboutHosts && namesContainers) return "A rule about hosts can only match a host";
  if (when.kind === "absence" && !namesContainers) {
    return "A rule about absence must match a container or a service";
  }
  return null;
}
