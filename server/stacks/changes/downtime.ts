/** Pure: the time in which a recreated service does not run. */
import type { PlannedService } from "../../protocol/stacks.ts";
import type { DetailedStackEvent } from "../../protocol/stack_events.ts";

/** Time that Compose waits for a container to stop, unless the service sets another, s. */
const GRACE_SECONDS = 10;
/** Units of a duration in a compose file, s. */
const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 1e-6, ns: 1e-9 };

/**
 * Measures the recreations of containers in the events of a deployment, from `Recreate` to `Started`, in seconds.
 *
 * @param events Events of one operation, oldest first.
 */
export function measuredDowntimes(events: readonly DetailedStackEvent[]): ReadonlyMap<string, number> {
  const begun = new Map<string, number>();
  const found = new Map<string, number>();
  for (const event of events) {
    if (event.type !== "stack-progress" || event.data.resource?.kind !== "container") continue;
    const { resource: { name }, verb, timestamp } = event.data;
    const at = Date.parse(timestamp);
    if (verb === "Recreate") begun.set(name, at);
    const start = begun.get(name);
    if (verb === "Started" && start !== undefined) found.set(name, Math.max(at - start, 0) / 1000);
  }
  return found;
}

/**
 * Estimates the downtime of a service: as long as its containers took the last time, or the time in which they must
 * stop.
 *
 * @param gracePeriod `stop_grace_period` as Compose resolved it, such as "1m30s".
 */
export function downtimeOf(
  containers: readonly string[],
  measured: ReadonlyMap<string, number>,
  gracePeriod: string | undefined,
): NonNullable<PlannedService["downtime"]> {
  const times = containers.flatMap((name) => measured.get(name) ?? []);
  if (times.length > 0) return { seconds: Math.max(...times), measured: true };
  return { seconds: secondsOf(gracePeriod) ?? GRACE_SECONDS, measured: false };
}

function secondsOf(duration: string | undefined): number | undefined {
  const parts = [...(duration ?? "").matchAll(/(\d+(?:\.\d+)?)(ms|us|ns|h|m|s)/g)];
  return parts.length === 0
    ? undefined
    : parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit!]!, 0);
}
