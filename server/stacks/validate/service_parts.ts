/** Pure: digests of the parts of a resolved service, which show later what has changed since a deployment. */
import { digestOf } from "../../store/digest.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Digests by part: a key of the service, "environment.NAME", "labels.NAME", or "networks:" for definitions. */
export type ServiceParts = Readonly<Record<string, string>>;

/** Keys that change no container, or whose contents other parts have. */
const IGNORED: ReadonlySet<string> = new Set([
  "build",
  "configs",
  "deploy",
  "env_file",
  "label_file",
  "profiles",
  "pull_policy",
  "scale",
  "secrets",
]);
/** Mappings that are compared entry by entry. */
const MAPPINGS: ReadonlySet<string> = new Set(["environment", "labels"]);
/** Length of a digest, hexadecimal digits: a difference has to be noticed, not proved. */
const DIGITS = 16;

/**
 * Returns the parts of each service of a project that Compose has resolved.
 *
 * @param folder Folder of the project: it is another one when a draft is resolved.
 */
export function servicePartsOf(config: Fields, folder: string): ReadonlyMap<string, ServiceParts> {
  const services = Object.entries(fieldsOf(config["services"]));
  return new Map(services.map(([name, service]) => [name, partsOf(fieldsOf(service), config, folder)]));
}

function partsOf(service: Fields, config: Fields, folder: string): ServiceParts {
  const digest = (value: unknown) => shortDigest(value, folder);
  const parts: Record<string, string> = {};
  for (const [key, value] of Object.entries(service)) {
    if (IGNORED.has(key) || value === null) continue;
    if (!MAPPINGS.has(key)) parts[key] = digest(value);
    else for (const [name, entry] of Object.entries(fieldsOf(value))) parts[`${key}.${name}`] = digest(entry);
  }
  // The number of containers is compared with those that exist.
  const { replicas: _, ...deploy } = fieldsOf(service["deploy"]);
  if (Object.keys(deploy).length > 0) parts["deploy"] = digest(deploy);
  for (const kind of ["configs", "secrets"]) {
    if (itemsOf(service[kind]).length > 0) parts[kind] = digest(itemsOf(service[kind]));
  }
  return { ...parts, ...definitions(service, config, digest) };
}

/** Networks and volumes that a service uses: versions of Compose recreate them by different rules. */
function definitions(service: Fields, config: Fields, digest: (value: unknown) => string): ServiceParts {
  const networks = Object.keys(fieldsOf(service["networks"]));
  const volumes = itemsOf(service["volumes"]).map(fieldsOf)
    .filter(({ type }) => type === "volume").flatMap(({ source }) => textOf(source) ?? []);
  const used = (kind: string, names: readonly string[]) => names.map((name) => fieldsOf(config[kind])[name]);
  return {
    ...networks.length === 0 ? {} : { "networks:": digest(used("networks", networks)) },
    ...volumes.length === 0 ? {} : { "volumes:": digest(used("volumes", volumes)) },
  };
}

function shortDigest(value: unknown, folder: string): string {
  const text = JSON.stringify(value);
  const bytes = new TextEncoder().encode(folder === "" ? text : text.replaceAll(folder, "."));
  return digestOf(bytes).slice(0, DIGITS);
}
