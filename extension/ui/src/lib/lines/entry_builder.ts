/** Groups lines into entries, one line at a time. */
import type { Entry, Line } from "./line.ts";
import type { Level } from "./level.ts";
import { lineLevel } from "./line_level.ts";
import { firstPart, nextPart, type OpenEntry } from "./trace.ts";

/** Largest number of lines of an entry. */
const MOST_LINES = 2000;
/** Largest number of entries of other containers before which a late line is inserted. */
const FARTHEST = 200;

interface Open extends OpenEntry {
  /** Id of the entry. */
  readonly id: number;
  /** Epoch ms of its last line. */
  readonly at: number;
}

/** Groups lines into {@linkcode Entry}s, oldest first. */
export class EntryBuilder {
  /** All entries; changed in place. */
  readonly entries: Entry[] = [];
  /** Newest entry of each stream of each source. */
  readonly #open = new Map<string, Open>();

  /** Adds a line: to the newest entry of its stream that it continues, or as an entry. */
  add(line: Line): void {
    const { source = "", stream = "" } = line;
    const key = `${source} ${stream}`;
    const open = line.note ? undefined : this.#open.get(key);
    const at = Date.parse(line.timestamp);
    let stated: { readonly level: Level | undefined } | undefined;
    const level = () => (stated ??= { level: line.level ?? lineLevel(line.text) }).level;
    if (open !== undefined && open.count < MOST_LINES) {
      const part = nextPart(open, line.text, level, Number.isNaN(at) ? 0 : at - open.at);
      const index = part === undefined ? -1 : this.#find(open.id);
      if (index >= 0) {
        this.#open.set(key, { ...open, part: part!, count: open.count + 1, at });
        return this.#extend(index, line, part !== "none");
      }
    }
    if (line.note) return void this.entries.push({ id: line.id, head: line, rest: [], level: undefined, at });
    const part = firstPart(line.text);
    const own = level();
    this.#insert({
      id: line.id,
      head: line,
      rest: [],
      level: own ?? (isCrash(part) ? "error" : undefined),
      at,
    });
    this.#open.set(key, { id: line.id, part, level: own, count: 1, isClosed: /^[\s{]/.test(line.text), at });
  }

  /** Removes entries, for example the oldest. */
  remove(start: number, count: number): readonly Entry[] {
    return this.entries.splice(start, count);
  }

  /** The last lines of a trace may arrive after lines of other streams. */
  #find(id: number): number {
    const { entries } = this;
    for (let index = entries.length - 1; index >= 0 && index >= entries.length - FARTHEST; index--) {
      if (entries[index]!.id === id) return index;
    }
    return -1;
  }

  #extend(index: number, line: Line, isTrace: boolean): void {
    const entry = this.entries[index]!;
    const level = entry.level ?? (isTrace ? "error" : undefined);
    this.entries[index] = { ...entry, rest: [...entry.rest, line], level };
  }

  /** Inserts an entry before later ones of other containers, since a merged log is ordered by time. */
  #insert(entry: Entry): void {
    const { source, timestamp } = entry.head;
    let index = this.entries.length;
    for (let steps = 0; index > 0 && steps < FARTHEST; index--, steps++) {
      const { head } = this.entries[index - 1]!;
      if (head.note || head.source === source || head.timestamp <= timestamp || timestamp === "") break;
    }
    this.entries.splice(index, 0, entry);
  }
}

/** Returns true for a part that only the report of a crash begins with. */
function isCrash(part: OpenEntry["part"]): boolean {
  return part === "go" || part === "python";
}
