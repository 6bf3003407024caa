/** Texts of the shared components. */
import { formatTime } from "../lib/format.ts";
import type { LiveState } from "../lib/live.ts";

/** Texts that the shared components show. */
export const LABELS = {
  newerImage: "Newer image",
  newerImageHelp: "The tag names a newer image. Open the image updates",
  cancel: "Cancel",
  copied: "Copied",
  copyFailed: "The browser denied access to the clipboard",
  leave: "Leave",
  leaveText: "Unsaved changes will be lost.",
  leaveTitle: "Leave without saving?",
  loading: "Loading",
  reload: "Reload",
  retry: "Retry",
  stay: "Stay",
  unreachable: "Cannot reach DockStat. This view opens when it is back.",
} as const;

/** Note in a list of lines after a reconnect that may have missed some. */
export const MISSING_LINES = "Connection lost, lines may be missing here.";

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

/** Texts of the switch for hidden items. */
export const HIDDEN_LABELS = {
  hidden: (count: number) => `${count} hidden`,
  hide: (count: number) => `Hide ${count} again`,
  help: "Hidden by the label dockstat.hide=true",
} as const;
