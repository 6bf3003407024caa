/** Operations on stacks and projects. */
import * as v from "valibot";
import { described, id, time } from "./schema.ts";
import { DetailedStackEvent, EventTarget, owner, STACK_ACTIONS } from "./stack_events.ts";

/** The states of an operation; all but the first two are final. */
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
  stack_id: owner.stack_id,
  project: described(v.nullable(v.string()), "`null` for a container that belongs to no project."),
  hostId: v.string(),
  target: EventTarget,
  swarm: v.optional(described(v.string(), "Id of the swarm, of a change through one of its managers.")),
  action: v.picklist(STACK_ACTIONS),
  state: v.picklist(OPERATION_STATES),
  created_at: time,
  started_at: v.nullable(time),
  ended_at: v.nullable(time),
  exit_code: described(
    v.nullable(v.pipe(v.number(), v.integer())),
    "The exit code of Compose; `null` until it has exited.",
  ),
  error: described(v.nullable(v.string()), "The reason for a failure; `null` if it did not fail."),
  kept: v.optional(
    described(
      v.array(v.string()),
      "Of a removal that succeeded: paths of the stack that DockStat did not write and did not delete, 100 at most.",
    ),
  ),
});

/** An operation in the shape of {@linkcode Operation}. */
export type Operation = Readonly<v.InferOutput<typeof Operation>>;

/** The answer to a request that started an operation. */
export const StartedOperation = v.strictObject({ ...owner, operation_id: id });

/** An answer in the shape of {@linkcode StartedOperation}. */
export type StartedOperation = Readonly<v.InferOutput<typeof StartedOperation>>;

/** An operation with its newest messages and its warnings. */
export const OperationWithMessages = v.strictObject({
  ...Operation.entries,
  messages: described(v.array(v.string()), "The newest 100, oldest first."),
  warnings: described(v.array(v.string()), "The warnings that Compose printed, each once."),
  events: described(v.array(DetailedStackEvent), "The events of `messages`, as with `detail=full&since`."),
});

/** An operation in the shape of {@linkcode OperationWithMessages}. */
export type OperationWithMessages = Operation & {
  readonly messages: readonly string[];
  readonly warnings: readonly string[];
  readonly events: readonly DetailedStackEvent[];
};

/** Causes of failures that DockStat recognizes. */
export const FAILURE_KINDS = [
  "port-in-use",
  "name-in-use",
  "image-not-found",
  "registry-unreachable",
  "authentication",
  "rate-limit",
  "unhealthy",
  "failed-dependency",
  "build-failed",
  "no-space",
  "engine-unreachable",
  "unknown",
] as const;

/** One of {@linkcode FAILURE_KINDS}. */
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** The explanation of a failed operation. */
export const Failure = v.strictObject({
  kind: v.picklist(FAILURE_KINDS),
  cause: described(v.string(), "A sentence."),
  remedy: described(v.string(), "How to fix it; empty if unknown."),
  service: v.nullable(v.string()),
  line: described(v.nullable(v.number()), "Line of the stored compose file, from 1."),
  container: described(
    v.nullable(
      v.strictObject({
        hostId: v.string(),
        id: v.string(),
        name: v.string(),
        project: v.nullable(v.string()),
      }),
    ),
    "The container that holds the port or the name, or that failed.",
  ),
  log: described(v.nullable(v.string()), "Output of the health check that failed."),
});

/** A failure in the shape of {@linkcode Failure}. */
export type Failure = Readonly<v.InferOutput<typeof Failure>>;

/** The output of an operation, besides its progress. */
export const OperationOutput = v.strictObject({
  output: described(v.array(v.string()), "The newest 500 lines of Compose and its builds, oldest first."),
  steps: described(
    v.array(v.strictObject({ name: v.string(), lines: v.array(v.string()) })),
    "The lines of `output` that steps of builds printed, the newest 200 of each step.",
  ),
});

/** Output in the shape of {@linkcode OperationOutput}. */
export type OperationOutput = Readonly<v.InferOutput<typeof OperationOutput>>;
