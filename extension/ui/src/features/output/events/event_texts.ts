import type { TimelineEvent } from "../../../../../../server/protocol/past/timeline.ts";
import { capitalize } from "../../../lib/text.ts";

/** Returns the text of a note about an event, such as "Exited with 137". */
export function describeEvent({ kind, exitCode, action, state, count }: TimelineEvent): string {
  const times = count > 1 ? `, ${count} times` : "";
  switch (kind) {
    case "exit":
      return (exitCode === null ? "Ended" : `Exited with ${exitCode}`) + times;
    case "oom":
      return "Out of memory: a process was killed";
    case "restart":
      return `Restarted${times}`;
    case "start":
      return "Started";
    default:
      return `${capitalize(action ?? "deploy")}: ${state ?? "ended"}`;
  }
}
