/** Pure: what a tracked condition is about. */
import type { Tracked } from "./condition.ts";

/** Returns a filter for the conditions of a container. */
export function isOf(hostId: string, containerId: string): (tracked: Tracked) => boolean {
  return ({ subject }) => subject.hostId === hostId && subject.containerId === containerId;
}

/** Reports whether a condition is that of a host that cannot be read. */
export function isHostDown({ rule: { when } }: Tracked): boolean {
  return when.kind === "state" && when.state === "host-down";
}
