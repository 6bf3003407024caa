/** Writes the files of a draft: texts and files that Compose reads before anything is stored. */
import { dirname } from "../../runtime/path.ts";
import type { ComposeProject } from "../../compose/compose.ts";
import { AtomicWrites } from "../../store/files.ts";
import { isUnusable } from "../../store/real_files.ts";
import type { StackTexts } from "../../store/stack_record.ts";

/**
 * Writes the texts of a draft.
 *
 * @param folder A folder that only DockStat reaches.
 * @returns Their paths.
 */
export async function writeDraft(
  folder: string,
  { compose, env, overrides }: StackTexts & {
    readonly overrides: readonly (readonly [name: string, text: string | undefined])[];
  },
): Promise<Omit<NonNullable<ComposeProject["files"]>, "folder">> {
  await using drafts = new AtomicWrites();
  const paths = {
    compose: `${folder}/compose.yaml`,
    env: env === undefined ? undefined : `${folder}/.env`,
    overrides: [] as string[],
  };
  for (const [name, text] of overrides) {
    if (text === undefined) continue;
    paths.overrides.push(`${folder}/${name}`);
    await drafts.write(`${folder}/${name}`, new TextEncoder().encode(text));
  }
  await drafts.write(paths.compose, new TextEncoder().encode(compose));
  if (paths.env !== undefined) await drafts.write(paths.env, new TextEncoder().encode(env));
  await drafts.settle();
  return paths;
}

/** Writes a file of a draft, in a folder that only DockStat reaches; returns `false` if no file can have its path. */
export async function writeDraftFile(folder: string, path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true, mode: 0o700 });
    await Deno.writeFile(`${folder}/${path}`, bytes, { mode: 0o600 });
    return true;
  } catch (error) {
    const { AlreadyExists, IsADirectory, NotADirectory } = Deno.errors;
    const isTaken = [AlreadyExists, IsADirectory, NotADirectory].some((kind) => error instanceof kind);
    if (isTaken || isUnusable(error)) return false;
    throw error;
  }
}
