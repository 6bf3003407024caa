/** What is said of stacks: the events of `/stacks`, the answers, and the requests; `docs/protocol.md` in prose. */
import * as v from "valibot";
import { described, InputIssue } from "./protocol.ts";

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

const id = v.pipe(v.number(), v.integer(), v.minValue(0));
const time = described(v.string(), "ISO 8601, UTC.");
/** Whose event it is: a stack's, or with `stack_id: null` that of a project that DockStat did not create. */
const whose = {
  stack_id: described(v.nullable(id), "`null` for a project that DockStat did not create."),
  project: v.optional(described(v.string(), "The name of a project that DockStat did not create.")),
};
const told = { ...whose, action: v.picklist(STACK_ACTIONS), message: v.string(), timestamp: time };
const seq = v.optional(described(id, "The number of the event, one growing over all; only with `since`."));

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
});
/** An operation in the shape of {@linkcode Operation}. */
export type Operation = Readonly<v.InferOutput<typeof Operation>>;

/** One container of a service, or a service that has none: then all but the name is `null`. */
export const StackService = v.strictObject({
  name: v.string(),
  state: v.nullable(v.string()),
  health: v.nullable(v.string()),
  exitCode: v.nullable(v.pipe(v.number(), v.integer())),
  containerId: v.nullable(v.string()),
});
/** A service in the shape of {@linkcode StackService}. */
export type StackService = Readonly<v.InferOutput<typeof StackService>>;

/** One stack; the ids and the times of a project that DockStat did not create are `null`. */
export const Stack = v.strictObject({
  stack_id: whose.stack_id,
  name: v.string(),
  hostId: v.string(),
  status: v.picklist(STACK_STATUSES),
  managed: described(v.boolean(), "False for a project that DockStat did not create."),
  services: v.array(StackService),
  operation: described(v.nullable(Operation), "The operation that is queued or running."),
  created_at: v.nullable(time),
  updated_at: v.nullable(time),
});
/** A stack in the shape of {@linkcode Stack}. */
export type Stack = Readonly<Omit<v.InferOutput<typeof Stack>, "services">> & {
  readonly services: readonly StackService[];
};

const warnings = described(v.array(InputIssue), "What will probably not do what was meant.");

/** A stack that was made or changed. */
export const SavedStack = v.strictObject({ ...Stack.entries, warnings });
/** A stack in the shape of {@linkcode SavedStack}. */
export type SavedStack = Stack & { readonly warnings: readonly v.InferOutput<typeof InputIssue>[] };

/** What a stack is made of, byte for byte as it is kept. */
export const StackFiles = v.strictObject({ compose: v.string(), env: v.string() });
/** Texts in the shape of {@linkcode StackFiles}. */
export type StackFiles = Readonly<v.InferOutput<typeof StackFiles>>;

/** Texts that Compose takes; the services by name. */
export const ValidatedStack = v.strictObject({
  valid: v.literal(true),
  services: v.array(v.string()),
  warnings,
});

/** An operation that was begun. */
export const StartedOperation = v.strictObject({ ...whose, operation_id: id });
/** An operation in the shape of {@linkcode StartedOperation}. */
export type StartedOperation = Readonly<v.InferOutput<typeof StartedOperation>>;

/** An operation with the last of what was said of it, oldest first. */
export const OperationWithMessages = v.strictObject({ ...Operation.entries, messages: v.array(v.string()) });
/** An operation in the shape of {@linkcode OperationWithMessages}. */
export type OperationWithMessages = Operation & { readonly messages: readonly string[] };

/** What a stack may be called. */
export const STACK_NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;
const NAME =
  "a name of lower-case letters, digits, dashes and underscores, 63 at most, that begins with a letter or digit";
const text = (what: string) =>
  v.pipe(v.string(what), v.check((value) => value.isWellFormed(), "well-formed Unicode"));
const compose = text("the text of a compose file");
const env = text("the text of a .env file");
const flag = v.boolean("true or false");
const hostId = v.pipe(v.string("the id of a host"), v.minLength(1, "the id of a host"));

/** The body of `POST /stacks`. */
export const NewStack = v.strictObject({
  name: v.pipe(v.string(NAME), v.regex(STACK_NAME, NAME)),
  compose,
  env: v.optional(env),
  hostId: v.optional(hostId),
  deploy: v.optional(flag),
});
/** The body of `PUT /stacks/{id}`. */
export const StackChange = v.strictObject({
  compose: v.optional(compose),
  env: v.optional(env),
  deploy: v.optional(flag),
});
/** The body of `POST /stacks/validate`. */
export const StackDraft = v.strictObject({
  compose,
  env: v.optional(env),
  hostId: v.optional(hostId),
  stack_id: v.optional(
    described(
      v.number("the id of a stack"),
      "The stack that the texts are to be of; then its host counts, and what it has itself is not in its way.",
    ),
  ),
});
/** The body of `POST /stacks/adopt`. */
export const Adoption = v.strictObject({
  project: v.pipe(v.string("the name of a Compose project"), v.regex(STACK_NAME, NAME)),
  hostId,
});
