/** The interface between hold times and what follows from them. */
import type { Subject } from "./subject.ts";
import type { Tracked } from "./tracked.ts";

/** Reactions to alerts. */
export interface TrackerEvents {
  fired(tracked: Tracked): void;
  /** The same alert has new facts. */
  changed(tracked: Tracked): void;
  recovered(tracked: Tracked, why: string): void;
  /** The host of the object cannot be read, or can be read again. */
  unknown(tracked: Tracked, isUnknown: boolean): void;
  /** Reports whether an operation is changing the object, in which case the rule waits. */
  held(subject: Subject): boolean;
  /** Reports whether any operation is under way or has just ended; without one nothing is held. */
  busy(): boolean;
}
