/** Pure: labels of hosts. */
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";

/** Returns the labels of all hosts as `name=value`, sorted. */
export function labelsOf(reports: Iterable<HostReport>): readonly string[] {
  return [...new Set([...reports].flatMap(({ labels }) => labelTexts(labels)))].sort();
}

/** Returns labels as `name=value`. */
export function labelTexts(labels: HostReport["labels"]): readonly string[] {
  return Object.entries(labels).map(([name, value]) => `${name}=${value}`);
}

/** Returns the hosts that have a label, as `name=value`; the same hosts if there is no such label. */
export function withLabel<Hosts extends ReadonlyMap<string, HostReport> | undefined>(
  hosts: Hosts,
  label: string | null,
): Hosts | ReadonlyMap<string, HostReport> {
  if (hosts === undefined || label === null) return hosts;
  const found = [...hosts].filter(([, { labels }]) => labelTexts(labels).includes(label));
  // The label of an old address may be gone.
  return found.length === 0 ? hosts : new Map(found);
}
