/** Operations on stacks and projects. */
import * as v from "valibot";
import { described, id, time } from "./schema.ts";
import { STACK_ACTIONS, whose } from "./stack_events.ts";

/** The states of an operation; all but the first two are ends. */
export const OPERATION_STATES = [
  "queued",
  "running",
  "succeeded",
  "failed",
  "cancelled",
  "interrupted",
] as const;

/** One of {@linkcode OPERATION_STATES}. */
export type OperationState = (typeof OPERATION_STATES)[number];

/** One operation; times are ISO 8601. */
export const Operation = v.strictObject({
  operation_id: id,
  stack_id: whose.stack_id,
  project: v.string(),
  hostId: v.string(),
  action: v.picklist(STACK_ACTIONS),
  state: v.picklist(OPERATION_STATES),
  created_at: time,
  started_at: v.nullable(time),
  ended_at: v.nullable(time),
  exit_code: described(
    v.nullable(v.pipe(v.number(), v.integer())),
    "What Compose exited with; `null` until it has.",
  ),
  error: described(v.nullable(v.string()), "Why it failed; `null` when it did not."),
  kept: v.optional(
    described(
      v.array(v.string()),
      "Of a removal that succeeded: paths of the stack that DockStat did not write and did not delete, 100 at most.",
    ),
  ),
});

/** An operation in the shape of {@linkcode Operation}. */
export type Operation = Readonly<v.InferOutput<typeof Operation>>;

/** An operation that was begun. */
export const StartedOperation = v.strictObject({ ...whose, operation_id: id });

/** An operation in the shape of {@linkcode StartedOperation}. */
export type StartedOperation = Readonly<v.InferOutput<typeof StartedOperation>>;

/** An operation with the last of what was said of it, oldest first. */
export const OperationWithMessages = v.strictObject({ ...Operation.entries, messages: v.array(v.string()) });

/** An operation in the shape of {@linkcode OperationWithMessages}. */
export type OperationWithMessages = Operation & { readonly messages: readonly string[] };
