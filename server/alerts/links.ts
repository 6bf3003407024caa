/** Pure: links to the dashboard, built from ids only. */
import type { Rule } from "../protocol/alerts/rule.ts";
import type { Subject } from "./engine/subject.ts";

/** Links of an alert. */
export interface AlertLinks {
  readonly page: string;
  readonly log: string | null;
}

/** Parts of an alert that its links are built from. */
export interface LinkedAlert extends Subject {
  readonly kind: Rule["when"]["kind"];
  /** Epoch ms. */
  readonly began: number;
}

/** Returns the fragments of the dashboard pages about an alert. */
export function hrefOf({ hostId, containerId, kind, project, began }: LinkedAlert): AlertLinks {
  if (hostId === null || containerId === null) {
    // A rule about absence names its host by a pattern.
    const isHost = hostId !== null && project === null && kind !== "absence";
    return { page: isHost ? `#/hosts?q=${encodeURIComponent(hostId)}` : "#/alerts", log: null };
  }
  const container = `${encodeURIComponent(hostId)}/${encodeURIComponent(containerId)}`;
  return {
    page: `#/containers/${container}`,
    log: `#/containers/${container}/logs/${new Date(began).toISOString()}_0`,
  };
}
