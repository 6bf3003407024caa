/** Pure: the part of a resolved project that DockStat keeps, to find later what a deployment has to change. */
import { isAbsolute, resolve } from "../../runtime/path.ts";
import { digestOf } from "../../store/digest.ts";
import type { StoredService } from "../../store/stack_record.ts";
import { countOf, fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Contents that the output of Compose does not have. */
export interface Surroundings {
  /** The environment text, which configs and secrets may come from. */
  readonly env: string;
  /** Folder of the project. */
  readonly folder: string;
}

/** Returns the services of a project that Compose has resolved, by name. */
export function servicesOf(config: Fields, around: Surroundings): StoredService[] {
  return Object.entries(fieldsOf(config["services"])).sort(([one], [other]) => one < other ? -1 : 1)
    .map(([name, service]) => toService(name, fieldsOf(service), config, around));
}

function toService(
  name: string,
  service: Fields,
  config: Fields,
  { env, folder }: Surroundings,
): StoredService {
  const { scale, deploy, image, container_name: containerName, build, labels } = service;
  const contents = contentsOf(service, config);
  const files = contents.flatMap(({ file }) => textOf(file) ?? []);
  // An environment variable has its value in the text of the environment.
  const isFromEnv = contents.some(({ environment }) => environment !== undefined);
  const context = textOf(fieldsOf(build)["context"]);
  return {
    name,
    wanted: countOf(fieldsOf(deploy)["replicas"] ?? scale) ?? 1,
    image: textOf(image) ?? null,
    containerName: textOf(containerName) ?? null,
    builds: build !== undefined,
    buildHash: build === undefined ? null : hashOf(build, folder),
    contextFolder: context === undefined ? null : relativePath(context, folder),
    ...buildPathsOf(fieldsOf(build), folder),
    contentHash: contents.length === 0 ? null : hashOf([contents, isFromEnv ? env : ""], folder),
    contentFiles: files.map((file) => file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file),
    ...fieldsOf(labels)["dockstat.hide"] === "true" && { hidden: true },
  };
}

/** Returns the paths on this machine that a build reads beside its context; Compose has resolved those of contexts. */
function buildPathsOf(
  { context, dockerfile, additional_contexts: more }: Fields,
  folder: string,
): Pick<StoredService, "buildPaths"> {
  const place = textOf(context) ?? "";
  const file = isAbsolute(place) ? resolve(place, textOf(dockerfile) ?? "") : place;
  const contexts = Object.values(fieldsOf(more)).flatMap((path) => textOf(path) ?? []).filter(isAbsolute);
  const paths = [...`${file}/`.startsWith(`${place}/`) ? [] : [file], ...contexts];
  return paths.length === 0 ? {} : { buildPaths: paths.map((path) => relativePath(path, folder)).sort() };
}

/** Returns a path within a folder relative to it, such as "./app"; other paths stay. */
function relativePath(path: string, folder: string): string {
  return `${path}/`.startsWith(`${folder}/`) ? `.${path.slice(folder.length)}` : path;
}

/** The configs and secrets that a service uses: Compose does not notice that their contents change. */
function contentsOf(service: Fields, config: Fields): Fields[] {
  return (["configs", "secrets"] as const).flatMap((kind) =>
    itemsOf(service[kind]).map((use) => {
      const source = textOf(fieldsOf(use)["source"]) ?? textOf(use) ?? "";
      const { content, environment, file } = fieldsOf(fieldsOf(config[kind])[source]);
      return { kind, source, content, environment, file };
    })
  );
}

/** Digest of a value; a draft is resolved in another folder than the stack, so that folder does not count. */
function hashOf(value: unknown, folder: string): string {
  const text = JSON.stringify(value);
  return digestOf(new TextEncoder().encode(folder === "" ? text : text.replaceAll(folder, ".")));
}
