/** Pure: the hosts that match a filter, and their sums. */
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { labelTexts } from "../overview/host_labels.ts";
import { allHosts, type HostFacts } from "../overview/host_facts.ts";

/** A host with its numbers. */
export interface HostRow {
  readonly report: HostReport;
  readonly facts: HostFacts;
}

/** Returns the hosts that have a label and match a search; unreachable ones come first. */
export function matching(
  rows: readonly HostRow[],
  label: string | null,
  search: string,
): readonly HostRow[] {
  const terms = search.toLowerCase().split(/\s+/);
  const matches = ({ report: { hostId, url, engine, labels } }: HostRow) => {
    const texts = labelTexts(labels);
    const all = [hostId, url, engine ?? "", ...texts].join(" ").toLowerCase();
    return (label === null || texts.includes(label)) && terms.every((term) => all.includes(term));
  };
  const rank = ({ report }: HostRow) => report.state === "down" ? 0 : 1;
  return rows.filter(matches).toSorted((one, other) => rank(one) - rank(other));
}

/** Returns the sum of hosts. */
export function sumOf(rows: readonly HostRow[]): HostFacts {
  return allHosts(rows.map(({ facts }) => facts), "");
}

/** Parses labels such as `site=home, rack=2`; `undefined` for a text that is not a list of labels. */
export function parseLabels(text: string): Readonly<Record<string, string>> | undefined {
  const pairs = text.split(",").map((part) => part.trim()).filter((part) => part !== "");
  const parsed = pairs.map((pair) => /^([^=]+)=(.+)$/.exec(pair)?.slice(1, 3).map((part) => part.trim()));
  if (parsed.some((pair) => pair === undefined || pair.includes(""))) return undefined;
  return Object.fromEntries(parsed.filter((pair) => pair !== undefined));
}
