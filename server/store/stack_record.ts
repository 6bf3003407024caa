/** Stored stacks: the shapes of their rows. */
import type { FileModes } from "./further/file_modes.ts";
import type { FileChanges } from "./further/file_rows.ts";
import type { StackStatus } from "../protocol/stack_events.ts";
import type { TextPaths, UserFiles } from "./stack_files.ts";

/** A service as Compose resolved it when the texts were stored. */
export interface StoredService {
  readonly name: string;
  /** Number of containers. */
  readonly wanted: number;
  readonly image: string | null;
  readonly containerName: string | null;
  /** True if it has a `build` section. */
  readonly builds: boolean;
  /** Digest of the `build` section; `null` without one. */
  readonly buildHash: string | null;
  /** Folder or address of its build context. */
  readonly contextFolder: string | null;
  /** Paths that its build reads beside the context: a Dockerfile elsewhere, and further contexts; missing without any. */
  readonly buildPaths?: readonly string[];
  /** Digest of its configs and secrets, without those in files; `null` without any. */
  readonly contentHash: string | null;
  /** Files of its configs and secrets, relative to the folder of the project. */
  readonly contentFiles: readonly string[];
  /** True with the label `dockstat.hide=true`; missing otherwise. */
  readonly hidden?: true;
}

/** A stored stack. */
export interface StackRecord extends UserFiles {
  readonly stackId: number;
  readonly name: string;
  readonly hostId: string;
  /** Status of its newest event; the state of its containers is not stored. */
  readonly status: StackStatus;
  /** Services of its compose file whose profile is on. */
  readonly services: readonly StoredService[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The texts of a stack. */
export interface StackTexts {
  readonly compose: string;
  /** Env text; `undefined` without one. */
  readonly env: string | undefined;
}

/** A new stack. */
export interface StackToKeep extends StackTexts {
  readonly name: string;
  readonly hostId: string;
  readonly status: StackStatus;
  readonly services: readonly StoredService[];
  /** The files of an adopted project; they have the texts already. */
  readonly files?: TextPaths & { readonly folder: string };
  /** Stored together with the texts, as one version. */
  readonly further?: FirstFiles | undefined;
}

/** Further files of a new stack. */
export interface FirstFiles {
  readonly files: FileChanges;
  readonly modes: FileModes;
  /** Reason of the first version; default "created". */
  readonly why?: string | undefined;
  /** Called within the transaction that stores the stack. */
  readonly note?: ((stackId: number) => void) | undefined;
}

/** Columns of a row that {@linkcode toRecord} reads. */
export const COLUMNS =
  "stack_id, name, host_id, status, services, folder, compose_file, env_file, created_at, updated_at";

/** Converts a row. */
export function toRecord(row: Readonly<Record<string, unknown>>): StackRecord {
  return {
    stackId: Number(row["stack_id"]),
    name: String(row["name"]),
    hostId: String(row["host_id"]),
    status: row["status"] as StackStatus,
    services: JSON.parse(String(row["services"])).map(toService),
    folder: row["folder"] as string | null,
    composeFile: row["compose_file"] as string | null,
    envFile: row["env_file"] as string | null,
    createdAt: String(row["created_at"]),
    updatedAt: String(row["updated_at"]),
  };
}

/** Earlier versions stored the names of services only. */
function toService(stored: string | StoredService): StoredService {
  if (typeof stored !== "string") return stored;
  const unknown = {
    image: null,
    containerName: null,
    buildHash: null,
    contextFolder: null,
    contentHash: null,
    contentFiles: [],
  };
  return { ...unknown, name: stored, wanted: 1, builds: false };
}
