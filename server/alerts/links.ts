/** Pure: links to the dashboard, built from ids only. */
import type { Subject } from "./engine/subject.ts";

/** Links of an alert. */
export interface AlertLinks {
  readonly page: string;
  readonly log: string | null;
}

/** Returns the fragments of the dashboard pages about an alert. */
export function hrefOf({ hostId, containerId, began }: Subject & { readonly began: number }): AlertLinks {
  if (hostId === null || containerId === null) return { page: "#/alerts", log: null };
  const container = `${encodeURIComponent(hostId)}/${encodeURIComponent(containerId)}`;
  return {
    page: `#/containers/${container}`,
    log: `#/containers/${container}/logs/${new Date(began).toISOString()}_0`,
  };
}
