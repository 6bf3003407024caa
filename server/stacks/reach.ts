/** A stack reaches its own folder and no other file: what Compose reads of other files would end in containers. */
import { fieldsOf, itemsOf, textOf } from "../docker/loose.ts";
import type { Issue } from "../errors.ts";
import { locate } from "../yaml.ts";
import { invalid } from "./invalid.ts";

type Keys = readonly (string | number)[];

interface Reference {
  readonly keys: Keys;
  readonly file: string;
}

const EXPECTED = "expected a path within the stack's own folder";

/**
 * Refuses references to files outside the folder: `include`, `extends`, `env_file`, `label_file`, and the files of
 * configs and secrets.
 *
 * @throws {AppError} "invalid", with line and column of each.
 */
export async function checkReach(value: unknown, text: string): Promise<void> {
  const outside = references(value).filter(({ file }) => !staysInside(file));
  if (outside.length === 0) return;
  const issues = outside.slice(0, 5).map(async ({ keys, file }): Promise<Issue> => ({
    path: ["compose", ...keys].join("."),
    ...await locate(text, keys),
    message: `found "${file}": ${EXPECTED}`,
  }));
  throw invalid(await Promise.all(issues));
}

function references(value: unknown): Reference[] {
  const { include, services, configs, secrets } = fieldsOf(value);
  return [
    ...included(include),
    ...Object.entries(fieldsOf(services)).flatMap(([name, service]) => ofService(name, fieldsOf(service))),
    ...[["configs", configs] as const, ["secrets", secrets] as const].flatMap(([kind, entries]) =>
      Object.entries(fieldsOf(entries)).flatMap(([name, entry]) =>
        paths(fieldsOf(entry)["file"], [kind, name, "file"])
      )
    ),
  ];
}

function included(include: unknown): Reference[] {
  return itemsOf(include).flatMap((item, index) => {
    const { path, env_file, project_directory } = fieldsOf(item);
    const keys: Keys = ["include", index];
    if (typeof item === "string") return paths(item, keys);
    return [path, env_file, project_directory].flatMap((one) => paths(one, keys));
  });
}

function ofService(name: string, service: Readonly<Record<string, unknown>>): Reference[] {
  const at: Keys = ["services", name];
  const extended = fieldsOf(service["extends"])["file"];
  return [
    ...paths(extended, [...at, "extends"]),
    ...paths(service["env_file"], [...at, "env_file"]),
    ...paths(service["label_file"], [...at, "label_file"]),
  ];
}

/** A path, a mapping with a path, or a list of either; a list within a list is Compose's to refuse, and may be endless. */
function paths(value: unknown, keys: Keys): Reference[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item: unknown) => {
    const file = textOf(item) ?? textOf(fieldsOf(item)["path"]);
    return file === undefined ? [] : [{ keys, file }];
  });
}

/** A variable could lead anywhere, an address is no file. */
function staysInside(file: string): boolean {
  if (/[$:\\]/.test(file) || file.startsWith("/") || file.startsWith("~")) return false;
  return !file.split("/").includes("..");
}
