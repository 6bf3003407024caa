/** Events of `/stacks`. */
import * as v from "valibot";
import { described, id, time } from "./schema.ts";

/** The actions of operations, as events name them. */
export const STACK_ACTIONS = [
  "deploying",
  "starting",
  "stopping",
  "restarting",
  "pulling",
  "updating",
  "removing",
  "killing",
  "pausing",
  "unpausing",
  "limiting",
  "pruning",
  "executing",
  "building",
  "adopting",
  "rolling back",
  "scaling",
] as const;

/** One of {@linkcode STACK_ACTIONS}. */
export type StackAction = (typeof STACK_ACTIONS)[number];

/** The statuses in events: the result of an action, or the state that containers have reached on their own. */
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
  "killed",
  "paused",
  "unpaused",
  "removed",
] as const;

/** One of {@linkcode STACK_STATUSES}. */
export type StackStatus = (typeof STACK_STATUSES)[number];

/** The states of a stack's containers, as `GET /stacks` returns them. */
export const STACK_STATES = [
  "unknown",
  "never_deployed",
  "created",
  "starting",
  "degraded",
  "running",
  "stopped",
  "exited",
] as const;

/** One of {@linkcode STACK_STATES}. */
export type StackState = (typeof STACK_STATES)[number];

/** The kinds of resources in the progress of an operation; a layer is part of an image, a step part of a build. */
export const RESOURCE_KINDS = [
  "container",
  "image",
  "volume",
  "network",
  "service",
  "secret",
  "config",
  "layer",
  "step",
] as const;

/** One of {@linkcode RESOURCE_KINDS}. */
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** The states of a resource in the progress of an operation. */
export const RESOURCE_STATES = ["working", "done", "warning", "error"] as const;

/** One of {@linkcode RESOURCE_STATES}. */
export type ResourceState = (typeof RESOURCE_STATES)[number];

/** The kinds of things that an operation acts on. */
export const TARGET_KINDS = ["stack", "service", "container", "image", "volume", "network", "host"] as const;

/** The stack of an event, or with `stack_id: null` the project that DockStat did not create. */
export const owner = {
  stack_id: described(v.nullable(id), "`null` for a project that DockStat did not create."),
  project: v.optional(described(v.string(), "The name of a project that DockStat did not create.")),
};

const step = { ...owner, action: v.picklist(STACK_ACTIONS), message: v.string(), timestamp: time };

/** The object that an event or operation is about. */
export const EventTarget = v.strictObject({
  kind: v.picklist(TARGET_KINDS),
  name: v.string(),
  id: v.nullable(v.string()),
});

/** A target in the shape of {@linkcode EventTarget}. */
export type EventTarget = Readonly<v.InferOutput<typeof EventTarget>>;

const seq = v.optional(
  described(id, "The number of the event, increasing across all events; only with `since`."),
);

/** An event of `/stacks`; `seq` only for clients that pass `since`. */
export const StackEvent = v.variant("type", [
  v.strictObject({
    type: v.literal("stack-status"),
    data: v.strictObject({ ...owner, status: v.picklist(STACK_STATUSES), message: v.string() }),
    seq,
  }),
  v.strictObject({ type: v.literal("stack-progress"), data: v.strictObject(step), seq }),
  v.strictObject({ type: v.literal("stack-error"), data: v.strictObject(step), seq }),
  v.strictObject({
    type: v.literal("stack-removed"),
    data: v.strictObject({ ...owner, message: v.string() }),
    seq,
  }),
]);

/** An event in the shape of {@linkcode StackEvent}. */
export type StackEvent = Readonly<v.InferOutput<typeof StackEvent>>;

const bytes = described(v.nullable(v.number()), "Bytes; `null` if unknown.");

/** The resource of a step, its state and how far it is. */
export const StepProgress = v.strictObject({
  resource: described(
    v.nullable(v.strictObject({
      kind: v.picklist(RESOURCE_KINDS),
      name: v.string(),
      parent: described(
        v.nullable(v.string()),
        "The name of the resource that this one is part of; `null` if it is not part of one or this is unknown.",
      ),
    })),
    "`null` for a message about the whole operation.",
  ),
  state: v.picklist(RESOURCE_STATES),
  verb: described(v.nullable(v.string()), "Compose's own, such as Creating."),
  percent: v.nullable(v.number()),
  current: bytes,
  total: bytes,
});

/** The progress of a step in the shape of {@linkcode StepProgress}. */
export type StepProgress = Readonly<v.InferOutput<typeof StepProgress>>;

const detail = {
  stack_id: owner.stack_id,
  host_id: described(v.nullable(v.string()), "`null` in events of versions that did not store it."),
  project: described(v.nullable(v.string()), "`null` in events of versions that did not store it."),
  operation_id: described(v.nullable(id), "`null` for an event outside of an operation."),
  target: v.nullable(EventTarget),
};

const detailedStep = { ...detail, action: step.action, message: step.message, timestamp: step.timestamp };

/** An event of `/stacks` with `detail=full`. */
export const DetailedStackEvent = v.variant("type", [
  v.strictObject({
    type: v.literal("stack-status"),
    data: v.strictObject({
      ...detail,
      status: v.picklist(STACK_STATUSES),
      stack_state: described(
        v.nullable(v.picklist(STACK_STATES)),
        "The status that `GET /stacks` returns; `null` in events of versions that did not store it.",
      ),
      message: v.string(),
    }),
    seq,
  }),
  v.strictObject({
    type: v.literal("stack-progress"),
    data: v.strictObject({ ...detailedStep, ...StepProgress.entries }),
    seq,
  }),
  v.strictObject({ type: v.literal("stack-error"), data: v.strictObject(detailedStep), seq }),
  v.strictObject({
    type: v.literal("stack-removed"),
    data: v.strictObject({ ...detail, message: v.string() }),
    seq,
  }),
]);

/** An event in the shape of {@linkcode DetailedStackEvent}. */
export type DetailedStackEvent = Readonly<v.InferOutput<typeof DetailedStackEvent>>;
