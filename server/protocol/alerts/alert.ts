/** Alerts, firing and past. */
import * as v from "valibot";
import { count, described, time } from "../schema.ts";
import { alertId, alertName, durationText, METRICS } from "./rule.ts";

/** States of an alert; only the last one is final. */
export const ALERT_STATES = ["firing", "acknowledged", "silenced", "unknown", "resolved"] as const;
/** One of {@linkcode ALERT_STATES}. */
export type AlertState = (typeof ALERT_STATES)[number];

const text = v.nullable(v.string());

/** One alert. */
export const Alert = v.strictObject({
  id: described(v.string(), "Same in all messages about the alert."),
  rule: v.strictObject({ id: alertId, name: alertName }),
  kind: v.picklist(["state", "threshold", "absence", "log", "image"]),
  state: described(
    v.picklist(ALERT_STATES),
    "unknown: its host cannot be read. resolved: the condition is over.",
  ),
  since: time,
  endedAt: v.nullable(time),
  hostId: text,
  containerId: text,
  name: described(text, "Name of the container, stack or host."),
  project: text,
  service: text,
  reason: described(v.string(), "A sentence about the cause."),
  value: described(v.nullable(v.number()), "Newest value of a threshold or a disk."),
  limit: v.nullable(v.number()),
  metric: described(v.nullable(v.picklist(METRICS)), "Number of a threshold."),
  memoryTotalBytes: described(
    v.nullable(v.number()),
    "Memory that corresponds to 100 % on the curve, for memoryBytes.",
  ),
  unit: described(text, "percent, bytes or bytes/s."),
  line: described(text, "The first matching line of a log; hidden without the token."),
  count: described(count, "Number of matching lines, restarts or returns of the condition."),
  acknowledgedAt: v.nullable(time),
  silencedUntil: v.nullable(time),
  sent: described(v.boolean(), "True once an alarm was sent; its recovery is then sent too."),
  curve: described(text, "Path of `GET /history` for the time around the start; `null` for a stack."),
  page: described(v.string(), "Fragment of the dashboard page about the alert."),
  log: described(text, "Fragment of the page with the container's log at that time."),
});
/** An alert in the shape of {@linkcode Alert}. */
export type Alert = Readonly<v.InferOutput<typeof Alert>>;

/** The answer of `GET /alerts`. */
export const AlertPage = v.strictObject({
  alerts: described(v.array(Alert), "Alerts that have not ended, then past ones; each newest first."),
  next: described(text, "Value of `next` for the page of older past alerts; `null` on the last page."),
});
/** A page in the shape of {@linkcode AlertPage}. */
export type AlertPage = Readonly<v.InferOutput<typeof AlertPage>>;

/** The body of `POST /alerts/{id}/silence`. */
export const SilenceRequest = v.strictObject({
  for: described(
    durationText(60_000, 30 * 86_400_000, "a duration from 1m to 30d, such as 2h"),
    "Time in which only the recovery is sent.",
  ),
}, "the key for");
