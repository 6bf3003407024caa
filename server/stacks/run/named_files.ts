/** Files that a compose text names, and where they really are. */
import { dirname, normalize, resolve } from "../../runtime/path.ts";
import { mayHave, parseCompose } from "../../compose/compose_yaml.ts";
import { partsOf } from "../../compose/schema_walk.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import { AppError } from "../../errors.ts";
import { quotedPath } from "../../store/file_limits.ts";
import { isUnreachable, isUnusable } from "../../store/real_files.ts";

/** Largest number of links on a path, as in Linux. */
const MOST_LINKS = 40;
const UNREACHABLE =
  "cannot be reached. It is too long, or leads through a circle of links or a folder without access";

/** Relative paths in a compose text, without variables: of files, build contexts, and bind mounts. */
export async function namedFiles(compose: string): Promise<string[]> {
  const value = await parseCompose(compose);
  const { volumes, configs, secrets } = fieldsOf(value);
  const paths = [
    ...partsOf(value).containers.flatMap(({ fields }) => ofContainer(fields)),
    ...Object.values(fieldsOf(volumes)).map((volume) => deviceOf(fieldsOf(volume))),
    ...[configs, secrets].flatMap((entries) =>
      Object.values(fieldsOf(entries)).map((entry) => fieldsOf(entry)["file"])
    ),
  ];
  return [...new Set(paths.map(textOf).filter((path) => path !== undefined && isRelative(path)))] as string[];
}

/**
 * Folders of a stack that its volumes are under another name, as relative paths; empty for the whole folder, and for
 * one that variables name.
 */
export async function volumeFolders(compose: string, stackId: number): Promise<string[]> {
  // Parsing a long text takes time.
  if (!mayHave(compose, /device/)) return [];
  const { volumes } = fieldsOf(await parseCompose(compose));
  return Object.values(fieldsOf(volumes)).flatMap((volume) => {
    const device = textOf(fieldsOf(fieldsOf(volume)["driver_opts"])["device"]);
    if (device === undefined) return [];
    if (device.includes("$")) return [""];
    const below = device.startsWith("/")
      ? new RegExp(`/stacks/${stackId}(?:/(.*))?$`).exec(device)?.slice(1).map((path) => path ?? "")
      : [device];
    return below?.map((path) => normalize(`./${path}`).replace(/^\.?\/*|\/+$/g, "")) ?? [];
  });
}

function ofContainer(fields: Readonly<Record<string, unknown>>): unknown[] {
  return [
    ...filesOf(fields["env_file"]),
    ...filesOf(fields["label_file"]),
    fieldsOf(fields["credential_spec"])["file"],
    ...ofBuild(fields["build"]),
    ...itemsOf(fields["volumes"]).map(sourceOf),
  ];
}

function filesOf(value: unknown): unknown[] {
  const items = Array.isArray(value) ? value : [value];
  return items.map((item: unknown) => textOf(item) ?? fieldsOf(item)["path"]);
}

function ofBuild(build: unknown): unknown[] {
  if (typeof build === "string") return [build];
  const { context, dockerfile, additional_contexts: more } = fieldsOf(build);
  const contexts = Array.isArray(more)
    ? more.map((item) => textOf(item)?.replace(/^[^=]*=/, ""))
    : Object.values(fieldsOf(more));
  return [
    context,
    ...textOf(dockerfile) === undefined ? [] : [`${textOf(context) ?? "."}/${dockerfile}`],
    ...contexts,
  ];
}

/** The source of a bind mount; in the short form, a volume's name has no leading dot. */
function sourceOf(volume: unknown): string | undefined {
  const { type, source } = fieldsOf(volume);
  if (type === "bind") return textOf(source);
  const path = textOf(volume)?.split(":")[0] ?? textOf(source);
  return path?.startsWith(".") ? path : undefined;
}

/** The folder of a local volume that is a bind mount; Compose resolves it like the source of one. */
function deviceOf({ driver, driver_opts: options }: Readonly<Record<string, unknown>>): unknown {
  const { o, device } = fieldsOf(options);
  return driver === "local" && o === "bind" ? device : undefined;
}

function isRelative(path: string): boolean {
  return !/^[/~]|[$\\]|:/.test(path);
}

/**
 * Refuses to run a stack when a path that leads into its folder by name leads out of it through a link.
 *
 * @throws {AppError} "invalid" that names the path, also for one that cannot be followed.
 */
export async function checkLinks(folder: string, paths: readonly string[]): Promise<void> {
  const root = await Deno.realPath(folder);
  for (const path of paths) {
    const full = resolve(root, path);
    // The text itself leads out: bind mounts may.
    if (!isInside(root, full)) continue;
    const target = await realTarget(full);
    if (target === undefined) throw refused(path, UNREACHABLE);
    if (isInside(root, target)) continue;
    const advice = "Remove the link, or write the whole path into the compose file";
    throw refused(path, `leads out of the stack's folder through a link. ${advice}`);
  }
}

function refused(path: string, message: string): AppError {
  return new AppError("invalid", `Cannot run this stack: ${quotedPath(path)} ${message}.`);
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

/**
 * Returns the real path of a file, or of the nearest folder above it that exists; `undefined` if it cannot be followed.
 *
 * @param links Number of links that are followed: links to missing files can lead in a circle.
 */
async function realTarget(path: string, links = MOST_LINKS): Promise<string | undefined> {
  try {
    return await Deno.realPath(path);
  } catch (error) {
    if (isUnreachable(error) || isUnusable(error)) return undefined;
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) throw error;
    // A link to what does not exist yet.
    const link = await Deno.lstat(path).catch(() => undefined);
    if (!link?.isSymlink) return await realTarget(dirname(path), links);
    if (links === 0) return undefined;
    return await realTarget(resolve(dirname(path), await Deno.readLink(path)), links - 1);
  }
}
