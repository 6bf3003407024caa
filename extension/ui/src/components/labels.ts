/** Texts of the shared components. */
import { formatTime } from "../lib/format.ts";
import type { LiveState } from "../lib/live.ts";

/** Texts that the shared components show. */
export const LABELS = {
  cancel: "Cancel",
  clearSearch: "Clear the search",
  copied: "Copied",
  copyFailed: "The browser denied access to the clipboard",
  download: "Download",
  leave: "Leave",
  leaveText: "Unsaved changes will be lost.",
  leaveTitle: "Leave without saving?",
  loading: "Loading",
  nextMatch: "Next match",
  noMatches: "No matches",
  pause: "Pause",
  previousMatch: "Previous match",
  reload: "Reload",
  retry: "Retry",
  searchLines: "Search the lines",
  stay: "Stay",
  unreachable: "Cannot reach DockStat. This view opens when it is back.",
} as const;

/** Note in a list of lines after a reconnect that may have missed some. */
export const MISSING_LINES = "Connection lost, lines may be missing here.";

/** Returns a number with its noun, such as "1,200 lines". */
export function countLines(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "line" : "lines"}`;
}

/** Returns the number of matches and the position of the current one, counted from 0. */
export function describeMatches(found: number, at: number | undefined): string {
  if (found === 0) return LABELS.noMatches;
  return at === undefined ? countLines(found) : `${(at + 1).toLocaleString("en")} of ${countLines(found)}`;
}

/** Returns the number of lines in a list, and of those that it dropped. */
export function describeLines(count: number, dropped: number): string {
  if (dropped === 0) return countLines(count);
  return `Last ${countLines(count)} (${dropped.toLocaleString("en")} older dropped)`;
}

/** Returns the label of the button that follows the end of a list again. */
export function followLabel(missed: number): string {
  if (missed === 0) return "Follow";
  return `Follow, ${missed.toLocaleString("en")} new ${missed === 1 ? "line" : "lines"}`;
}

/** Returns the end of a line that is too long to show. */
export function truncatedLabel(characters: number): string {
  return ` … and ${characters.toLocaleString("en")} more characters in the download`;
}

/** Returns the text of a view that failed to render. */
export function failedView(message: string): string {
  return `This view failed: ${message} The other views still work. To report it, use Diagnostics.`;
}

/** Returns a socket's state, such as "disconnected, last update 12:04:31. Reconnecting in 4 s." */
export function describeLive(state: LiveState, now: number): string {
  const last = state.lastFrameAt === null ? "" : `, last update ${formatTime(state.lastFrameAt, now)}`;
  if (state.phase === "open") return "connected";
  if (state.phase === "connecting") return `connecting${last}`;
  if (state.phase === "refused") return state.why;
  const seconds = Math.max(Math.ceil((state.nextTryAt - now) / 1000), 0);
  return `disconnected${last}. Reconnecting in ${seconds} s.`;
}
