/** The timeline of containers and hosts, and the audit journal. */
import * as v from "valibot";
import { count, described, id, time } from "../schema.ts";

/** Kinds of events. */
export const TIMELINE_KINDS = [
  ...["create", "start", "restart", "exit", "oom", "health", "pause", "unpause"] as const,
  ...["rename", "limits", "remove", "deploy", "operation", "outage", "return"] as const,
] as const;
/** One of {@linkcode TIMELINE_KINDS}. */
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

const text = v.nullable(v.string());

/** One event of the timeline. */
export const TimelineEvent = v.strictObject({
  id,
  timestamp: described(v.string(), "ISO 8601, UTC, by DockStat's clock."),
  hostId: v.string(),
  kind: v.picklist(TIMELINE_KINDS),
  containerId: text,
  name: described(text, "Of the container, or of the target of an operation."),
  project: text,
  stack_id: v.nullable(id),
  service: text,
  exitCode: described(v.nullable(count), "`null` when it is unknown."),
  count: described(
    v.pipe(count, v.minValue(1)),
    "Number of restarts and ends since the last reading, when DockStat noticed several at once; otherwise 1.",
  ),
  state: described(text, "Health, or the result of an operation."),
  action: described(text, "Of an operation."),
  operation_id: v.nullable(id),
  message: described(text, "Output of a health check, or a reason; `null` without the token."),
  late: described(v.boolean(), "DockStat noticed it later, for example after it was started again."),
  hasLog: described(v.boolean(), "`GET /events/{id}/log` has the last lines of the container."),
});
/** An event in the shape of {@linkcode TimelineEvent}. */
export type TimelineEvent = Readonly<v.InferOutput<typeof TimelineEvent>>;

/** The answer of `GET /events`. */
export const TimelinePage = v.strictObject({
  events: described(v.array(TimelineEvent), "Oldest first."),
  next: described(text, "Value of `next` for the page of older events; `null` on the last page."),
});
/** A page in the shape of {@linkcode TimelinePage}. */
export type TimelinePage = Readonly<v.InferOutput<typeof TimelinePage>>;

/** Actions of the audit journal. */
export const AUDIT_ACTIONS = [
  ...[
    "sign-in",
    "sign-out",
    "wrong-token",
    "rotate-token",
    "reveal-secrets",
    "read-texts",
    "remove",
    "prune",
  ] as const,
  ...["change-limits", "save-stack", "save-file", "adopt-stack", "accept-files", "restore-version"] as const,
  ...["terminal", "change-settings", "add-host", "test-host", "remove-host", "send-test"] as const,
] as const;
/** One of {@linkcode AUDIT_ACTIONS}. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** One entry of the audit journal. */
export const AuditEntry = v.strictObject({
  id,
  timestamp: time,
  action: v.picklist(AUDIT_ACTIONS),
  target: described(
    v.string(),
    "Path of the request, without its query; of a terminal its container, user and program.",
  ),
  status: described(
    v.pipe(v.number(), v.integer()),
    "HTTP status of the answer; 101 when a terminal was opened, 200 when it ended.",
  ),
  actor: described(
    v.string(),
    "`token`, `session` and the start of its id, `ticket`, `socket`, `file` for a replaced token file, or `none`.",
  ),
  address: described(v.string(), "Address of the client."),
});
/** An entry in the shape of {@linkcode AuditEntry}. */
export type AuditEntry = Readonly<v.InferOutput<typeof AuditEntry>>;

/** The answer of `GET /audit`. */
export const AuditPage = v.strictObject({
  entries: described(v.array(AuditEntry), "Oldest first."),
  next: described(text, "Value of `next` for the page of older entries; `null` on the last page."),
});
/** A page in the shape of {@linkcode AuditPage}. */
export type AuditPage = Readonly<v.InferOutput<typeof AuditPage>>;
