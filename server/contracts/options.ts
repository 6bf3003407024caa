import { CONTAINER_STATES } from "../protocol/stats.ts";
import { LEVEL_NAMES } from "../protocol/log.ts";
import type { JsonSchema } from "./schemas.ts";

/** An option of a path or of a socket. */
export interface OptionDoc {
  readonly description: string;
  /** Schema of one value. */
  readonly schema: JsonSchema;
  readonly example: string;
  readonly repeatable?: boolean;
  /** Number of values of a repeatable option; any unless set. */
  readonly max?: number;
}

/** Options by name. */
export type OptionDocs = Readonly<Record<string, OptionDoc>>;

/** Id of a stored item. */
export const ID: JsonSchema = { type: "integer", minimum: 0 };
/** The only value of a switch. */
export const ONE: JsonSchema = { type: "string", enum: ["1"] };
/** A switch. */
export const FLAG: JsonSchema = { type: "string", enum: ["1", "0"] };
const DURATION: JsonSchema = { type: "string", pattern: "^\\d{1,6}[smhd]$" };

const detail: OptionDoc = {
  description: "More keys: times, bytes, processes, health and Compose labels.",
  schema: { type: "string", enum: ["full"] },
  example: "full",
};
/** Option that names a host. */
export const host: OptionDoc = {
  description: "Id of a configured host.",
  schema: { type: "string" },
  example: "Localhost",
};
/** Option that names a container. */
export const container: OptionDoc = {
  description: "Name of a container, or the start of its id.",
  schema: { type: "string", pattern: "^/?[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$" },
  example: "web",
};

/** Option that names a Compose project. */
export const project: OptionDoc = {
  description: "All containers of this Compose project; on a socket, also those that are created later.",
  schema: { type: "string", pattern: "^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$" },
  example: "shop",
};

/** Filters of statistics. */
export const STATS_FILTERS: OptionDocs = {
  host: { ...host, repeatable: true, max: 100 },
  container: { ...container, repeatable: true, max: 100 },
  state: {
    description: "Only containers in this state; on a socket, one that leaves it gets a final message.",
    schema: { type: "string", enum: [...CONTAINER_STATES] },
    example: "running",
  },
  detail,
};

/** Further options of the statistics socket. */
export const STATS_OPTIONS: OptionDocs = {
  interval: {
    description:
      "Interval between samples, 100ms to 60s, 1s by default; below 1s for at most ten containers read from the kernel.",
    schema: { type: "string", pattern: "^\\d{1,6}[smh]$|^\\d{1,5}ms$" },
    example: "5s",
  },
  batch: { description: "One frame per tick: an array of the same objects.", schema: ONE, example: "1" },
  hosts: { description: "Also one frame per host and interval: its machine.", schema: ONE, example: "1" },
  history: {
    description:
      "Before the snapshot, one frame per container with the points of this time, up to 30d; more than 10m needs the token.",
    schema: DURATION,
    example: "10m",
  },
  points: {
    description:
      "History frames with mean, minimum and maximum, in the finest resolution with this many rows at most.",
    schema: { type: "integer", minimum: 60, maximum: 2000 },
    example: "600",
  },
};

/** Options of DockStat's own log. */
export const LOG_OPTIONS: OptionDocs = {
  level: {
    description: "This level and above, in upper or lower case.",
    schema: { type: "string", enum: [...LEVEL_NAMES, ...LEVEL_NAMES.map((name) => name.toLowerCase())] },
    example: "WARN",
  },
  tail: {
    description: "Number of newest lines to start with.",
    schema: { type: "integer", minimum: 0, maximum: 100_000 },
    example: "200",
  },
};

/** A time, or a duration before now. */
export const MOMENT = { type: "string", pattern: "^(\\d{4}-\\d\\d-\\d\\dT.+|\\d{1,6}[smhd])$" } as const;

/** Filters of operations. */
export const OPERATION_FILTERS: OptionDocs = {
  stack_id: { description: "Only operations of this stack.", schema: ID, example: "12" },
};

/** Options of stack events. */
export const STACK_EVENT_OPTIONS: OptionDocs = {
  stack_id: { description: "Only this stack.", schema: ID, example: "12" },
  detail: {
    ...detail,
    description:
      "Adds host, project, operation and target, and to progress the resource, its state, verb, percentage and bytes.",
  },
  since: {
    description:
      "Each event carries its number as seq, and all later events are replayed first; 0 replays everything.",
    schema: ID,
    example: "0",
  },
};

/** Time of an operation's answer. */
export const WAIT: OptionDocs = {
  wait: { description: "1: answer when the operation has ended.", schema: FLAG, example: "0" },
};

/** Options of a removal. */
export const REMOVAL: OptionDocs = {
  volumes: { description: "1: also remove its volumes and their data.", schema: FLAG, example: "0" },
  dryRun: { description: "1: only list what would be deleted.", schema: FLAG, example: "0" },
};

/** Options of an adoption. */
export const ADOPTION: OptionDocs = {
  dryRun: { description: "1: only list what a deployment would change.", schema: FLAG, example: "0" },
};

/** Options of the removal of a stack. */
export const KEEP: OptionDocs = {
  keep: {
    description: "1: delete only the record; containers keep running, and kept names the files that stay.",
    schema: FLAG,
    example: "0",
  },
};

/** Options of a deployment. */
export const DEPLOYMENT: OptionDocs = {
  build: { description: "1: build every service that can be built.", schema: FLAG, example: "0" },
  recreate: { description: "1: recreate every container.", schema: FLAG, example: "0" },
};

/** Options of a container's removal. */
export const FORCE: OptionDocs = {
  force: { description: "1: kill the container first if it runs.", schema: FLAG, example: "0" },
};

/** Options of a container's details. */
export const DETAILS: OptionDocs = {
  secrets: {
    description: "1: return the values of variables that look like secrets.",
    schema: FLAG,
    example: "0",
  },
};
