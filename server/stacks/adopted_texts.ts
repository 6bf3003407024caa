/** Reads the texts of a project that DockStat did not create, from the paths in the labels of its containers. */
import { isAbsolute } from "node:path";
import type { Container } from "../docker/container.ts";
import { AppError } from "../errors.ts";
import { readText } from "../store/files.ts";
import type { TextPaths } from "../store/stack_files.ts";
import type { StackTexts } from "../store/stack_record.ts";

/** Longest file in bytes; a request body is no longer. */
const MOST_BYTES = 1024 * 1024;

/** Paths of texts below a data folder: the copy that Compose reads, and the place where 0.1.0 stored the text. */
const OWN_COPY = /^(.*)\/(?:texts\/(\d+)\/run|stacks\/(\d+))\/compose\.yaml$/;
/** Names that Compose looks for, in its order. */
const DEFAULT_NAMES = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/**
 * Reads the texts of a project from the paths in its containers' labels.
 *
 * @throws {AppError} "invalid" when the labels name no files, or the files cannot be read.
 */
export async function adoptedTexts(
  project: string,
  { composeFolder: folder, composeFiles: files }: Pick<Container, "composeFolder" | "composeFiles">,
): Promise<{ readonly files: TextPaths & { readonly folder: string }; readonly texts: StackTexts }> {
  const [file, ...others] = files?.split(",") ?? [];
  if (folder === null || !file) {
    throw cannotAdopt(project, "the labels of its containers do not name its files");
  }
  if (others.length > 0) {
    throw cannotAdopt(project, `it has ${others.length + 1} compose files; merge them into one`);
  }
  // The creator of a container writes its labels, which could name any file.
  if (![file, folder].every(isAbsolute) || !/\.ya?ml$/.test(file)) {
    throw cannotAdopt(project, `"${file}" is not an absolute path of a YAML file`);
  }
  const candidates = candidatesOf(file, folder);
  try {
    for (const { compose, env } of candidates) {
      const text = await readText(compose, MOST_BYTES);
      if (text === undefined) continue;
      return {
        files: { folder, compose, env },
        texts: { compose: text, env: await readText(env, MOST_BYTES) },
      };
    }
    throw cannotAdopt(project, `"${file}" does not exist`);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw cannotAdopt(project, `"${file}" cannot be read`);
  }
}

/** The label of a container that DockStat deployed names a copy that is gone: its source is elsewhere. */
function candidatesOf(file: string, folder: string): TextPaths[] {
  const beside = (compose: string) => ({ compose, env: `${folder}/.env` });
  const [, data, run, old] = OWN_COPY.exec(file) ?? [];
  if (data === undefined) return [beside(file)];
  const texts = `${data}/texts/${run ?? old}`;
  return [
    { compose: `${texts}/compose.yaml`, env: `${texts}/.env` },
    ...DEFAULT_NAMES.map((name) => beside(`${folder}/${name}`)),
  ];
}

/** Creates the error for a project that cannot be adopted. */
export function cannotAdopt(project: string, message: string): AppError {
  return new AppError("invalid", `Cannot adopt project "${project}": ${message}`, {
    issues: [{ path: "project", message }],
  });
}
