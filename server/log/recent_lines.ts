/** Newest lines of DockStat's own log, for remote readers. */
import { DropOldest, Hub, type Subscription } from "../hub.ts";
import { LEVEL_NAMES, type LevelName, type LogMessage } from "../protocol/log.ts";

/** Queue length of a slow reader, lines. */
const LONGEST_QUEUE = 2000;

/** Reports whether a level is another one or above it. */
export function isAtLeast(level: LevelName, least: LevelName): boolean {
  return LEVEL_NAMES.indexOf(level) >= LEVEL_NAMES.indexOf(least);
}

/** A bounded list of lines, and a hub for new ones. */
export class LogLines {
  readonly #lines: LogMessage[] = [];
  readonly #hub = new Hub<LogMessage>();
  #dropped = 0;

  /** @param capacity Number of kept lines. */
  constructor(readonly capacity: number) {}

  /** Number of lines dropped for slow readers. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Adds a line and publishes it. */
  add(line: LogMessage): void {
    this.#lines.push(line);
    // Cut at twice the capacity, because moving the rest at each line would be costly.
    if (this.#lines.length >= this.capacity * 2) this.#lines.splice(0, this.#lines.length - this.capacity);
    this.#hub.publish([line]);
  }

  /** Returns the newest lines of a level and above, oldest first. */
  tail(count: number, level: LevelName): readonly LogMessage[] {
    const kept = this.#lines.slice(-this.capacity).filter((line) => isAtLeast(line.level, level));
    return count === 0 ? [] : kept.slice(-count);
  }

  /** Subscribes to new lines; a slow reader loses the oldest and receives their number. */
  subscribe(signal: AbortSignal, notice: (dropped: number) => LogMessage): Subscription<LogMessage> {
    const counted = (dropped: number) => {
      this.#dropped += dropped;
      return notice(dropped);
    };
    return this.#hub.subscribe(new DropOldest(LONGEST_QUEUE, counted), signal);
  }
}
