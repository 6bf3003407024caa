/** Options of the timeline, of kept samples and of the audit journal. */
import { AUDIT_ACTIONS, TIMELINE_KINDS } from "../protocol/past/timeline.ts";
import { container, host, ID, MOMENT, type OptionDocs, project, STATS_OPTIONS } from "./options.ts";

const PAST: OptionDocs = {
  since: { description: "Start at this time, or this long ago.", schema: MOMENT, example: "12h" },
  until: {
    description: "End before this time, or this long ago.",
    schema: MOMENT,
    example: "2036-08-01T12:00:00Z",
  },
  tail: {
    description: "Largest number of items.",
    schema: { type: "integer", minimum: 1, maximum: 1000 },
    example: "100",
  },
  after: {
    description: "Only items that were stored after the one with this id, the oldest first.",
    schema: ID,
    example: "0",
  },
};

/** Filters of the timeline. */
export const EVENT_FILTERS: OptionDocs = {
  container: { ...container, repeatable: true, max: 100 },
  host: { ...host, repeatable: true, max: 100 },
  stack: { description: "Id of a stack.", schema: ID, example: "12", repeatable: true, max: 100 },
  project: { ...project, description: "Compose project.", repeatable: true, max: 100 },
  kind: {
    description: "Kind of event.",
    schema: { type: "string", enum: [...TIMELINE_KINDS] },
    example: "exit",
    repeatable: true,
    max: 100,
  },
  ...PAST,
  next: {
    description: "The page before an earlier one, from its next.",
    schema: { type: "string", pattern: "^\\d{1,16}_\\d{1,15}$" },
    example: "1767225600000_12",
  },
};

/** Options of kept samples. */
export const HISTORY_OPTIONS: OptionDocs = {
  container: EVENT_FILTERS["container"]!,
  host: EVENT_FILTERS["host"]!,
  stack: EVENT_FILTERS["stack"]!,
  kind: {
    description: "Only containers or only hosts; both by default.",
    schema: { type: "string", enum: ["container", "host"] },
    example: "host",
  },
  since: {
    ...PAST["since"]!,
    description: "Start at this time, or this long ago; 10m by default.",
    example: "10m",
  },
  until: { ...PAST["until"]!, description: "End before this time, or this long ago; now by default." },
  points: {
    ...STATS_OPTIONS["points"]!,
    description: "Largest number of rows of a container or host; 1000 by default.",
  },
};

/** Options of the report. */
export const REPORT_OPTIONS: OptionDocs = {
  host: EVENT_FILTERS["host"]!,
  since: {
    ...PAST["since"]!,
    description: "Start at this time, or this long ago; 12h by default, 30d at most.",
  },
  until: HISTORY_OPTIONS["until"]!,
};

/** Filters of the audit journal. */
export const AUDIT_FILTERS: OptionDocs = {
  action: {
    description: "Kind of entry.",
    schema: { type: "string", enum: [...AUDIT_ACTIONS] },
    example: "sign-in",
    repeatable: true,
    max: 100,
  },
  ...PAST,
  next: { description: "The page before an earlier one, from its next.", schema: ID, example: "12" },
};

/** Options of the list of alerts. */
export const ALERT_OPTIONS: OptionDocs = {
  tail: { ...PAST["tail"]!, description: "Number of past alerts, 1 to 1000; 100 by default." },
  next: {
    description: "The page of past alerts before an earlier one, from its next.",
    schema: { type: "string", pattern: "^\\d{1,15}_[0-9a-f-]{36}$" },
    example: "1767225600000_3f0c9a54-6c1e-4b0a-9a51-0d7c6f1f2a11",
  },
};
