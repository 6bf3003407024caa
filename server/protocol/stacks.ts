/** Stacks and services, the answers of `GET /stacks`. */
import * as v from "valibot";
import { count, described, finite, id, time } from "./schema.ts";
import { InputIssue } from "./problem.ts";
import { StackGit } from "./git/stack_git.ts";
import { owner, STACK_ACTIONS, STACK_STATES } from "./stack_events.ts";
import { Operation, OPERATION_STATES, OperationWithMessages } from "./operations.ts";

/** A published port of a container. */
export const ServicePort = v.strictObject({
  hostAddress: described(v.string(), "Address on the host; empty, 0.0.0.0 or :: for all."),
  public: described(count, "Port on the host."),
  private: described(count, "Port in the container."),
  protocol: v.string(),
});

/** A port in the shape of {@linkcode ServicePort}. */
export type ServicePort = Readonly<v.InferOutput<typeof ServicePort>>;

/** One container of a service. */
export const ServiceContainer = v.strictObject({
  id: v.string(),
  name: v.string(),
  image: described(v.string(), "As docker ps shows it."),
  ports: described(v.array(ServicePort), "Published ports."),
  state: v.string(),
  health: v.nullable(v.string()),
  exitCode: described(
    v.nullable(v.pipe(v.number(), v.integer())),
    "`null` while it runs or before its first start.",
  ),
  number: described(v.nullable(count), "The number within the service; `null` if Compose did not set one."),
});

/** A container in the shape of {@linkcode ServiceContainer}. */
export type ServiceContainer = Readonly<Omit<v.InferOutput<typeof ServiceContainer>, "ports">> & {
  readonly ports: readonly ServicePort[];
};

/** One service; state, health, exit code and id are those of its container in the worst state, `null` without one. */
export const StackService = v.strictObject({
  name: v.string(),
  state: v.nullable(v.string()),
  health: v.nullable(v.string()),
  exitCode: v.nullable(v.pipe(v.number(), v.integer())),
  containerId: v.nullable(v.string()),
  replicas: described(count, "The number of running containers."),
  wanted: described(
    count,
    "The number of containers that the compose file asks for; 0 for a service that it does not have or whose profile is off.",
  ),
  containers: v.array(ServiceContainer),
});

/** A service in the shape of {@linkcode StackService}. */
export type StackService = Readonly<Omit<v.InferOutput<typeof StackService>, "containers">> & {
  readonly containers: readonly ServiceContainer[];
};

/** One stack; ids and times are `null` for a project that DockStat did not create. */
export const Stack = v.strictObject({
  stack_id: owner.stack_id,
  name: v.string(),
  hostId: v.string(),
  status: described(v.picklist(STACK_STATES), "The state of its containers."),
  pending_changes: described(v.boolean(), "True if the stored texts are not what was deployed last."),
  managed: described(v.boolean(), "False for a project that DockStat did not create."),
  services: v.array(StackService),
  operation: described(v.nullable(Operation), "The queued or running operation."),
  last_operation: described(
    v.nullable(v.strictObject({
      operation_id: id,
      action: v.picklist(STACK_ACTIONS),
      state: v.picklist(OPERATION_STATES),
      ended_at: time,
    })),
    "The operation that ended last; `null` before the first.",
  ),
  hidden: described(
    v.optional(v.literal(true)),
    "Only for a stack without containers, if all its services have the label `dockstat.hide=true`.",
  ),
  created_at: v.nullable(time),
  updated_at: v.nullable(time),
  git: v.optional(described(StackGit, "Only of one stack that comes from Git, not in lists.")),
});

/** A stack in the shape of {@linkcode Stack}. */
export type Stack = Readonly<Omit<v.InferOutput<typeof Stack>, "services" | "git">> & {
  readonly services: readonly StackService[];
  readonly git?: StackGit;
};

const warnings = described(v.array(InputIssue), "Likely mistakes; reported, never refused.");

/** A stack that was created or changed. */
export const SavedStack = v.strictObject({
  ...Stack.entries,
  operation: described(
    v.nullable(v.union([Operation, OperationWithMessages])),
    "The queued or running operation; with wait=1 the finished one, `null` if nothing was deployed.",
  ),
  warnings,
});

/** A stack in the shape of {@linkcode SavedStack}. */
export type SavedStack = Stack & { readonly warnings: readonly v.InferOutput<typeof InputIssue>[] };

/** Changes of the first deployment after an adoption. */
export const AdoptionPreview = v.strictObject({
  warnings: described(
    v.array(v.strictObject({ service: v.string(), message: v.string() })),
    "The services that a deployment would change, and how.",
  ),
});

/** Changes in the shape of {@linkcode AdoptionPreview}. */
export type AdoptionPreview = Readonly<v.InferOutput<typeof AdoptionPreview>>;

/** A stack that was adopted. */
export const AdoptedStack = v.strictObject({ ...Stack.entries, ...AdoptionPreview.entries });

/** A stack in the shape of {@linkcode AdoptedStack}. */
export type AdoptedStack = Stack & AdoptionPreview;

/** The texts of a stack, byte for byte as stored. */
export const StackFiles = v.strictObject({
  compose: v.string(),
  env: v.string(),
  git_env: v.optional(
    described(v.string(), "The `.env` of the repository; values in `env` override it."),
  ),
});

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

/** The changes of a service; `unknown` where nothing shows what would happen. */
export const CHANGE_ACTIONS = [
  "create",
  "recreate",
  "start",
  "remove",
  "unchanged",
  "unknown",
] as const;

/** One of {@linkcode CHANGE_ACTIONS}. */
export type ChangeAction = (typeof CHANGE_ACTIONS)[number];

/** The change of one service. */
export const PlannedChange = v.strictObject({
  service: v.string(),
  action: described(
    v.picklist(CHANGE_ACTIONS),
    "What happens to its containers; `unknown` where DockStat cannot tell.",
  ),
  reasons: described(v.array(v.string()), "Why, such as image or environment (DB_PASSWORD)."),
  containers: described(v.array(v.string()), "Names of the containers that exist now."),
});

/** A change in the shape of {@linkcode PlannedChange}. */
export type PlannedChange = Readonly<Omit<v.InferOutput<typeof PlannedChange>, "reasons" | "containers">> & {
  readonly reasons: readonly string[];
  readonly containers: readonly string[];
};

/** A service in a plan. */
export const PlannedService = v.strictObject({
  ...PlannedChange.entries,
  downtime: described(
    v.nullable(v.strictObject({
      seconds: described(finite, "Longest time without the service, s."),
      measured: described(
        v.boolean(),
        "True if measured at the last recreation; false for the time to stop alone, without the start.",
      ),
    })),
    "For a recreated service that runs; `null` for others, and if unknown.",
  ),
});

/** A service in the shape of {@linkcode PlannedService}. */
export type PlannedService = PlannedChange & Pick<Readonly<v.InferOutput<typeof PlannedService>>, "downtime">;

/** Changes of a volume or a network: `unused` is no longer named and stays, `missing` must exist and does not. */
export const RESOURCE_ACTIONS = ["create", "keep", "unused", "missing", "unknown"] as const;

/** Changes of an image: `missing` may not be pulled. */
export const IMAGE_ACTIONS = ["pull", "build", "keep", "missing"] as const;

const resource = v.strictObject({
  name: v.string(),
  action: v.picklist(RESOURCE_ACTIONS),
  reason: v.nullable(v.string()),
});

/** A volume or a network in a plan. */
export type PlannedResource = Readonly<v.InferOutput<typeof resource>>;

/** Everything that a deployment would change. */
export const DeploymentPlan = v.strictObject({
  services: described(v.array(PlannedService), "By name."),
  images: v.array(v.strictObject({
    image: v.string(),
    action: v.picklist(IMAGE_ACTIONS),
    services: v.array(v.string()),
  })),
  volumes: v.array(resource),
  networks: v.array(resource),
  clashes: described(
    v.array(v.strictObject({ service: v.nullable(v.string()), message: v.string() })),
    "Ports and container names that are taken on the host or occur twice.",
  ),
});

/** A plan in the shape of {@linkcode DeploymentPlan}. */
export interface DeploymentPlan {
  readonly services: readonly PlannedService[];
  readonly images: readonly PlannedImage[];
  readonly volumes: readonly PlannedResource[];
  readonly networks: readonly PlannedResource[];
  readonly clashes: readonly { readonly service: string | null; readonly message: string }[];
}

/** An image in a plan. */
export interface PlannedImage {
  readonly image: string;
  readonly action: (typeof IMAGE_ACTIONS)[number];
  readonly services: readonly string[];
}
