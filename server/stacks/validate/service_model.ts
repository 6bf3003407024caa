/** Pure: what DockStat keeps of a resolved project, to tell later what a deployment has to change. */
import { digestOf } from "../../store/digest.ts";
import type { StoredService } from "../../store/stack_record.ts";
import { countOf, fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Digests of contents that the output of Compose does not have. */
export interface ContentDigests {
  /** The environment text, which configs and secrets may come from. */
  readonly env: string;
  /** Further files by path, relative to the folder of the project. */
  readonly files: Readonly<Record<string, string>>;
  /** Folder of the project. */
  readonly folder: string;
}

/** Returns the services of a project that Compose has resolved, by name. */
export function servicesOf(config: Fields, digests: ContentDigests): StoredService[] {
  return Object.entries(fieldsOf(config["services"])).sort(([one], [other]) => one < other ? -1 : 1)
    .map(([name, service]) => toService(name, fieldsOf(service), config, digests));
}

function toService(name: string, service: Fields, config: Fields, digests: ContentDigests): StoredService {
  const { scale, deploy, image, container_name: containerName, build } = service;
  const wanted = countOf(fieldsOf(deploy)["replicas"] ?? scale) ?? 1;
  return {
    name,
    // Compose can start one container at most with a fixed name.
    wanted,
    image: textOf(image) ?? null,
    containerName: textOf(containerName) ?? null,
    builds: build !== undefined,
    buildHash: build === undefined ? null : hashOf(build, digests.folder),
    contextFolder: textOf(fieldsOf(build)["context"])?.replace(digests.folder, ".") ?? null,
    contentHash: contentHash(service, config, digests),
  };
}

/** Digest of the configs and secrets of a service; `null` without any. Compose does not notice that they change. */
function contentHash(service: Fields, config: Fields, digests: ContentDigests): string | null {
  const used = (["configs", "secrets"] as const).flatMap((kind) =>
    itemsOf(service[kind]).map((use) => {
      const source = textOf(fieldsOf(use)["source"]) ?? textOf(use) ?? "";
      return [kind, source, contentOf(fieldsOf(fieldsOf(config[kind])[source]), digests)];
    })
  );
  return used.length === 0 ? null : hashOf(used, digests.folder);
}

function contentOf(entry: Fields, { env, files, folder }: ContentDigests): unknown {
  const file = textOf(entry["file"]);
  const path = file?.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
  return {
    content: entry["content"],
    env: entry["environment"] === undefined ? undefined : [entry["environment"], env],
    file: path === undefined ? undefined : [path, Object.hasOwn(files, path) ? files[path] : null],
  };
}

/** Digest of a value; a draft is resolved in another folder than the stack, so that folder does not count. */
function hashOf(value: unknown, folder: string): string {
  const text = JSON.stringify(value);
  return digestOf(new TextEncoder().encode(folder === "" ? text : text.replaceAll(folder, ".")));
}
