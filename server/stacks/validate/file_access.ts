/** A stack reaches its own folder and no other file: what Compose reads of other files would end in containers. */
import { resolve, SEPARATOR } from "../../runtime/path.ts";
import { type ContainerSpec, partsOf } from "../../compose/schema_walk.ts";
import { expectedPath } from "../../store/file_limits.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import { invalidStack, locateIssues, type PathIssue } from "./issues.ts";

type Keys = PathIssue["keys"];

const INSIDE = "expected a path within the stack's own folder";
/** Build sources outside this machine. */
const ELSEWHERE = /^(https?|docker-image):\/\//;
const ELSEWHERE_OR_HERE = /^(https?:\/\/|docker-image:\/\/|(target|service):[\w.-]+$)/;
/** More of a value than this is not repeated. */
const LONGEST = 80;

/**
 * Refuses access beyond the folder: paths of `env_file`, `label_file`, `configs`, `secrets` and `build`; other
 * compose files (`include`, `extends`), which are not validated; programs of this machine (`provider`); and the
 * registry logins of this machine (`use_api_socket`). Services, jobs and hooks are checked alike.
 *
 * @param adopted True if the files of an adopted project outside the folder are allowed.
 * @throws {AppError} "invalid", with line and column of each.
 */
export async function checkFileAccess(value: unknown, text: string, adopted: boolean): Promise<void> {
  const found = [...programs(value), ...adopted ? [] : files(value)];
  if (found.length > 0) throw invalidStack(await locateIssues(text, found));
}

/** A mistake about a path, or about something else. */
interface Finding extends PathIssue {
  readonly file?: string;
}

/**
 * Refuses what a project as Compose reads it reaches, as {@linkcode checkFileAccess} does for the text.
 *
 * @param config Output of `compose config`, where paths are absolute.
 * @param folder The folder that its files must be in; `undefined` allows files anywhere, as in adopted projects.
 * @throws {AppError} "invalid", with line and column of each as far as the text has its key.
 */
export async function checkResolvedReach(
  config: unknown,
  text: string,
  folder: string | undefined,
): Promise<void> {
  // Compose prints clean paths: without "//" and "..".
  const root = folder && resolve(folder);
  const found = [
    ...programs(config),
    ...root === undefined ? [] : files(config).filter(({ file }) => !isWithin(file, root)),
  ];
  if (found.length > 0) throw invalidStack(await locateIssues(text, found));
}

function isWithin(file: string | undefined, folder: string): boolean {
  if (file === undefined) return false;
  // Compose doubles each "$" of its output when it resolves variables.
  const start = [folder, folder.replaceAll("$", "$$$$")].find((prefix) => file.startsWith(prefix));
  if (start === undefined) return false;
  const rest = file.slice(start.length).replaceAll(SEPARATOR, "/");
  return rest === "" || rest.startsWith("/") && staysInside(rest.slice(1));
}

function programs(value: unknown): PathIssue[] {
  return [
    ...fieldsOf(value)["models"] === undefined ? [] : [program(["models"], "models")],
    ...partsOf(value).containers.flatMap(({ keys, fields }) => {
      const { provider, models: used, use_api_socket: socket } = fields;
      return [
        ...provider === undefined ? [] : [program([...keys, "provider"], "provider")],
        // `compose config` prints no models of the project, only their use.
        ...used === undefined ? [] : [program([...keys, "models"], "models")],
        ...socket === undefined || socket === false ? [] : [{
          keys: [...keys, "use_api_socket"],
          message:
            "found use_api_socket: expected none, since it hands out this machine's logins to registries",
        }],
      ];
    }),
  ];
}

function files(value: unknown): Finding[] {
  const { include, configs, secrets } = fieldsOf(value);
  return [
    ...itemsOf(include).length > 0 || textOf(include) !== undefined
      ? [otherFile(["include"], "include")]
      : [],
    ...partsOf(value).containers.flatMap(ofContainer),
    ...[["configs", configs] as const, ["secrets", secrets] as const].flatMap(([kind, entries]) =>
      Object.entries(fieldsOf(entries)).flatMap(([name, entry]) =>
        outside(fieldsOf(entry)["file"], [kind, name, "file"])
      )
    ),
  ];
}

function ofContainer({ keys: at, fields }: ContainerSpec): Finding[] {
  const extended = fieldsOf(fields["extends"])["file"];
  return [
    ...extended === undefined || extended === "compose.yaml"
      ? []
      : [otherFile([...at, "extends"], "extends")],
    ...outside(fields["env_file"], [...at, "env_file"]),
    ...outside(fields["label_file"], [...at, "label_file"]),
    ...outside(fieldsOf(fields["credential_spec"])["file"], [...at, "credential_spec"]),
    ...ofProfiles(fields["security_opt"], [...at, "security_opt"]),
    ...ofBuild(fields["build"], [...at, "build"]),
  ];
}

function ofBuild(build: unknown, at: Keys): Finding[] {
  if (typeof build === "string") return outside(build, at, ELSEWHERE);
  const { context, dockerfile, additional_contexts: more, ssh, ...caches } = fieldsOf(build);
  const contexts = Array.isArray(more)
    ? more.map((item) => textOf(item)?.replace(/^[^=]*=/, ""))
    : Object.values(fieldsOf(more));
  return [
    ...outside(context, [...at, "context"], ELSEWHERE),
    ...outside(dockerfile, [...at, "dockerfile"]),
    ...outside(contexts, [...at, "additional_contexts"], ELSEWHERE_OR_HERE),
    ...["cache_from", "cache_to"].flatMap((key) => ofCache(caches[key], [...at, key])),
    ...ssh === undefined
      ? []
      : [{ keys: [...at, "ssh"], message: "found ssh: expected a build without your keys" }],
  ];
}

/** Compose reads a profile of seccomp itself, and hands it out. */
function ofProfiles(options: unknown, keys: Keys): PathIssue[] {
  return textsOf(options).flatMap((option) => {
    if (!/^\s*seccomp\b(?![:=](unconfined|builtin)$)|\$/i.test(option)) return [];
    return [{
      keys,
      message: `found "${option.slice(0, LONGEST)}": expected seccomp=unconfined, or no seccomp`,
    }];
  });
}

function ofCache(caches: unknown, keys: Keys): PathIssue[] {
  return textsOf(caches).flatMap((cache) => {
    if (!/\btype\s*=\s*"?local|\$/i.test(cache)) return [];
    return [{
      keys,
      message: `found "${cache.slice(0, LONGEST)}": expected a cache outside this machine, without variables`,
    }];
  });
}

/** The texts of a list; what else is in it is Compose's to refuse, and may be endless. */
function textsOf(value: unknown): string[] {
  return itemsOf(value).map(textOf).filter((text) => text !== undefined);
}

function otherFile(keys: Keys, what: string): PathIssue {
  return { keys, message: `found ${what} of another file: expected all of the stack in this one file` };
}

function program(keys: Keys, what: string): PathIssue {
  return { keys, message: `found ${what}: expected none, since it runs programs on DockStat's own machine` };
}

/** A path, a mapping with a path, or a list of either; a list within a list is Compose's to refuse, and may be endless. */
function outside(value: unknown, keys: Keys, elsewhere?: RegExp): Finding[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item: unknown) => {
    const file = textOf(item) ?? textOf(fieldsOf(item)["path"]);
    if (file === undefined || elsewhere?.test(file)) return [];
    const expected = staysInside(file) ? expectedPath(file) : INSIDE;
    return expected === undefined
      ? []
      : [{ keys, file, message: `found "${file.slice(0, LONGEST)}": ${expected}` }];
  });
}

/** Variables are refused because they could lead anywhere; a URL is not a file. */
function staysInside(file: string): boolean {
  if (/[$:\\]/.test(file) || file.startsWith("/") || file.startsWith("~")) return false;
  return !file.split("/").includes("..");
}
