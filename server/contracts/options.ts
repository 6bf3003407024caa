import { CONTAINER_STATES } from "../protocol/stats.ts";
import { LEVEL_NAMES } from "../protocol/log.ts";
import type { JsonSchema } from "./schemas.ts";

/** One option of a path or of a socket. */
export interface OptionDoc {
  readonly description: string;
  /** Of one value. */
  readonly schema: JsonSchema;
  readonly example: string;
  readonly repeatable?: boolean;
}

/** Options by name. */
export type OptionDocs = Readonly<Record<string, OptionDoc>>;

const ID: JsonSchema = { type: "integer", minimum: 0 };
const FLAG: JsonSchema = { type: "string", enum: ["1", "0"] };
const DURATION: JsonSchema = { type: "string", pattern: "^\\d{1,6}[smh]$" };

const detail: OptionDoc = {
  description: "More keys: times, bytes, processes, health and Compose's labels.",
  schema: { type: "string", enum: ["full"] },
  example: "full",
};
const host: OptionDoc = {
  description: "The id of a configured host.",
  schema: { type: "string" },
  example: "Localhost",
};
const container: OptionDoc = {
  description: "The name of a container, or the beginning of its id.",
  schema: { type: "string", pattern: "^/?[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$" },
  example: "web",
};

/** Which containers, and how much of each. */
export const STATS_FILTERS: OptionDocs = {
  host: { ...host, repeatable: true },
  container: { ...container, repeatable: true },
  state: {
    description: "Only containers in this state; one that leaves it gets a last message on a socket.",
    schema: { type: "string", enum: [...CONTAINER_STATES] },
    example: "running",
  },
  detail,
};

/** What the socket of statistics takes besides. */
export const STATS_OPTIONS: OptionDocs = {
  interval: {
    description:
      "How often, from 1s (the default) to 60s; what happens to a container is told at once all the same.",
    schema: DURATION,
    example: "5s",
  },
  batch: {
    description: "One frame per tick: an array of the same objects.",
    schema: { type: "string", enum: ["1"] },
    example: "1",
  },
  history: {
    description: "Before the snapshot, one frame per container with the points already collected, up to 24h.",
    schema: DURATION,
    example: "10m",
  },
};

/** Which lines of DockStat's own log. */
export const LOG_OPTIONS: OptionDocs = {
  level: {
    description: "This level and above, in capitals or not.",
    schema: { type: "string", enum: [...LEVEL_NAMES, ...LEVEL_NAMES.map((name) => name.toLowerCase())] },
    example: "WARN",
  },
  tail: {
    description: "So many of the newest lines first.",
    schema: { type: "integer", minimum: 0, maximum: 100_000 },
    example: "200",
  },
};

/** Which lines of which container's output. */
export const OUTPUT_OPTIONS: OptionDocs = {
  container,
  host,
  tail: LOG_OPTIONS["tail"]!,
  since: {
    description: "From this moment on, or from so long ago.",
    schema: { type: "string", pattern: "^(\\d{4}-\\d\\d-\\d\\dT.+|\\d{1,6}[smh])$" },
    example: "10m",
  },
};

/** Whose operations. */
export const OPERATION_FILTERS: OptionDocs = {
  stack_id: { description: "Only those of this stack.", schema: ID, example: "12" },
};

/** Which events of stacks. */
export const STACK_EVENT_OPTIONS: OptionDocs = {
  stack_id: { description: "Only this stack.", schema: ID, example: "12" },
  since: {
    description:
      "Each event carries its number as seq, and what came after this one is replayed first; 0 replays all.",
    schema: ID,
    example: "0",
  },
};

/** When an operation's answer comes. */
export const WAIT: OptionDocs = {
  wait: { description: "1: the answer comes when the operation is over.", schema: FLAG, example: "0" },
};

/** What is removed with a stack. */
export const REMOVAL: OptionDocs = {
  volumes: { description: "1: its volumes too, and what is in them.", schema: FLAG, example: "0" },
};
