/** Reads a version of a stack, for the plan of its deployment. */
import { AppError } from "../../errors.ts";
import { digestOf } from "../../store/digest.ts";
import type { StackRecord, StackTexts } from "../../store/stack_record.ts";
import type { Versions } from "../../store/versions.ts";
import { imagePins } from "../run/image_pins.ts";
import type { TextOwner } from "../text_checker.ts";

/** Texts and the project that they belong to. */
export interface PlanSubject {
  readonly texts: StackTexts;
  readonly owner: TextOwner;
  /** Digests of the files by path, instead of those of the stored files. */
  readonly digests?: Readonly<Record<string, string>>;
}

/**
 * Returns the texts and files of a version, with the images of its last deployment.
 *
 * @throws {AppError} "not-found".
 */
export async function versionSubject(
  { stackId, name, hostId, folder }: Pick<StackRecord, "stackId" | "name" | "hostId" | "folder">,
  version: number,
  versions: Pick<Versions, "list" | "contents" | "filesOf">,
): Promise<PlanSubject> {
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
      files: new Map([...removed, ...contents.files]),
      ...pins === undefined ? {} : { pins },
    },
    digests: Object.fromEntries([...contents.files].map(([path, bytes]) => [path, digestOf(bytes)])),
  };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
