/** Compares the files of a stack with what is stored, and describes a difference. */
import { createTwoFilesPatch } from "diff";
import { AppError, type Issue, reason } from "../../errors.ts";
import { digestOf } from "../../store/digest.ts";
import { readBytes } from "../../store/files.ts";
import type { StackTexts } from "../../store/stack_record.ts";
import type { TextPaths } from "../../store/stack_files.ts";
import type { StoredText, StoredTexts } from "../../store/text_rows.ts";

/** Longest file that is read, in bytes; a request's body is no longer. */
const MOST_BYTES = 1024 * 1024;
/** Bounds of a difference that is shown. */
const MOST_LINES = 60;
const LONGEST_LINE = 200;
const MOST_EDITS = 500;
const PATIENCE_MS = 200;

/** A text's file, compared with the stored text. */
interface ComparedFile {
  readonly path: string;
  /** Undefined when it is missing or cannot be read. */
  readonly bytes: Uint8Array | undefined;
  readonly isPresent: boolean;
  /** Why it is not the stored text; undefined when it is. */
  readonly problem: string | undefined;
}

/** Both files of a stack, compared with the stored texts. */
export interface ComparedFiles {
  readonly compose: ComparedFile;
  readonly env: ComparedFile;
}

/** Reads both files of a stack and compares their digests with the stored ones. */
export async function compareFiles(paths: TextPaths, stored: StoredTexts): Promise<ComparedFiles> {
  return {
    compose: await compare(paths.compose, stored.compose, true),
    env: await compare(paths.env, stored.env, false),
  };
}

/** Returns whether Compose may read these files. */
export function areUnchanged({ compose, env }: ComparedFiles): boolean {
  return compose.problem === undefined && env.problem === undefined;
}

/** The refusal of a command on a stack whose files differ from the stored texts, with the difference. */
export function changedFiles(
  command: string,
  stackId: number,
  compared: ComparedFiles,
  stored: StoredTexts,
): AppError {
  const names = (["compose", "env"] as const).filter((name) => compared[name].problem !== undefined);
  const issues = names.map((name): Issue => ({ path: name, message: compared[name].problem! }));
  const differences = names.flatMap((name) => {
    const { path, bytes } = compared[name];
    return bytes === undefined ? [] : [difference(path, stored[name]?.bytes, bytes)];
  });
  const what = issues.map(({ message }) => message).join("; ");
  const how = differences.length > 0
    ? "Accept the changed files, or save the stack's texts again to replace them."
    : "Save the stack's texts again to restore it.";
  return new AppError(
    "busy",
    [`Cannot ${command} stack "${stackId}": ${what}. ${how}`, ...differences].join("\n"),
    { issues },
  );
}

/**
 * The texts that the files of a stack have now.
 *
 * @throws {AppError} "busy" when the compose file is missing or a file cannot be read, "invalid" when one is not UTF-8.
 */
export function acceptable(stackId: number, compared: ComparedFiles, stored: StoredTexts): StackTexts {
  const { compose, env } = compared;
  if (compose.bytes === undefined || (env.bytes === undefined && env.isPresent)) {
    throw changedFiles("accept the files of", stackId, compared, stored);
  }
  return { compose: decode("compose", compose.bytes), env: env.bytes && decode("env", env.bytes) };
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const message = "expected UTF-8";
    throw new AppError("invalid", `Cannot use this stack: ${path}: ${message}`, {
      cause,
      issues: [{ path, message }],
    });
  }
}

async function compare(path: string, stored: StoredText | undefined, needed: boolean): Promise<ComparedFile> {
  try {
    const bytes = await readBytes(path, MOST_BYTES);
    return { path, bytes, isPresent: bytes !== undefined, problem: problemOf(path, bytes, stored, needed) };
  } catch (error) {
    return {
      path,
      bytes: undefined,
      isPresent: true,
      problem: `the file "${path}" cannot be read (${reason(error)})`,
    };
  }
}

function problemOf(
  path: string,
  bytes: Uint8Array | undefined,
  stored: StoredText | undefined,
  needed: boolean,
): string | undefined {
  if (bytes === undefined) {
    return stored === undefined && !needed ? undefined : `the file "${path}" is missing`;
  }
  return digestOf(bytes) === stored?.digest ? undefined : `the file "${path}" was changed outside DockStat`;
}

/** The difference between two texts as a unified diff, bounded. */
export function difference(path: string, stored: Uint8Array | undefined, found: Uint8Array): string {
  const [before, after] = [stored ?? new Uint8Array(), found].map((bytes) => new TextDecoder().decode(bytes));
  const patch = createTwoFilesPatch("stored", path, before!, after!, undefined, undefined, {
    context: 2,
    maxEditLength: MOST_EDITS,
    timeout: PATIENCE_MS,
  });
  if (patch === undefined) return `--- stored\n+++ ${path}\n(too many lines differ to show them)`;
  // It is shown in terminals.
  const lines = patch.replaceAll(/[^\P{C}\n\t]/gu, "\ufffd").split("\n").filter((line, index) =>
    index > 0 || !line.startsWith("=====")
  ).map((
    line,
  ) => line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line);
  const shown = lines.slice(0, MOST_LINES).join("\n").trimEnd();
  return lines.length > MOST_LINES ? `${shown}\n(${lines.length - MOST_LINES} more lines)` : shown;
}
