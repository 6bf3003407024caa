/** Reads a version of a stack, for the plan of its deployment. */
import { AppError } from "../../errors.ts";
import { digestOf } from "../../store/digest.ts";
import { contentKey, DEFAULT_MODE } from "../../store/further/file_modes.ts";
import type { StackRecord, StackTexts } from "../../store/stack_record.ts";
import type { Versions } from "../../store/versions.ts";
import { imagePins } from "../run/image_pins.ts";

type Owner = Pick<StackRecord, "stackId" | "name" | "hostId" | "folder">;

/** A version, as the text checker and the comparison read it. */
export interface VersionSubject {
  readonly texts: StackTexts;
  readonly owner: Owner & {
    /** Files by path; `null` for those that only the stored version has. */
    readonly files: ReadonlyMap<string, Uint8Array | null>;
    /** Override that pins the images. */
    readonly pins?: string;
  };
  /** Keys of the contents and permissions of the files by path. */
  readonly digests: Readonly<Record<string, string>>;
}

/**
 * Returns the texts and files of a version, with the images of its last deployment.
 *
 * @throws {AppError} "not-found".
 */
export async function versionSubject(
  { stackId, name, hostId, folder }: Owner,
  version: number,
  versions: Pick<Versions, "list" | "contents" | "filesOf">,
): Promise<VersionSubject> {
  const contents = versions.contents(stackId, version);
  if (contents === undefined) throw new AppError("not-found", `Stack "${stackId}" has no version ${version}`);
  const images = versions.list(stackId).find((one) => one.version === version)?.images ?? [];
  const compose = decode(contents.compose);
  const pins = (await imagePins(images, compose)).text;
  const removed = Object.keys(versions.filesOf(stackId)).map((path) => [path, null] as const);
  return {
    texts: { compose, env: contents.env && decode(contents.env) },
    owner: {
      ...{ name, hostId, folder, stackId },
      files: new Map<string, Uint8Array | null>([...removed, ...contents.files]),
      ...pins === undefined ? {} : { pins },
    },
    digests: Object.fromEntries(
      [...contents.files].map(([path, bytes]) => [
        path,
        contentKey(digestOf(bytes), contents.modes.get(path) ?? DEFAULT_MODE),
      ]),
    ),
  };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
