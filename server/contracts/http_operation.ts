/** One method of a path in the table behind `/openapi.json`. */
import type { AccessLevel } from "../access/access.ts";
import type { OptionDocs } from "./options.ts";
import type { SchemaName } from "./schemas.ts";

/** A successful answer. */
export interface Answer {
  readonly description: string;
  /** Schema of the JSON body; an array of it with `list`. */
  readonly schema?: SchemaName;
  /** Schemas of a body with one of several shapes. */
  readonly schemas?: readonly SchemaName[];
  readonly list?: boolean;
  /** Content type other than JSON. */
  readonly type?: string;
  /** Content type beside JSON, for clients that accept it. */
  readonly also?: string;
  /** True for an answer without a body. */
  readonly empty?: boolean;
  /** True when the answer has a `Location` header. */
  readonly location?: boolean;
}

/** One method of a path. */
export interface HttpOperation {
  readonly id: string;
  readonly summary: string;
  readonly tag: Tag;
  /** "trusted" for paths that only the socket of `--socket` serves. */
  readonly need: AccessLevel | "trusted";
  readonly query?: OptionDocs;
  readonly body?: SchemaName;
  /** True for a body of any bytes. */
  readonly raw?: boolean;
  /** Answers by status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Statuses of refusals beside those that every path has. */
  readonly refusals?: readonly number[];
  /** True when an upgrade makes it a socket. */
  readonly socket?: boolean;
}

/** Groups of operations. */
export const TAGS = {
  containers: "Containers and their statistics.",
  resources: "Images, volumes and networks.",
  stacks: "Compose stacks, and projects that DockStat did not create.",
  operations: "Operations on stacks and containers.",
  alerts: "Alerts, their rules, and where they are delivered.",
  server: "DockStat itself.",
} as const;
/** One of {@linkcode TAGS}. */
export type Tag = keyof typeof TAGS;

/** Operations of a path by method. */
export type HttpPath = Readonly<Partial<Record<"get" | "post" | "put" | "patch" | "delete", HttpOperation>>>;

/** Answers to a request that starts an operation. */
export const STARTED = {
  200: { description: "With wait=1: the finished operation.", schema: "OperationWithMessages" },
  202: { description: "The operation was started.", schema: "StartedOperation", location: true },
} as const satisfies Readonly<Record<number, Answer>>;

/** Statuses of refused bodies. */
export const BODY_REFUSALS: readonly number[] = [413, 415, 422];
