/** Writes the file of a download, line by line. */
import { EntryBuilder } from "../../lib/lines/entry_builder.ts";
import type { Entry } from "../../lib/lines/line.ts";
import type { TimeSpan } from "../../lib/lines/line_filter.ts";
import type { LogArchive } from "../../lib/lines/log_archive.ts";

/** Options of a file. */
export interface FileOptions {
  readonly span: TimeSpan;
  /** Returns the entries to write, of those read. */
  readonly filter: (entries: readonly Entry[]) => readonly Entry[];
  readonly textOf: (entries: readonly Entry[]) => string;
  /** Called with the number of lines read so far. */
  readonly onProgress: (lines: number) => void;
  readonly signal: AbortSignal;
}

/** A file, and whether it ends before the range does. */
export interface LogFile {
  readonly parts: readonly string[];
  readonly isCut: boolean;
}

/** Largest file that the page writes, characters. A file of the server has no limit. */
const MOST_CHARACTERS = 200_000_000;
/** Number of entries that wait for lines that may continue them. */
const PENDING = 50;

/** Reads a range of a log, and returns the lines that pass the filter as text. */
export async function writeLogFile(archive: LogArchive, options: FileOptions): Promise<LogFile> {
  const { span, filter, textOf, onProgress, signal } = options;
  const builder = new EntryBuilder();
  const parts: string[] = [];
  let [id, characters] = [0, 0];
  const write = (entries: readonly Entry[]) => {
    const kept = filter(entries);
    if (kept.length === 0) return;
    parts.push(`${textOf(kept)}\n`);
    characters += parts.at(-1)!.length;
  };
  for await (const lines of archive.read(span, signal)) {
    for (const line of lines) builder.add({ ...line, id: id++ });
    write(builder.remove(0, Math.max(builder.entries.length - PENDING, 0)));
    onProgress(id);
    if (characters > MOST_CHARACTERS) return { parts, isCut: true };
  }
  write(builder.entries);
  return { parts, isCut: false };
}
