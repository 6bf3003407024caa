/** The newest lines of DockStat's own log, for those who look at it from afar. */
import { DropOldest, Hub, type Subscription } from "../hub.ts";
import { LEVEL_NAMES, type LevelName, type LogMessage } from "../protocol/log.ts";

/** How many lines a slow reader may be behind. */
const LONGEST_QUEUE = 2000;

/** Whether a level is another one or above it. */
export function isAtLeast(level: LevelName, least: LevelName): boolean {
  return LEVEL_NAMES.indexOf(level) >= LEVEL_NAMES.indexOf(least);
}

/** A bounded memory of lines, and a hub for those to come. */
export class LogLines {
  readonly #lines: LogMessage[] = [];
  readonly #hub = new Hub<LogMessage>();
  #dropped = 0;

  /** @param most How many lines are kept. */
  constructor(readonly most: number) {}

  /** How many lines slow readers were told that they have lost. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Keeps a line and tells it to whoever listens. */
  add(line: LogMessage): void {
    this.#lines.push(line);
    // Cut now and then, not at each line: moving the rest costs as much as the rest is long.
    if (this.#lines.length >= this.most * 2) this.#lines.splice(0, this.#lines.length - this.most);
    this.#hub.publish([line]);
  }

  /** The newest lines of a level and above, oldest first. */
  tail(count: number, level: LevelName): readonly LogMessage[] {
    const kept = this.#lines.slice(-this.most).filter((line) => isAtLeast(line.level, level));
    return count === 0 ? [] : kept.slice(-count);
  }

  /** The lines from now on; a reader that is too slow loses the oldest and is told how many. */
  subscribe(signal: AbortSignal, notice: (dropped: number) => LogMessage): Subscription<LogMessage> {
    const counted = (dropped: number) => {
      this.#dropped += dropped;
      return notice(dropped);
    };
    return this.#hub.subscribe(new DropOldest(LONGEST_QUEUE, counted), signal);
  }
}
