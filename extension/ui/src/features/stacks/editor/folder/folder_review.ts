/** Decides which files of a folder become files of a stack, before anything is stored. */
import { MAX_FILE_BYTES, textOf } from "../../model/file_texts.ts";
import { FOLDER_LABELS } from "../../model/plan/labels_folder.ts";
import type { EditedFile } from "../files/edited_files.ts";
import { conflictMistake, pathMistake } from "../files/path_rules.ts";
import type { Intake } from "../intake/intake.ts";
import { isArchive } from "./archives.ts";
import type { Folder, FolderFile } from "./folder_files.ts";

/** Names of the Compose file, in Compose's order. */
const COMPOSE_NAMES = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
/** Limits of a stack. */
const MOST_FILES = 1000;
const MOST_BYTES = 16 * 1024 * 1024;

/** A file of the folder, and what becomes of it. */
export interface ReviewedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Use of the file. */
  readonly use: "compose" | "env" | "file" | "refused";
  /** Reason why the file is not used, as a sentence. */
  readonly reason?: string;
}

/** Result of a review. */
export interface FolderReview {
  readonly name: string;
  /** Files that are not used first, then the others in order. */
  readonly files: readonly ReviewedFile[];
  /** True if the folder has more files than were read. */
  readonly isCut: boolean;
  /** Texts and files for the form; `undefined` if the folder has no usable Compose file. */
  readonly intake: Intake | undefined;
}

/** Reviews a folder. Files are read up to the limits of a stack. */
export async function reviewFolder({ name, files, isCut }: Folder): Promise<FolderReview> {
  const ordered = [...files].sort((one, other) => one.path < other.path ? -1 : 1);
  const composeName = COMPOSE_NAMES.find((wanted) => ordered.some(({ path }) => path === wanted));
  const review = new Review(composeName);
  for (const file of ordered) await review.add(file);
  const { compose, env, edited, reviewed } = review;
  const intake = compose === undefined
    ? undefined
    : { name: stackName(name), compose, env: env ?? "", files: edited };
  const isRefused = ({ use }: ReviewedFile) => use === "refused";
  return {
    ...{ name, isCut, intake },
    files: [...reviewed.filter(isRefused), ...reviewed.filter((file) => !isRefused(file))],
  };
}

/** Returns a valid name of a stack that is similar to that of a folder; empty if none of its letters is valid. */
export function stackName(folder: string): string {
  return folder.toLowerCase().replace(/[^a-z0-9_-]+/g, "-").replace(/^[_-]+/, "").slice(0, 63)
    .replace(/-+$/, "");
}

/** A review in progress. */
class Review {
  readonly reviewed: ReviewedFile[] = [];
  readonly edited = new Map<string, EditedFile>();
  compose: string | undefined;
  env: string | undefined;
  #bytes = 0;

  /** @param composeName Name of the Compose file that is used. */
  constructor(readonly composeName: string | undefined) {}

  async add({ path, file }: FolderFile): Promise<void> {
    const use = path === this.composeName ? "compose" : path === ".env" ? "env" : "file";
    const reason = this.#refusal(path, file, use) ?? await this.#read(path, file, use);
    const { size } = file;
    this.reviewed.push(reason === undefined ? { path, size, use } : { path, size, use: "refused", reason });
  }

  /** Returns why a file is not even read. */
  #refusal(path: string, { size }: File, use: string): string | undefined {
    if (size > MAX_FILE_BYTES) return FOLDER_LABELS.tooLarge;
    if (use !== "file") return undefined;
    return pathMistake(path) ?? conflictMistake(path, this.edited.keys()) ??
      (this.edited.size >= MOST_FILES ? FOLDER_LABELS.tooMany : undefined) ??
      (this.#bytes + size > MOST_BYTES ? FOLDER_LABELS.tooLargeInAll : undefined);
  }

  /** Reads a file; returns why it is not used. */
  async #read(path: string, file: File, use: "compose" | "env" | "file"): Promise<string | undefined> {
    let bytes: Uint8Array;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      // A link to nothing, or a file that was deleted since.
      return FOLDER_LABELS.unreadable;
    }
    const text = textOf(bytes);
    if (use !== "file") {
      if (text === undefined) return FOLDER_LABELS.notText;
      this[use] = text;
      return undefined;
    }
    if (isArchive(path, bytes)) return FOLDER_LABELS.archive;
    this.#bytes += bytes.length;
    this.edited.set(path, { stored: undefined, content: text ?? bytes });
    return undefined;
  }
}
