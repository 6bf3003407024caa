/** Writes the past of the demo: 24 hours of samples and events, in memory only. */
import { type SimulatedContainer, simulatedContainer } from "../docker/simulated/simulated_containers.ts";
import { pause } from "../duration.ts";
import type { RecordedHistory } from "../history/recorded_history.ts";
import type { EventStore } from "../store/past/event_store.ts";
import { pastEvents } from "./events.ts";
import { incidentsBefore, PAST_MS } from "./incidents.ts";
import { pastSamples } from "./samples.ts";

/** Containers of a simulated host. */
export interface DemoHost {
  readonly id: string;
  readonly containers: number;
  readonly seed: number;
}

/** Places of the past. */
export interface DemoStores {
  readonly recorded: RecordedHistory;
  readonly events: EventStore;
}

/** Number of containers with a past, so that a large demo starts as fast as a small one. */
const MOST_CONTAINERS = 50;
/** Time between two samples, the resolutions that they are added to, and the time that they cover. Times in ms. */
const STEPS = [
  { stepMs: 1000, tiers: [0], spanMs: 3_600_000 },
  { stepMs: 10_000, tiers: [1, 2, 3], spanMs: PAST_MS },
];
/** Time that is written at once, ms. */
const SLICE_MS = 6 * 3_600_000;

/** Writes the events at once, and the samples in steps between which others run. */
export async function writePast(
  { id: hostId, containers, seed }: DemoHost,
  { recorded, events }: DemoStores,
  now: number,
  signal: AbortSignal,
): Promise<void> {
  const incidents = incidentsBefore(now);
  const count = Math.min(Math.max(containers - 1, 1), MOST_CONTAINERS);
  const cast = Array.from({ length: count }, (_, index) => simulatedContainer(seed, index, now));
  events.write({
    events: pastEvents(hostId, cast.map(({ container }) => container), incidents),
    ...{ containers: [], hosts: [] },
  }, now);
  for (const [index, member] of cast.entries()) {
    if (!runs(member)) continue;
    for (const { stepMs, tiers, spanMs } of STEPS) {
      for (let from = now - Math.min(spanMs, recorded.keepMs); from < now; from += SLICE_MS) {
        if (signal.aborted) return;
        const span = { from, to: Math.min(from + SLICE_MS, now), now };
        recorded.addPast(
          hostId,
          member.container,
          tiers,
          pastSamples(member, { index, incidents, stepMs, ...span }),
        );
        await pause(0, signal);
      }
    }
  }
}

function runs({ container: { state } }: SimulatedContainer): boolean {
  return state === "running";
}
