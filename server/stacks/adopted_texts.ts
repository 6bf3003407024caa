/** The texts of a project that somebody else has made, from where its containers say that they are. */
import { isAbsolute } from "node:path";
import type { Container } from "../docker/container.ts";
import { AppError } from "../errors.ts";
import { readText } from "../store/files.ts";
import type { StackTexts } from "../store/stack_store.ts";

/** A file may be as long as the body of a request. */
const MOST_BYTES = 1024 * 1024;

/**
 * Reads the texts of a project where the labels of its containers say that they are.
 *
 * @throws {AppError} "invalid" when they do not say so, or the files cannot be read from here.
 */
export async function adoptedTexts(
  project: string,
  { composeFolder: folder, composeFiles: files }: Pick<Container, "composeFolder" | "composeFiles">,
): Promise<{ readonly folder: string; readonly texts: StackTexts }> {
  const [file, ...others] = files?.split(",") ?? [];
  if (folder === null || !file) throw cannotAdopt(project, "its containers do not say where its files are");
  if (others.length > 0) {
    throw cannotAdopt(project, `it is made of ${others.length + 1} compose files; join them into one`);
  }
  // Whoever makes a container writes its labels: they could name any file.
  if (![file, folder].every(isAbsolute) || !/\.ya?ml$/.test(file)) {
    throw cannotAdopt(project, `"${file}" is not the whole path of a YAML file`);
  }
  try {
    const compose = await readText(file, MOST_BYTES);
    if (compose === undefined) throw cannotAdopt(project, `"${file}" is not there`);
    return { folder, texts: { compose, env: await readText(`${folder}/.env`, MOST_BYTES) } };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw cannotAdopt(project, `"${file}" cannot be read`);
  }
}

/** Why a project cannot be adopted. */
export function cannotAdopt(project: string, message: string): AppError {
  return new AppError("invalid", `Cannot adopt project "${project}": ${message}`, {
    issues: [{ path: "project", message }],
  });
}
