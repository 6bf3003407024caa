/** Pure: the changes that a deployment would make to the volumes or networks of a project. */
import type { PlannedResource } from "../../protocol/stacks.ts";
import { digestOf } from "../../store/digest.ts";
import { fieldsOf, textOf } from "../../untrusted_json.ts";

/** Label of the project on what Compose creates. */
const PROJECT_LABEL = "com.docker.compose.project";
/** Label of the digest of its settings. */
const HASH_LABEL = "com.docker.compose.config-hash";

/** A volume or network as the engine lists it. */
export interface ListedResource {
  readonly name: string;
  /** Its project, if Compose created it. */
  readonly project: string | undefined;
  /** Digest of the settings that Compose created it with; older versions of Compose do not store it. */
  readonly configHash: string | undefined;
}

/** Volumes or networks of one project. */
export interface ResourceComparison {
  readonly project: string;
  /** As Compose resolved them, by key. */
  readonly wanted: Readonly<Record<string, unknown>>;
  readonly found: readonly ListedResource[];
  /** Why an existing one may change, by key; the others stay. */
  readonly doubts: ReadonlyMap<string, string>;
}

/** Lists the changes, by name. */
export function plannedResources(
  { project, wanted, found, doubts }: ResourceComparison,
): PlannedResource[] {
  const existing = new Map(found.map((one) => [one.name, one]));
  const named = Object.entries(wanted).map(([key, definition]): PlannedResource => {
    const name = nameOf(definition) ?? `${project}_${key}`;
    const own = existing.get(name);
    if (own === undefined) {
      return isExternal(definition)
        ? { name, action: "missing", reason: "it is external, and the host does not have it" }
        : { name, action: "create", reason: null };
    }
    const isKnown = isExternal(definition) || own.configHash === settingsHash(definition);
    const doubt = isKnown ? undefined : doubts.get(key);
    return doubt === undefined
      ? { name, action: "keep", reason: null }
      : { name, action: "unknown", reason: `cannot tell: ${doubt}` };
  });
  const names = new Set(named.map(({ name }) => name));
  const unused = found.filter((one) => one.project === project && !names.has(one.name))
    .map(({ name }): PlannedResource => ({ name, action: "unused", reason: "deployments do not delete it" }));
  return [...named, ...unused].sort((one, other) => one.name < other.name ? -1 : 1);
}

/** Reads entries of `GET /volumes` or `GET /networks`. */
export function listedResources(entries: readonly unknown[]): ListedResource[] {
  return entries.map(fieldsOf).flatMap(({ Name, Labels }) => {
    const name = textOf(Name);
    if (name === undefined) return [];
    const labels = fieldsOf(Labels);
    return [{ name, project: textOf(labels[PROJECT_LABEL]), configHash: textOf(labels[HASH_LABEL]) }];
  });
}

function nameOf(definition: unknown): string | undefined {
  return textOf(fieldsOf(definition)["name"])?.replaceAll("$$", "$");
}

function isExternal(definition: unknown): boolean {
  return fieldsOf(definition)["external"] === true;
}

/** Digest of settings as Compose computes it for its label: of the JSON that Go writes, with "$" unescaped. */
function settingsHash(definition: unknown): string {
  const json = JSON.stringify(definition).replaceAll("$$", "$")
    .replace(/[<>&\u2028\u2029]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return digestOf(new TextEncoder().encode(json));
}
