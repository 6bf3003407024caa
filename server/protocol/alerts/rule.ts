/** Rules of alerts: the same names on the wire and in `dockstat.yaml`. */
import * as v from "valibot";
import { parseDuration } from "../../duration.ts";
import { described } from "../schema.ts";

/** States that a rule can watch. */
export const WATCHED_STATES = [
  "unhealthy",
  "failed",
  "restart-loop",
  "oom",
  "host-down",
  "disk-full",
] as const;
/** One of {@linkcode WATCHED_STATES}. */
export type WatchedState = (typeof WATCHED_STATES)[number];

/** Numbers that a threshold can watch. */
export const METRICS = ["cpu", "memory", "memoryBytes", "network"] as const;
/** One of {@linkcode METRICS}. */
export type Metric = (typeof METRICS)[number];

/** Objects that a threshold can watch. */
export const SCOPES = ["container", "stack", "host"] as const;
/** One of {@linkcode SCOPES}. */
export type Scope = (typeof SCOPES)[number];

/** Most rules, of the file and stored ones together. */
export const MOST_RULES = 1000;

/** Pattern of the ids of rules and channels. */
export const ALERT_ID = /^[a-z0-9][a-z0-9_-]{0,62}$/;
const ID = "an id of lower-case letters, digits, dashes and underscores, 63 at most";

/** Id of a rule or a channel. */
export const alertId = v.pipe(v.string(ID), v.regex(ALERT_ID, ID));

const NAME = "a name of 1 to 100 characters";
/** Name of a rule or a channel. */
export const alertName = v.pipe(v.string(NAME), v.minLength(1, NAME), v.maxLength(100, NAME));

/** A duration within bounds, as a text. */
export function durationText(
  leastMs: number,
  mostMs: number,
  expected: string,
): v.GenericSchema<string> {
  return v.pipe(
    v.string(expected),
    v.check((text) => {
      const ms = parseDuration(text);
      return ms !== undefined && ms >= leastMs && ms <= mostMs;
    }, expected),
  );
}

const DAY_MS = 86_400_000;
const WITHIN = "a duration from 10s to 1d, such as 10m";
const within = durationText(10_000, DAY_MS, WITHIN);
const COUNT = "a whole number from 1 to 1000";
const count = v.pipe(v.number(COUNT), v.integer(COUNT), v.minValue(1, COUNT), v.maxValue(1000, COUNT));
const PERCENT = "a number from 1 to 100";
const percent = v.pipe(v.number(PERCENT), v.minValue(1, PERCENT), v.maxValue(100, PERCENT));
const ABOVE = "a number of 0 or more";
const above = v.pipe(v.number(ABOVE), v.finite(ABOVE), v.minValue(0, ABOVE));
const PATTERN = "a pattern of 1 to 256 characters";

const kindIs = <K extends string>(kind: K) => v.literal(kind, `"${kind}"`);

/** Conditions of rules, by kind. */
export const RuleWhen = v.variant("kind", [
  v.strictObject({
    kind: kindIs("state"),
    state: v.picklist(WATCHED_STATES, `one of ${WATCHED_STATES.join(", ")}`),
    count: described(v.optional(count), "Restarts that make a restart-loop; 3 unless set."),
    within: described(v.optional(within), "Time in which they are counted; 10m unless set."),
    percent: described(v.optional(percent), "Used space that makes a disk full; 90 unless set."),
  }),
  v.strictObject({
    kind: kindIs("threshold"),
    metric: described(
      v.picklist(METRICS, `one of ${METRICS.join(", ")}`),
      "cpu: percent of one core. memory: percent of the limit. memoryBytes: bytes. network: bytes per second.",
    ),
    above,
    scope: described(
      v.optional(v.picklist(SCOPES, `one of ${SCOPES.join(", ")}`)),
      "Each container unless set, the sum of a stack, or the host's machine.",
    ),
  }),
  v.strictObject({ kind: kindIs("absence") }),
  v.strictObject({
    kind: kindIs("log"),
    pattern: described(
      v.pipe(v.string(PATTERN), v.minLength(1, PATTERN), v.maxLength(256, PATTERN)),
      "In the syntax of RE2.",
    ),
    case: v.optional(v.boolean("true or false")),
    count: described(v.optional(count), "Matching lines that fire the rule; 1 unless set."),
    within: described(v.optional(within), "Time in which they are counted; 1m unless set."),
  }),
  v.strictObject({ kind: kindIs("image") }),
], "one of state, threshold, absence, log, image");
/** A condition in the shape of {@linkcode RuleWhen}. */
export type RuleWhen = Readonly<v.InferOutput<typeof RuleWhen>>;

const TEXT = "a text of 1 to 255 characters";
const text = v.optional(v.pipe(v.string(TEXT), v.minLength(1, TEXT), v.maxLength(255, TEXT)));

/** Objects that a rule applies to; a missing key matches all, and `*` in a value matches any text. */
export const RuleMatch = v.strictObject({
  host: text,
  project: text,
  service: text,
  container: text,
  label: described(text, "A label's name, or NAME=VALUE."),
}, "the keys host, project, service, container and label");
/** A selection in the shape of {@linkcode RuleMatch}. */
export type RuleMatch = Readonly<v.InferOutput<typeof RuleMatch>>;

const CLOCK = 'a time such as "22:00"';
const clock = v.pipe(v.string(CLOCK), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, CLOCK));
const ZONE = 'the name of a time zone such as "Europe/Berlin"';

/** Hours in which alarms wait, in a named time zone. */
export const QuietHours = v.strictObject({
  from: clock,
  to: clock,
  zone: v.pipe(v.string(ZONE), v.maxLength(64, ZONE), v.check(isZone, ZONE)),
}, "the keys from, to and zone");
/** Hours in the shape of {@linkcode QuietHours}. */
export type QuietHours = Readonly<v.InferOutput<typeof QuietHours>>;

const HEAL = "a whole number from 1 to 10";

/** A rule as a client or the file writes it. */
export const RuleDraft = v.strictObject({
  id: described(v.optional(alertId), "Derived from the name if missing."),
  name: alertName,
  when: RuleWhen,
  for: described(
    v.optional(durationText(0, DAY_MS, "a duration from 0s to 1d, such as 5m")),
    "Time for which the condition must hold before the alarm, and be over before the recovery; 0s unless set.",
  ),
  match: v.optional(RuleMatch),
  deliver: described(
    v.optional(v.pipe(v.array(alertId, "a list of ids of channels"), v.maxLength(20, "20 channels at most"))),
    "Ids of channels.",
  ),
  quiet: v.optional(v.nullable(QuietHours)),
  enabled: v.optional(v.boolean("true or false")),
  repeat: described(
    v.optional(v.nullable(durationText(60_000, 7 * DAY_MS, "a duration from 1m to 7d, such as 4h"))),
    "Time after which the alarm is sent again until it is acknowledged; never unless set.",
  ),
  heal: described(
    v.optional(v.nullable(v.strictObject({
      restarts: v.pipe(v.number(HEAL), v.integer(HEAL), v.minValue(1, HEAL), v.maxValue(10, HEAL)),
    }, "the key restarts"))),
    "Restarts the container, at most this many times an hour; off unless set.",
  ),
  source: described(v.optional(v.picklist(["file", "stored"])), "Ignored."),
  problem: described(v.optional(v.nullable(v.string())), "Ignored."),
}, "a rule with the keys name and when");
/** A rule in the shape of {@linkcode RuleDraft}. */
export type RuleDraft = Readonly<v.InferOutput<typeof RuleDraft>>;

/** A rule with all of its keys. */
export const Rule = v.strictObject({
  id: alertId,
  name: alertName,
  when: RuleWhen,
  for: v.string(),
  match: RuleMatch,
  deliver: v.array(alertId),
  quiet: v.nullable(QuietHours),
  enabled: v.boolean(),
  repeat: v.nullable(v.string()),
  heal: v.nullable(v.strictObject({ restarts: v.number() })),
  source: described(v.picklist(["file", "stored"]), "Rules of the file cannot be changed by requests."),
  problem: described(v.nullable(v.string()), "Reason why the rule cannot be evaluated; `null` if it can."),
});
/** A rule in the shape of {@linkcode Rule}. */
export type Rule = Readonly<v.InferOutput<typeof Rule>>;

function isZone(zone: string): boolean {
  // Offsets are accepted by the runtime, but know no daylight saving time.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
