/** Reads the texts of a project that DockStat did not create, from the paths in the labels of its containers. */
import { basename, isAbsolute, normalize } from "../../runtime/path.ts";
import type { Container } from "../../docker/container.ts";
import { AppError } from "../../errors.ts";
import { readText } from "../../store/files.ts";
import type { TextPaths } from "../../store/stack_files.ts";
import type { StackTexts } from "../../store/stack_record.ts";

/** Longest file in bytes; a request body is no longer. */
const MOST_BYTES = 1024 * 1024;

/** Paths of texts below a data folder: the copy that Compose reads, and the place where 0.1.0 stored the text. */
const OWN_COPY = /^(.*)\/(?:texts\/(\d+)\/run|stacks\/(\d+))\/compose\.yaml$/;
/** The override with the digests of a version that was deployed again. */
const OWN_PINS = /\/texts\/\d+\/run\/pins\.yaml$/;
const OWN_ENV = /\/texts\/\d+\/run\/\.env$/;
const OWN_FOLDER = /^(.*)\/stacks\/(\d+)$/;
/** Names of environment files, which a label may name outside the folder of its project. */
const ENV_NAME = /(^|[._-])env([._-]|$)/i;
const HOMES = /^\/(root|home(\/[^/]*)?|Users(\/[^/]*)?)$/;
/** Labels that name the files of a project. */
type Labels = Pick<Container, "composeFolder" | "composeFiles" | "composeEnvFiles">;
/** The data folder of this DockStat, as a real path. */
export interface OwnData {
  readonly data: string;
  /** Reports whether a stack has this id. */
  readonly isStack: (stackId: number) => boolean;
}

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
  own: OwnData,
): Promise<{ readonly files: TextPaths & { readonly folder: string }; readonly texts: StackTexts }> {
  const [file, ...others] = files?.split(",").filter((one) => !OWN_PINS.test(one)) ?? [];
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
  await checkFolder(project, folder, own);
  const envFile = envFileOf(project, composeEnvFiles);
  const candidates = candidatesOf(file, folder).map((one) =>
    envFile === undefined ? one : { ...one, env: envFile }
  );
  try {
    for (const { compose, env } of candidates) {
      await checkFile(project, compose, folder, own.data);
      const text = await readText(compose, MOST_BYTES);
      if (text === undefined) continue;
      await checkFile(project, env, folder, own.data, env === envFile);
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

/** Refuses a folder that holds more than one project: the creator of a container writes its labels. */
async function checkFolder(project: string, folder: string, { data, isStack }: OwnData): Promise<void> {
  for (const path of [normalize(folder).replace(/(.)\/$/, "$1"), await realPath(folder)]) {
    const [, of, id] = OWN_FOLDER.exec(path) ?? [];
    if (of === data && isStack(Number(id))) {
      throw cannotAdopt(project, `its folder is "${folder}", which belongs to stack ${id}`);
    }
    const isInData = isBelow(path, data) || isBelow(data, path);
    if (path !== "/" && !HOMES.test(path) && (of === data || !isInData)) continue;
    throw cannotAdopt(project, `its folder is "${folder}": expected a folder that only this project uses`);
  }
}

/**
 * Refuses a text in the data folder, unless a stack was released there, and an environment file of a label that could
 * be any file of the machine.
 */
async function checkFile(
  project: string,
  file: string,
  folder: string,
  data: string,
  isNamed = false,
): Promise<void> {
  const path = await Deno.realPath(file).catch(() => undefined);
  if (path === undefined) return;
  const root = await realPath(folder);
  const [, released] = OWN_FOLDER.exec(root) ?? [];
  const id = basename(root);
  const isReleased = released === data && [root, `${data}/texts/${id}`].some((place) => isBelow(path, place));
  if (isBelow(path, data) && !isReleased) {
    throw cannotAdopt(project, `"${file}" is in the data folder of DockStat`);
  }
  if (!isNamed || isBelow(path, root) || ENV_NAME.test(basename(path))) return;
  const message = 'expected a file in the folder of the project, or a name such as "prod.env"';
  throw cannotAdopt(project, `its environment file is "${file}": ${message}`);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

async function realPath(path: string): Promise<string> {
  return await Deno.realPath(path).catch(() => normalize(path));
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
