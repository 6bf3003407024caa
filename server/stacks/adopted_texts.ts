/** The texts of a project that somebody else has made, from where its containers say that they are. */
import { isAbsolute } from "node:path";
import type { Container } from "../docker/container.ts";
import { AppError } from "../errors.ts";
import { readText } from "../store/files.ts";
import type { TextPaths } from "../store/stack_files.ts";
import type { StackTexts } from "../store/stack_store.ts";

/** A file may be as long as the body of a request. */
const MOST_BYTES = 1024 * 1024;

/** Paths of texts below a data folder: the copy that Compose reads, and the place where 0.1.0 stored the text. */
const OWN_COPY = /^(.*)\/(?:texts\/(\d+)\/run|stacks\/(\d+))\/compose\.yaml$/;
/** Names that Compose looks for, in its order. */
const DEFAULT_NAMES = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/**
 * Reads the texts of a project where the labels of its containers say that they are.
 *
 * @throws {AppError} "invalid" when they do not say so, or the files cannot be read from here.
 */
export async function adoptedTexts(
  project: string,
  { composeFolder: folder, composeFiles: files }: Pick<Container, "composeFolder" | "composeFiles">,
): Promise<{ readonly files: TextPaths & { readonly folder: string }; readonly texts: StackTexts }> {
  const [file, ...others] = files?.split(",") ?? [];
  if (folder === null || !file) throw cannotAdopt(project, "its containers do not say where its files are");
  if (others.length > 0) {
    throw cannotAdopt(project, `it is made of ${others.length + 1} compose files; join them into one`);
  }
  // Whoever makes a container writes its labels: they could name any file.
  if (![file, folder].every(isAbsolute) || !/\.ya?ml$/.test(file)) {
    throw cannotAdopt(project, `"${file}" is not the whole path of a YAML file`);
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
    throw cannotAdopt(project, `"${file}" is not there`);
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

/** Why a project cannot be adopted. */
export function cannotAdopt(project: string, message: string): AppError {
  return new AppError("invalid", `Cannot adopt project "${project}": ${message}`, {
    issues: [{ path: "project", message }],
  });
}
