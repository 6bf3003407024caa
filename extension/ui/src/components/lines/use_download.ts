import { useEffect, useRef, useState } from "react";
import { download } from "../../lib/browser/download.ts";
import type { ExportForm } from "../../lib/lines/line_export.ts";
import type { Entry } from "../../lib/lines/line.ts";
import { filterEntries, type LineFilter } from "../../lib/lines/line_filter.ts";
import { searchedTexts } from "../../lib/lines/line_search.ts";
import {
  allLines,
  type LogArchive,
  NO_QUERY,
  requestOf,
  type SearchRequest,
} from "../../lib/lines/log_archive.ts";
import { FILE_CUT, LABELS } from "./controls/labels.ts";
import { writeLogFile } from "./log_export.ts";
import type { LogModel } from "./use_log_model.ts";
import type { LogState } from "./use_log_state.ts";

/** Lines of a file: those that the page has loaded, or those of the whole log or range. */
export type DownloadScope = "loaded" | "whole";

/** Choice of a file. */
export interface DownloadChoice {
  readonly scope: DownloadScope;
  readonly times: ExportForm["times"];
  /** Applies the filters of the view. */
  readonly isFiltered: boolean;
}

/** Progress of a download. */
export interface DownloadPhase {
  readonly isBusy: boolean;
  /** Number of lines read so far. */
  readonly lines: number;
  /** Result, if it needs an explanation. */
  readonly note: string;
}

/** A download, and its controls. */
export interface DownloadControls {
  readonly phase: DownloadPhase;
  readonly start: (choice: DownloadChoice) => Promise<void>;
  readonly cancel: () => void;
}

const IDLE: DownloadPhase = { isBusy: false, lines: 0, note: "" };
const EVERYTHING = { from: -Infinity, to: Infinity };

/** Saves lines of a log; closing the view cancels the download. */
export function useDownload(state: LogState, fileName: string, archive: LogArchive): DownloadControls {
  const [phase, setPhase] = useState(IDLE);
  const stop = useRef<AbortController>();
  useEffect(() => () => stop.current?.abort(), []);
  const start = async (choice: DownloadChoice) => {
    const { signal } = stop.current = new AbortController();
    setPhase({ ...IDLE, isBusy: true });
    try {
      const note = await save(
        state,
        fileName,
        archive,
        choice,
        signal,
        (lines) => setPhase({ ...IDLE, isBusy: true, lines }),
      );
      if (!signal.aborted) setPhase({ ...IDLE, note });
    } catch (error) {
      if (!signal.aborted) {
        setPhase({ ...IDLE, note: `${LABELS.downloadFailed}: ${(error as Error).message}` });
      }
    }
  };
  const cancel = () => {
    stop.current?.abort();
    setPhase(IDLE);
  };
  return { phase, start, cancel };
}

/** Saves a file, and returns a note about it. */
async function save(
  { model, view, textOf }: LogState,
  fileName: string,
  archive: LogArchive,
  { scope, times, isFiltered }: DownloadChoice,
  signal: AbortSignal,
  onProgress: (lines: number) => void,
): Promise<string> {
  const span = model.filter.span ?? EVERYTHING;
  if (scope === "loaded") {
    download(fileName, `${textOf(isFiltered ? model.shown : view.entries, times)}\n`);
    return "";
  }
  const lines = isFiltered ? shownLines(model) : allLines(model.filter.span);
  const address = await archive.addressOf({ lines, times });
  if (address !== undefined) {
    openAddress(address, fileName);
    return "";
  }
  const filter = (entries: readonly Entry[]) => isFiltered ? filterAll(model, entries) : entries;
  const write = (entries: readonly Entry[]) => textOf(entries, times);
  const { parts, isCut } = await writeLogFile(archive, { span, filter, textOf: write, onProgress, signal });
  signal.throwIfAborted();
  download(fileName, parts);
  return isCut ? FILE_CUT : "";
}

/** Returns the request of the lines that a view shows. */
function shownLines(model: LogModel): SearchRequest {
  return requestOf(model.matchMode.mode === "mark" ? { ...model, query: NO_QUERY } : model);
}

/** Applies the filters of a view to entries that it has not searched. */
function filterAll({ filter, search, matchMode }: LogModel, entries: readonly Entry[]): readonly Entry[] {
  const whole: LineFilter = filter;
  const { matcher } = search;
  const matches = matcher === undefined || matchMode.mode === "mark"
    ? []
    : entries.filter((entry) => searchedTexts(entry, matcher.part).some(matcher.test));
  const found = new Set(matches.map(({ id }) => id));
  return filterEntries(entries, whole, { ...search, found }, matchMode.mode, matchMode.context);
}

function openAddress(address: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
}
