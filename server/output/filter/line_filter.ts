/** Filters the lines of one container's output. */
import type { OutputLine } from "../../docker/demux.ts";
import { continues, levelOf, withoutCommands } from "./level.ts";
import type { OutputLevel } from "./level_names.ts";
import type { Pattern } from "./pattern.ts";
import { searchTime, SLICE_MS } from "./time_share.ts";

/** The lines that a client wants. */
export interface LineCriteria {
  readonly match?: Pattern | undefined;
  readonly exclude?: Pattern | undefined;
  /** Levels, with `none` for lines that state none; all lines if `undefined`. */
  readonly levels?: ReadonlySet<OutputLevel | "none"> | undefined;
  /** The only stream to show; both if `undefined`. */
  readonly stream?: OutputLine["stream"] | undefined;
  /** Number of lines shown before and after each match. */
  readonly context: number;
}

/** Lines and characters that are filtered before the clock is read, which costs as much as a short line. */
const [STEP_LINES, STEP_CHARACTERS] = [32, 1000];
/** Largest amount of kept lines before a match, characters. */
const MOST_KEPT = 1024 * 1024;

/** A filter with the state of one output: the lines before, and the level that they share. */
export class LineFilter<T> {
  readonly #before: { readonly item: T; readonly length: number }[] = [];
  #beforeLength = 0;
  /** Number of lines that still follow the newest match. */
  #after = 0;
  /** Level of the newest line of each stream. */
  readonly #levels = new Map<OutputLine["stream"], OutputLevel | undefined>();

  /**
   * @param lineOf Returns the line of an item; items without one pass.
   * @param onFound Called with each item that meets the criteria, without its context.
   */
  constructor(
    readonly criteria: LineCriteria,
    readonly lineOf: (item: T) => Pick<OutputLine, "message" | "stream"> | undefined,
    readonly onFound: (item: T) => void = () => {},
  ) {}

  /** Returns the items to show, in order. Long work is done in pieces, between which other clients are served. */
  async pass(items: readonly T[], signal: AbortSignal): Promise<readonly T[]> {
    const found: T[] = [];
    for (let at = 0; at < items.length && !signal.aborted;) {
      at = await searchTime.run(() => this.#passSlice(items, at, found), signal);
    }
    return found;
  }

  #passSlice(items: readonly T[], from: number, found: T[]): number {
    const end = performance.now() + SLICE_MS;
    let at = from;
    while (at < items.length && (at === from || performance.now() < end)) {
      const until = Math.min(at + STEP_LINES, items.length);
      for (let characters = 0; at < until && characters < STEP_CHARACTERS;) {
        characters += this.#passOne(items[at++]!, found);
      }
    }
    return at;
  }

  /** Returns the number of characters that it has filtered. */
  #passOne(item: T, found: T[]): number {
    const line = this.lineOf(item);
    if (line === undefined || this.#isWanted(line)) {
      this.onFound(item);
      found.push(...this.#before.splice(0).map(({ item }) => item), item);
      this.#beforeLength = 0;
      if (line !== undefined) this.#after = this.criteria.context;
    } else if (this.#after > 0) {
      this.#after--;
      found.push(item);
    } else if (this.criteria.context > 0) this.#keep(item, line.message.length);
    return line?.message.length ?? 0;
  }

  /** Keeps a line for a match that may follow. */
  #keep(item: T, length: number): void {
    this.#before.push({ item, length });
    this.#beforeLength += length;
    while (this.#before.length > this.criteria.context || this.#beforeLength > MOST_KEPT) {
      this.#beforeLength -= this.#before.shift()?.length ?? this.#beforeLength;
    }
  }

  /** Returns the level of a line; a line that continues another one has the same. */
  #levelOf({ message, stream }: Pick<OutputLine, "message" | "stream">): OutputLevel | undefined {
    const level = levelOf(message) ?? (continues(message) ? this.#levels.get(stream) : undefined);
    this.#levels.set(stream, level);
    return level;
  }

  #isWanted(line: Pick<OutputLine, "message" | "stream">): boolean {
    const { match, exclude, levels, stream } = this.criteria;
    if (stream !== undefined && line.stream !== stream) return false;
    if (levels !== undefined && !levels.has(this.#levelOf(line) ?? "none")) return false;
    if (match === undefined && exclude === undefined) return true;
    const text = withoutCommands(line.message);
    return match?.(text) !== false && exclude?.(text) !== true;
  }
}
