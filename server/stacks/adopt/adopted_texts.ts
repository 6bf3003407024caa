/** Reads the texts of a project that DockStat did not create, from the paths in the labels of its containers. */
import { isAbsolute, normalize } from "node:path";
import type { Container } from "../../docker/container.ts";
import { AppError } from "../../errors.ts";
import { readText } from "../../store/files.ts";
import type { TextPaths } from "../../store/stack_files.ts";
import type { StackTexts } from "../../store/stack_record.ts";

/** Longest file in bytes; a request body is no longer. */
const MOST_BYTES = 1024 * 1024;

/** Paths of texts below a data folder: the copy that Compose reads, and the place where 0.1.0 stored the text. */
const OWN_COPY = /^(.*)\/(?:texts\/(\d+)\/run|stacks\/(\d+))\/compose\.yaml$/;
const OWN_ENV = /\/texts\/\d+\/run\/\.env$/;
const OWN_FOLDER = /^(.*)\/stacks\/\d+$/;
const HOMES = /^\/(root|home(\/[^/]*)?|Users(\/[^/]*)?)$/;
/** Labels that name the files of a project. */
type Labels = Pick<Container, "composeFolder" | "composeFiles" | "composeEnvFiles">;
/** Names that Compose looks for, in its order. */
const DEFAULT_NAMES = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/**
 * Reads the texts of a project from the paths in its containers' labels.
 *
 * @throws {AppError} "invalid" when the labels name no files, or the files cannot be read.
 */
export async function adoptedTexts(
  project: string,
  { composeFolder: folder, composeFiles: files, composeEnvFiles }: Labels,
  data: string,
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
  checkFolder(project, folder, data);
  const envFile = envFileOf(project, composeEnvFiles);
  const candidates = candidatesOf(file, folder).map((one) =>
    envFile === undefined ? one : { ...one, env: envFile }
  );
  try {
    for (const { compose, env } of candidates) {
      const text = await readText(compose, MOST_BYTES);
      if (text === undefined) continue;
      const envText = await readText(env, MOST_BYTES);
      if (envText === undefined && env === envFile) {
        throw cannotAdopt(project, `its environment file "${env}" does not exist`);
      }
      return { files: { folder, compose, env }, texts: { compose: text, env: envText } };
    }
    throw cannotAdopt(project, `"${file}" does not exist`);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw cannotAdopt(project, `"${file}" cannot be read`);
  }
}

/** Refuses a folder that holds more than a project: who creates a container writes its labels. */
function checkFolder(project: string, folder: string, data: string): void {
  const path = normalize(folder).replace(/(.)\/$/, "$1");
  const isOwn = OWN_FOLDER.exec(path)?.[1] === data;
  const isInData = path === data || path.startsWith(`${data}/`) || data.startsWith(`${path}/`);
  if (path !== "/" && !HOMES.test(path) && (isOwn || !isInData)) return;
  throw cannotAdopt(project, `its folder is "${folder}": expected a folder of this project alone`);
}

/** The file of `--env-file`; `undefined` if the project was started without it, or by DockStat. */
function envFileOf(project: string, files: string | null): string | undefined {
  const [file, ...others] = files?.split(",") ?? [];
  if (others.length > 0) {
    throw cannotAdopt(project, `it has ${others.length + 1} environment files; merge them into one`);
  }
  if (!file || OWN_ENV.test(file)) return undefined;
  if (isAbsolute(file)) return file;
  throw cannotAdopt(project, `its environment file "${file}" is not an absolute path`);
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
