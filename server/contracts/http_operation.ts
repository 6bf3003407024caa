/** One method of a path, as the table behind `/openapi.json` has it. */
import type { AccessLevel } from "../access/access.ts";
import type { OptionDocs } from "./options.ts";
import type { SchemaName } from "./schemas.ts";

/** One way in which a request goes well. */
export interface Answer {
  readonly description: string;
  /** What the JSON is; a list of these with `list`. */
  readonly schema?: SchemaName;
  readonly list?: boolean;
  /** Another content type than JSON. */
  readonly type?: string;
  /** Whether `Location` says where to look next. */
  readonly location?: boolean;
}

/** One method of a path. */
export interface HttpOperation {
  readonly id: string;
  readonly summary: string;
  readonly tag: Tag;
  /** "trusted" for what only the socket of `--socket` answers. */
  readonly need: AccessLevel | "trusted";
  readonly query?: OptionDocs;
  readonly body?: SchemaName;
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** The statuses of its refusals, beside those that every path has. */
  readonly refusals?: readonly number[];
  /** Whether an upgrade makes it a socket. */
  readonly socket?: boolean;
}

/** What the operations are grouped by. */
export const TAGS = {
  containers: "What containers do.",
  stacks: "Compose stacks, and the projects that others have made.",
  operations: "What is done to stacks.",
  server: "DockStat itself.",
} as const;
/** One of {@linkcode TAGS}. */
export type Tag = keyof typeof TAGS;

/** The operations of a path by method. */
export type HttpPath = Readonly<Partial<Record<"get" | "post" | "put" | "delete", HttpOperation>>>;

/** The statuses with which a body is refused. */
export const BODY_REFUSALS: readonly number[] = [413, 415, 422];
