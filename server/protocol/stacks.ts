/** Stacks and services, the answers of `GET /stacks`. */
import * as v from "valibot";
import { described, time } from "./schema.ts";
import { InputIssue } from "./problem.ts";
import { owner, STACK_STATUSES } from "./stack_events.ts";
import { Operation } from "./operations.ts";

/** One container of a service, or a service without containers; then all keys but the name are `null`. */
export const StackService = v.strictObject({
  name: v.string(),
  state: v.nullable(v.string()),
  health: v.nullable(v.string()),
  exitCode: v.nullable(v.pipe(v.number(), v.integer())),
  containerId: v.nullable(v.string()),
});

/** A service in the shape of {@linkcode StackService}. */
export type StackService = Readonly<v.InferOutput<typeof StackService>>;

/** One stack; ids and times are `null` for a project that DockStat did not create. */
export const Stack = v.strictObject({
  stack_id: owner.stack_id,
  name: v.string(),
  hostId: v.string(),
  status: v.picklist(STACK_STATUSES),
  managed: described(v.boolean(), "False for a project that DockStat did not create."),
  services: v.array(StackService),
  operation: described(v.nullable(Operation), "The queued or running operation."),
  created_at: v.nullable(time),
  updated_at: v.nullable(time),
});

/** A stack in the shape of {@linkcode Stack}. */
export type Stack = Readonly<Omit<v.InferOutput<typeof Stack>, "services">> & {
  readonly services: readonly StackService[];
};

const warnings = described(v.array(InputIssue), "Likely mistakes; reported, never refused.");

/** A stack that was created or changed. */
export const SavedStack = v.strictObject({ ...Stack.entries, warnings });

/** A stack in the shape of {@linkcode SavedStack}. */
export type SavedStack = Stack & { readonly warnings: readonly v.InferOutput<typeof InputIssue>[] };

/** The texts of a stack, byte for byte as stored. */
export const StackFiles = v.strictObject({ compose: v.string(), env: v.string() });

/** Texts in the shape of {@linkcode StackFiles}. */
export type StackFiles = Readonly<v.InferOutput<typeof StackFiles>>;

/** Texts that Compose accepts, with the names of their services. */
export const ValidatedStack = v.strictObject({
  valid: v.literal(true),
  services: v.array(v.string()),
  warnings,
});

/** Texts in the shape of {@linkcode ValidatedStack}. */
export type ValidatedStack = Readonly<v.InferOutput<typeof ValidatedStack>>;
