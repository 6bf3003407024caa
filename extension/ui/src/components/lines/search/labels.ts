/** Texts of the search of the whole log. */
import type { LogSearchState } from "./log_search.ts";
import { countLines, LABELS } from "../controls/labels.ts";

/** Returns the state of a search, such as "12 matches in 1,000,000 lines". */
export function describeScan({ phase, request, found, scanned }: LogSearchState): string {
  if (phase === "idle") return LABELS.onlyLoaded;
  const lines = countLines(scanned);
  if (request?.query.text === "") return phase === "running" ? `${lines} counted…` : `${lines} counted`;
  const matches = `${found.toLocaleString("en")} ${found === 1 ? "match" : "matches"}`;
  return `${matches} in ${lines}${phase === "running" ? "…" : ""}`;
}
