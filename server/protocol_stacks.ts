/** What is said of stacks: the events of `/stacks`, the answers, and the requests; `docs/protocol.md` in prose. */
import * as v from "valibot";

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
const whose = { stack_id: v.nullable(v.number()), project: v.optional(v.string()) };
const told = { ...whose, action: v.picklist(STACK_ACTIONS), message: v.string(), timestamp: v.string() };

/** An event of `/stacks`; `seq` only for who asked with `since`. */
export const StackEvent = v.variant("type", [
  v.strictObject({
    type: v.literal("stack-status"),
    data: v.strictObject({ ...whose, status: v.picklist(STACK_STATUSES), message: v.string() }),
    seq: v.optional(v.number()),
  }),
  v.strictObject({
    type: v.literal("stack-progress"),
    data: v.strictObject(told),
    seq: v.optional(v.number()),
  }),
  v.strictObject({ type: v.literal("stack-error"), data: v.strictObject(told), seq: v.optional(v.number()) }),
  v.strictObject({
    type: v.literal("stack-removed"),
    data: v.strictObject({ ...whose, message: v.string() }),
    seq: v.optional(v.number()),
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
  operation_id: v.number(),
  stack_id: v.nullable(v.number()),
  project: v.string(),
  hostId: v.string(),
  action: v.picklist(STACK_ACTIONS),
  state: v.picklist(OPERATION_STATES),
  created_at: v.string(),
  started_at: v.nullable(v.string()),
  ended_at: v.nullable(v.string()),
  /** What Compose exited with; `null` until it has. */
  exit_code: v.nullable(v.number()),
  /** Why it failed; `null` when it did not. */
  error: v.nullable(v.string()),
});
/** An operation in the shape of {@linkcode Operation}. */
export type Operation = Readonly<v.InferOutput<typeof Operation>>;

/** One container of a service, or a service that has none: then all but the name is `null`. */
export const StackService = v.strictObject({
  name: v.string(),
  state: v.nullable(v.string()),
  health: v.nullable(v.string()),
  exitCode: v.nullable(v.number()),
  containerId: v.nullable(v.string()),
});
/** A service in the shape of {@linkcode StackService}. */
export type StackService = Readonly<v.InferOutput<typeof StackService>>;

/** One stack; the ids and the times of a project that DockStat did not create are `null`. */
export const Stack = v.strictObject({
  stack_id: v.nullable(v.number()),
  name: v.string(),
  hostId: v.string(),
  status: v.picklist(STACK_STATUSES),
  managed: v.boolean(),
  services: v.array(StackService),
  /** The operation that is queued or running. */
  operation: v.nullable(Operation),
  created_at: v.nullable(v.string()),
  updated_at: v.nullable(v.string()),
});
/** A stack in the shape of {@linkcode Stack}. */
export type Stack = Readonly<Omit<v.InferOutput<typeof Stack>, "services">> & {
  readonly services: readonly StackService[];
};

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
export const StackDraft = v.strictObject({ compose, env: v.optional(env), hostId: v.optional(hostId) });
/** The body of `POST /stacks/adopt`. */
export const Adoption = v.strictObject({
  project: v.pipe(v.string("the name of a Compose project"), v.regex(STACK_NAME, NAME)),
  hostId,
});
