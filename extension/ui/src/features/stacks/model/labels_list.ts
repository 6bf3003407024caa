/** Texts of the list of stacks. */
import type { OperationState } from "../../../../../../server/protocol/operations.ts";
import type { StackAction } from "../../../../../../server/protocol/stack_events.ts";
import { ACTION_LABELS, OPERATION_MARKS } from "./labels.ts";

/** Texts of the list of stacks. */
export const LIST_LABELS = {
  title: "Stacks",
  filter: "Filter stacks",
  newStack: "New stack",
  loading: "Loading stacks",
  notLoaded: "Cannot load the stacks",
  retry: "Retry",
  noMatches: "No matching stacks",
  noMatchesFor: (query: string) => `Nothing matches “${query}”.`,
  noStacks: "No stacks yet",
  noStacksHint: "Paste a compose.yaml to deploy one.",
  projects: "Other Compose projects",
  projectsHint: "Started outside DockStat. Adopt a project to edit and deploy it here; it keeps running.",
  simulatedHint: "Simulated projects cannot be changed.",
  unknown: "Unknown",
  pendingChanges: "Changes not deployed",
  seeStackPage: "See the stack page",
} as const;

/** Column headings of the list of stacks. */
export const LIST_COLUMNS = {
  name: "Name",
  status: "Status",
  services: "Services",
  host: "Host",
  activity: "Activity",
  actions: "Actions",
} as const;

/** Returns the label of a running operation, such as "Deploying, 4 s"; without a duration it is queued. */
export function activityLabel(action: StackAction, duration: string | undefined): string {
  const { verb, doing } = ACTION_LABELS[action];
  return duration === undefined ? `${verb} queued` : `${doing}, ${duration}`;
}

/** Returns the label of an operation that has ended, such as "Deployed, 12:04:31" or "Deploy failed, 12:04:31". */
export function lastActivityLabel(action: StackAction, state: OperationState, time: string): string {
  const { verb, done } = ACTION_LABELS[action];
  return `${state === "succeeded" ? done : `${verb} ${OPERATION_MARKS[state].word.toLowerCase()}`}, ${time}`;
}
