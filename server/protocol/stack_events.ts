/** Events of `/stacks`. */
import * as v from "valibot";
import { described, id, time } from "./schema.ts";

/** What an operation does, as events name it. */
export const STACK_ACTIONS = [
  "deploying",
  "starting",
  "stopping",
  "restarting",
  "pulling",
  "updating",
  "removing",
] as const;

/** One of {@linkcode STACK_ACTIONS}. */
export type StackAction = (typeof STACK_ACTIONS)[number];

/** How a stack is: what was done to it last, or what its containers have done on their own since. */
export const STACK_STATUSES = [
  "pending",
  "deployed",
  "started",
  "stopped",
  "restarted",
  "pulled",
  "updated",
  "cancelled",
  "running",
  "degraded",
  "exited",
] as const;

/** One of {@linkcode STACK_STATUSES}. */
export type StackStatus = (typeof STACK_STATUSES)[number];

/** Whose event it is: a stack's, or with `stack_id: null` that of a project that DockStat did not create. */
export const whose = {
  stack_id: described(v.nullable(id), "`null` for a project that DockStat did not create."),
  project: v.optional(described(v.string(), "The name of a project that DockStat did not create.")),
};

export const told = { ...whose, action: v.picklist(STACK_ACTIONS), message: v.string(), timestamp: time };

export const seq = v.optional(
  described(id, "The number of the event, one growing over all; only with `since`."),
);

/** An event of `/stacks`; `seq` only for who asked with `since`. */
export const StackEvent = v.variant("type", [
  v.strictObject({
    type: v.literal("stack-status"),
    data: v.strictObject({ ...whose, status: v.picklist(STACK_STATUSES), message: v.string() }),
    seq,
  }),
  v.strictObject({
    type: v.literal("stack-progress"),
    data: v.strictObject(told),
    seq,
  }),
  v.strictObject({ type: v.literal("stack-error"), data: v.strictObject(told), seq }),
  v.strictObject({
    type: v.literal("stack-removed"),
    data: v.strictObject({ ...whose, message: v.string() }),
    seq,
  }),
]);

/** An event in the shape of {@linkcode StackEvent}. */
export type StackEvent = Readonly<v.InferOutput<typeof StackEvent>>;
