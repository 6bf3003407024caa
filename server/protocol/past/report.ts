/** The report of a time span: what restarted, failed, grew, or ran out of something. */
import * as v from "valibot";
import { count, described, finite, time } from "../schema.ts";

/** Kinds of findings. */
export const FINDING_KINDS = [
  ...["restart", "exit", "unhealthy", "operation", "outage", "oom"] as const,
  ...["memory", "disk"] as const,
] as const;
/** One of {@linkcode FINDING_KINDS}. */
export type FindingKind = (typeof FINDING_KINDS)[number];

const percent = v.nullable(finite);

/** One finding: everything of one kind about one container, host or operation. */
export const Finding = v.strictObject({
  kind: v.picklist(FINDING_KINDS),
  hostId: v.string(),
  name: described(v.nullable(v.string()), "Of the container or the operation's target; `null` for the host."),
  project: v.nullable(v.string()),
  service: v.nullable(v.string()),
  count: described(count, "Number of times; of samples for `memory` and `disk`."),
  first: described(time, "Time of the first one."),
  last: described(time, "Time of the last one."),
  exitCode: described(v.nullable(count), "Of the last exit or operation."),
  durationMs: described(v.nullable(count), "Of all outages together, ms."),
  from: described(percent, "Percent at the start; only for what grew."),
  to: described(percent, "Percent at the end, or the highest for what ran out."),
  action: described(v.nullable(v.string()), "Of the operations, such as deploying."),
  message: described(v.nullable(v.string()), "Of the last one; hidden without the token."),
});
/** A finding in the shape of {@linkcode Finding}. */
export type Finding = Readonly<v.InferOutput<typeof Finding>>;

/** The answer of `GET /report`. */
export const Report = v.strictObject({
  since: time,
  until: time,
  restarted: v.array(Finding),
  failed: described(v.array(Finding), "Exits with an error, failed health checks and operations, outages."),
  grew: described(v.array(Finding), "Memory of containers and hosts, disks of hosts."),
  ranOut: described(v.array(Finding), "OOM kills, and memory or disks that were almost full."),
  complete: described(v.boolean(), "False without the token: findings of the history are then left out."),
});
/** A report in the shape of {@linkcode Report}. */
export type Report = Readonly<v.InferOutput<typeof Report>>;
