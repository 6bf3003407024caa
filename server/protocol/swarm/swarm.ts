/** The answer of `GET /swarm/{hostId}`, and the bodies of changes of services. */
import * as v from "valibot";
import { count, described, finite } from "../schema.ts";
import { Operation } from "../operations.ts";
import { composeText, envText } from "../stack_requests.ts";

const text = v.nullable(v.string());

/** A node of a swarm. */
export const SwarmNode = v.strictObject({
  id: v.string(),
  name: described(v.string(), "Name of the machine."),
  role: described(v.string(), "`manager` or `worker`."),
  leader: v.boolean(),
  availability: described(v.string(), "`active`, `pause` or `drain`."),
  state: described(v.string(), "`ready`, `down` or another state of the engine."),
  address: text,
  engine: described(text, "Version of the engine."),
  cpus: v.nullable(finite),
  memoryBytes: v.nullable(finite),
});

/** A service of a swarm. */
export const SwarmService = v.strictObject({
  id: v.string(),
  name: v.string(),
  stack: text,
  image: v.string(),
  mode: described(v.string(), "`replicated`, `global`, or that of a job."),
  running: described(count, "Tasks that run and are wanted."),
  wanted: count,
  update: described(
    v.nullable(v.strictObject({ state: v.string(), message: v.string() })),
    "State of the newest update; `null` without one.",
  ),
  canRollBack: described(v.boolean(), "True with an earlier definition."),
});

/** A task of a service. */
export const SwarmTask = v.strictObject({
  id: v.string(),
  serviceId: v.string(),
  name: described(v.string(), "Service and slot, or for a global service the node."),
  nodeId: text,
  state: v.string(),
  wanted: described(v.string(), "The state that the manager wants, such as `running` or `shutdown`."),
  since: text,
  error: text,
  containerId: text,
  hostId: described(text, "Id of the host that has its container, or had it; null while none is known."),
});

/** A stack of a swarm. */
export const SwarmStack = v.strictObject({
  name: v.string(),
  services: count,
  running: count,
  wanted: count,
  managed: described(v.boolean(), "True when DockStat has deployed it and stores its texts."),
});

/** A swarm as one of its managers knows it. */
export const Swarm = v.strictObject({
  id: described(v.string(), "Id of the swarm, which all its managers share."),
  hostId: v.string(),
  nodes: v.array(SwarmNode),
  stacks: v.array(SwarmStack),
  services: v.array(SwarmService),
  tasks: described(v.array(SwarmTask), "Newest first within a service, 5000 at most."),
  operations: described(
    v.array(Operation),
    "Operations through any of its managers, 10 at most: running ones first, then the newest.",
  ),
});

/** Objects in the shapes of the schemas. */
export type Swarm = Readonly<v.InferOutput<typeof Swarm>>;
/** A node in the shape of {@linkcode SwarmNode}. */
export type SwarmNode = Readonly<v.InferOutput<typeof SwarmNode>>;
/** A service in the shape of {@linkcode SwarmService}. */
export type SwarmService = Readonly<v.InferOutput<typeof SwarmService>>;
/** A task in the shape of {@linkcode SwarmTask}. */
export type SwarmTask = Readonly<v.InferOutput<typeof SwarmTask>>;
/** A stack in the shape of {@linkcode SwarmStack}. */
export type SwarmStack = Readonly<v.InferOutput<typeof SwarmStack>>;

const REPLICAS = "a whole number from 0 to 10000";

/** The body of `POST /swarm/{hostId}/services/{id}/scale`. */
export const SwarmScale = v.strictObject({
  replicas: v.pipe(
    v.number(REPLICAS),
    v.integer(REPLICAS),
    v.minValue(0, REPLICAS),
    v.maxValue(10_000, REPLICAS),
  ),
}, "an object with the key replicas");

const AVAILABILITIES = ["active", "pause", "drain"] as const;

/** Readiness of a node for tasks; a drained node runs none. */
export type Availability = (typeof AVAILABILITIES)[number];

/** The body of `POST /swarm/{hostId}/nodes/{id}/availability`. */
export const SwarmAvailability = v.strictObject({
  availability: v.picklist(AVAILABILITIES, '"active", "pause" or "drain"'),
}, "an object with the key availability");

/** The body of `PUT /swarm/{hostId}/stacks/{name}`. */
export const SwarmStackDraft = v.strictObject({
  compose: composeText,
  env: v.optional(described(envText, "Values of the variables of the compose text.")),
}, "an object with the key compose");

/** A body in the shape of {@linkcode SwarmStackDraft}. */
export type SwarmStackDraft = Readonly<v.InferOutput<typeof SwarmStackDraft>>;

const versionKeys = {
  version: described(count, "Number of the version, from 1."),
  deployed_at: described(v.string(), "Time of its newest deployment, ISO 8601."),
};

/** The texts of a stack that DockStat has deployed to a swarm. */
export const SwarmStackTexts = v.strictObject({
  name: v.string(),
  compose: v.string(),
  env: v.string(),
  ...versionKeys,
  versions: described(v.array(v.strictObject(versionKeys)), "The stored versions, newest first, 20 at most."),
});

/** An answer in the shape of {@linkcode SwarmStackTexts}. */
export type SwarmStackTexts = Readonly<v.InferOutput<typeof SwarmStackTexts>>;
