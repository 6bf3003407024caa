/** Events as a host finds them, and the places for them. */
import type { TimelineKind } from "../protocol/past/timeline.ts";
import type { NewEvent } from "../store/past/event_rows.ts";
import type { KnownContainer, KnownHost } from "../store/past/event_store.ts";

/** An event as a host finds it; the rest is filled in by the timeline. */
export interface FoundEvent extends Pick<NewEvent, "at" | "containerId" | "name" | "project" | "service"> {
  readonly kind: TimelineKind;
  readonly exitCode: number | null;
  readonly state: string | null;
  readonly message: string | null;
  readonly late: boolean;
  readonly count?: number | undefined;
}

/** Places for the results of a host. */
export interface HostRecords {
  record(event: FoundEvent): void;
  /** Stores the facts of a container; `null` for one that was removed. */
  know(id: string, facts: KnownContainer | null): void;
  knowHost(state: KnownHost): void;
  /** Adds the code to an end that was recorded without one around a time (epoch ms by DockStat's clock). */
  completeExit(id: string, at: number, exitCode: number): void;
}

/** Values of an event of the host itself. */
export const HOST_EVENT = {
  ...{ containerId: null, name: null, project: null, service: null },
  ...{ exitCode: null, state: null, message: null, late: false },
} as const;
