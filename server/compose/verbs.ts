/** The verbs of Compose 2, whose progress has no states: `pkg/progress/event.go` and `pkg/compose/pull.go` of its source. */

import type { ResourceState } from "../protocol/stack_events.ts";

/** A verb of one to three words, in contrast to a sentence. */
export const VERB = /^[A-Z][A-Za-z]*( [A-Za-z]+){0,2}$/;

const DONE =
  /^(Built|Copied|Created|Done|Exists|Exited|Exported|Healthy|Killed|Pulled|Pushed|Recreated|Removed|Restarted|Running|Skipped|Started|Stopped|Pull complete|Already exists|Download complete|Image is up to date.*|Downloaded newer image.*)$/;
const WARNING = /^(Warning|Interrupted|Resource is still in use|No resource found.*)$/;
const WORKING = /^([A-Z][a-z]+ing\b.*|Recreate)$/;
const ERROR = /^Error\b/;

/** Returns the state that a text of Compose 2 represents, `undefined` for an unknown text. */
export function stateOfVerb(text: string): ResourceState | undefined {
  if (DONE.test(text)) return "done";
  if (WARNING.test(text)) return "warning";
  if (ERROR.test(text)) return "error";
  return WORKING.test(text) ? "working" : undefined;
}
