/** Paths of a stack's files, and their removal. Texts are stored where the project's `./` does not reach. */
import { basename, dirname } from "../runtime/path.ts";
import { digestOf } from "./digest.ts";
import {
  AtomicWrites,
  draftFolder,
  draftFolders,
  namesIn,
  removeEmptyFolder,
  removeFile,
  removeTemporaryFiles,
  removeTree,
} from "./files.ts";
import { readReal } from "./real_files.ts";
import { bytesOf } from "./text_rows.ts";

/** File names of the two texts. */
export const TEXT_NAMES = ["compose.yaml", ".env"] as const;
/** Longest text that a container's files are compared with, in bytes. */
const LONGEST_TEXT = 16 * 1024 * 1024;
/** Longest list of kept paths. */
const MOST_KEPT = 100;

/** Paths of the two texts. */
export interface TextPaths {
  readonly compose: string;
  readonly env: string;
}

/** Paths of a stack's files. */
export interface StackPaths extends TextPaths {
  /** The project's folder, which relative paths are relative to. */
  readonly folder: string;
  /** The copies that Compose reads; the paths never change, because Compose writes them into labels. */
  readonly run: TextPaths & {
    readonly folder: string;
    readonly files: string;
    readonly override: string;
    readonly pins: string;
  };
}

/** Files of an adopted stack, which belong to the user. */
export interface UserFiles {
  readonly folder: string | null;
  readonly composeFile: string | null;
  readonly envFile: string | null;
}

/** The files of all stacks in a data folder: `stacks/ID` is a project's folder, `texts/ID` has its texts. */
export class StackFiles {
  /** Folder with one project folder per stack. */
  readonly projects: string;
  /** Folder with the texts of each stack. */
  readonly texts: string;

  /** @param data The data folder. */
  constructor(data: string) {
    this.projects = `${data}/stacks`;
    this.texts = `${data}/texts`;
  }

  /** Paths of a stack's files. */
  paths(stackId: number, user?: UserFiles): StackPaths {
    const texts = `${this.texts}/${stackId}`;
    return {
      folder: user?.folder ?? `${this.projects}/${stackId}`,
      compose: user?.composeFile ?? `${texts}/compose.yaml`,
      env: user?.envFile ?? `${texts}/.env`,
      run: {
        folder: `${texts}/run`,
        compose: `${texts}/run/compose.yaml`,
        env: `${texts}/run/.env`,
        files: `${texts}/run/files`,
        override: `${texts}/run/override.yaml`,
        pins: `${texts}/run/pins.yaml`,
      },
    };
  }

  /** Folder of a stack's further files, which no container reaches. */
  own(stackId: number): string {
    return `${this.texts}/${stackId}/files`;
  }

  /** Path of a new private folder for texts that are not stored yet; it is not created. */
  draftFolder(): string {
    return draftFolder(this.texts);
  }

  /** Creates both folders of a stack, the project's folder only when it is DockStat's own. */
  async create(stackId: number, { folder, run }: StackPaths): Promise<void> {
    await Deno.mkdir(run.folder, { recursive: true, mode: 0o700 });
    if (folder === `${this.projects}/${stackId}`) {
      await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    }
  }

  /** The highest number that a folder has, whichever database it belongs to. */
  highest(): number {
    const names = [this.projects, this.texts].flatMap((folder) => {
      try {
        return Array.from(Deno.readDirSync(folder), ({ name }) => name);
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return [];
        throw error;
      }
    });
    return Math.max(0, ...names.filter((name) => /^\d{1,15}$/.test(name)).map(Number));
  }

  /** Folders of stacks above a number, as paths. */
  async above(stackId: number): Promise<string[]> {
    const found = await Promise.all(
      [this.projects, this.texts].map(async (folder) =>
        (await namesIn(folder)).filter((name) => /^\d{1,15}$/.test(name) && Number(name) > stackId)
          .map((name) => `${folder}/${name}`)
      ),
    );
    return found.flat();
  }

  /**
   * Removes what DockStat wrote for a stack; the project's folder goes only if it is then empty.
   *
   * @param envDigest Digest of the environment text, whose copy may be in the project's folder.
   */
  async remove(stackId: number, envDigest: string | null): Promise<void> {
    const texts = `${this.texts}/${stackId}`;
    const project = `${this.projects}/${stackId}`;
    await this.removeRun(stackId);
    await removeTemporaryFiles(texts, TEXT_NAMES);
    for (const name of TEXT_NAMES) await removeFile(`${texts}/${name}`);
    await removeEmptyFolder(texts);
    await removeIfUnchanged(`${project}/.env`, envDigest);
    await removeEmptyFolder(project);
  }

  /** Removes the copies that Compose reads. */
  async removeRun(stackId: number): Promise<void> {
    const { run } = this.paths(stackId);
    await removeTemporaryFiles(run.folder, TEXT_NAMES);
    for (const path of [run.compose, run.env, run.override, run.pins]) await removeFile(path);
    await removeTree(run.files);
    await removeEmptyFolder(run.folder);
    // The texts of an adopted stack are elsewhere.
    await removeEmptyFolder(dirname(run.folder));
  }

  /** Paths of the texts of a stack that exist. */
  async textsOf(stackId: number, user?: UserFiles): Promise<string[]> {
    const { compose, env } = this.paths(stackId, user);
    const found = await Promise.all(
      [compose, env].map((path) => Deno.lstat(path).then(() => true, () => false)),
    );
    return [compose, env].filter((_, index) => found[index]);
  }

  /** Paths that a removal leaves: the user's files, and what is in the project's folder; 100 at most. */
  async left(stackId: number, user?: UserFiles): Promise<string[]> {
    const folder = `${this.projects}/${stackId}`;
    const own = [user?.composeFile, user?.envFile].filter((path) => typeof path === "string");
    const found = await Promise.all(own.map((path) => Deno.lstat(path).then(() => true, () => false)));
    const others = (await namesIn(folder)).map((name) => `${folder}/${name}`);
    return [...own.filter((_, index) => found[index]), ...others].slice(0, MOST_KEPT);
  }

  /** Removes the draft folders that a kill has left. */
  async removeDraftFolders(): Promise<void> {
    for (const folder of [this.projects, this.texts]) {
      for (const name of await draftFolders(folder)) await removeTree(`${folder}/${name}`);
    }
  }
}

/** Removes a plain file whose content has a digest; anything else was not written by DockStat and stays. */
export async function removeIfUnchanged(path: string, digest: string | null): Promise<void> {
  const bytes = await readPlain(path);
  if (bytes !== undefined && digestOf(bytes) === digest) await removeFile(path);
}

/** Reads a file in a project's folder, where a container may have planted a link, a pipe or an endless file. */
export async function readPlain(path: string): Promise<Uint8Array | undefined> {
  return await readReal(dirname(path), basename(path), LONGEST_TEXT, 1);
}

/** Writes the texts of a new stack into a folder. */
export async function writeNew(
  folder: string,
  { compose, env }: { readonly compose: string; readonly env?: string | undefined },
): Promise<void> {
  await using drafts = new AtomicWrites();
  await drafts.write(`${folder}/compose.yaml`, bytesOf(compose));
  if (env !== undefined) await drafts.write(`${folder}/.env`, bytesOf(env));
  await drafts.settle();
}
