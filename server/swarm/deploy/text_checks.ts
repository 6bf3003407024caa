/** Limits of the text of a swarm stack: it is a single file, and its tasks run on any node. */
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import { invalidStack, locateIssues, type PathIssue, withoutServices } from "../../stacks/validate/issues.ts";
import { relativeMounts } from "./mounted_paths.ts";

/** Keys of a service that read a file of this machine. */
const FILE_KEYS = ["env_file", "label_file", "extends"] as const;
/** Keys that the Docker CLI forbids without naming them, and what replaces them. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  mem_limit: "deploy.resources.limits.memory",
  memswap_limit: "deploy.resources.limits.memory",
  cpu_quota: "deploy.resources.limits.cpus",
  cpu_shares: "deploy.resources.reservations.cpus",
  cpuset: "placement constraints",
  volumes_from: "volumes",
  volume_driver: "the driver of a volume",
};
const ONE_FILE = "expected the whole stack in this text, since a swarm stack has no other files";

const ON_NODES = "expected an absolute path on the nodes, or a volume";

/**
 * Refuses files beside the text and keys that swarms do not have, before anything is read.
 *
 * @throws {AppError} "invalid" with line and column of each.
 */
export async function checkSwarmText(value: unknown, compose: string): Promise<void> {
  const found = [...sourceFiles(value), ...serviceIssues(value), ...relativeMounts(value)];
  if (found.length > 0) throw invalidStack(await locateIssues(compose, found));
}

/**
 * Refuses a resolved text whose tasks could not run on the nodes.
 *
 * @param config Output of `docker stack config`, where paths are absolute.
 * @param folder The folder that relative paths lead into, which is also in all variables of the Docker CLI itself.
 * @throws {AppError} "invalid" with line and column of each.
 */
export async function checkTasks(config: unknown, compose: string, folder: string): Promise<void> {
  const services = Object.entries(fieldsOf(fieldsOf(config)["services"]));
  if (services.length === 0) {
    throw await withoutServices(compose);
  }
  const found = [
    ...sourceFiles(config),
    ...services.flatMap(([name, service]) => [
      ...imageIssues(name, fieldsOf(service)),
      ...bindIssues(name, fieldsOf(service), folder),
      ...unsetIssues(name, fieldsOf(service)),
    ]),
    ...machineIssues(config, folder),
  ];
  if (found.length > 0) throw invalidStack(await locateIssues(compose, found));
}

/** Issues about files of configs and secrets, and about included files. */
function sourceFiles(value: unknown): PathIssue[] {
  const kinds = [["configs", "config"], ["secrets", "secret"]] as const;
  return [
    ...fieldsOf(value)["include"] === undefined
      ? []
      : [{ keys: ["include"], message: `found include: ${ONE_FILE}` }],
    ...kinds.flatMap(([kind, noun]) =>
      Object.entries(fieldsOf(fieldsOf(value)[kind])).flatMap(([name, entry]) => {
        if (fieldsOf(entry)["file"] === undefined) return [];
        const message = `found a file: create the ${noun} with "docker ${noun} create", ` +
          'and refer to it with "external: true"';
        return [{ keys: [kind, name, "file"], message }];
      })
    ),
  ];
}

function serviceIssues(value: unknown): PathIssue[] {
  return Object.entries(fieldsOf(fieldsOf(value)["services"])).flatMap(([name, service]) => {
    const fields = fieldsOf(service);
    const at = (key: string, message: string) => ({ keys: ["services", name, key], message });
    return [
      ...FILE_KEYS.filter((key) => fields[key] !== undefined)
        .map((key) => at(key, `found ${key}: ${ONE_FILE}`)),
      ...Object.keys(FORBIDDEN).filter((key) => fields[key] !== undefined)
        .map((key) => at(key, `found ${key}: swarms do not support it, use ${FORBIDDEN[key]}`)),
    ];
  });
}

/** Returns the names of the variables that services receive without a value in the text. */
export function passedNames(value: unknown): string[] {
  return Object.values(fieldsOf(fieldsOf(value)["services"])).flatMap((service) => {
    const { environment } = fieldsOf(service);
    if (!Array.isArray(environment)) return withoutValue(environment);
    return environment.flatMap((item: unknown) => textOf(item)?.match(/^[A-Za-z_]\w*$/)?.[0] ?? []);
  });
}

/** Refuses a variable without a value: a deployment would take it from DockStat's own environment. */
function unsetIssues(
  service: string,
  { environment }: Readonly<Record<string, unknown>>,
): PathIssue[] {
  return withoutValue(environment).map((name) => ({
    keys: ["services", service, "environment", name],
    message: `found "${name.slice(0, 80)}" without a value: expected one here or in the environment text`,
  }));
}

/**
 * Refuses values that the Docker CLI has taken from its own environment: each of its variables has the folder, which no
 * text can know.
 */
function machineIssues(config: unknown, folder: string): PathIssue[] {
  const places = placesOf(config, folder).filter(([root, , key]) => root !== "services" || key !== "volumes");
  return places.map((keys) => ({
    keys,
    message: "found a variable of this machine: expected a value here or in the environment text",
  }));
}

/** Finds the keys of the texts that have a part. */
function placesOf(value: unknown, part: string): PathIssue["keys"][] {
  if (typeof value === "string") return value.includes(part) ? [[]] : [];
  return Object.entries(fieldsOf(value)).flatMap(([key, child]) =>
    placesOf(child, part).map((keys) => [Array.isArray(value) ? Number(key) : key, ...keys])
  );
}

function withoutValue(environment: unknown): string[] {
  return Object.entries(fieldsOf(environment)).flatMap(([name, value]) => value === null ? [name] : []);
}

function imageIssues(name: string, { image, build }: Readonly<Record<string, unknown>>): PathIssue[] {
  if (textOf(image)) return [];
  const keys = ["services", name, ...build === undefined ? [] : ["build"]];
  return [{
    keys,
    message: "found no image: expected one that every node can pull, since nodes build nothing",
  }];
}

function bindIssues(
  name: string,
  { volumes }: Readonly<Record<string, unknown>>,
  folder: string,
): PathIssue[] {
  return itemsOf(volumes).flatMap((volume) => {
    const { type, source } = fieldsOf(volume);
    const path = textOf(source) ?? "";
    if (type !== "bind" || !path.includes(folder)) return [];
    const relative = path.replace(folder, ".").slice(0, 80);
    const message = `found the relative path "${relative}": ${ON_NODES}`;
    return [{ keys: ["services", name, "volumes"], message }];
  });
}
