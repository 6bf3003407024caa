/** Pure: the changes that a deployment would make to the volumes or networks of a project. */
import type { PlannedResource } from "../../protocol/stacks.ts";
import { fieldsOf, textOf } from "../../untrusted_json.ts";

/** Label of the project on what Compose creates. */
const PROJECT_LABEL = "com.docker.compose.project";

/** A volume or network as the engine lists it. */
export interface ListedResource {
  readonly name: string;
  /** Its project, if Compose created it. */
  readonly project: string | undefined;
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
  const existing = new Set(found.map(({ name }) => name));
  const named = Object.entries(wanted).map(([key, definition]): PlannedResource => {
    const name = nameOf(definition) ?? `${project}_${key}`;
    if (!existing.has(name)) {
      return isExternal(definition)
        ? { name, action: "missing", reason: "it is external, and the host does not have it" }
        : { name, action: "create", reason: null };
    }
    const doubt = isExternal(definition) ? undefined : doubts.get(key);
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
    return name === undefined ? [] : [{ name, project: textOf(fieldsOf(Labels)[PROJECT_LABEL]) }];
  });
}

function nameOf(definition: unknown): string | undefined {
  return textOf(fieldsOf(definition)["name"])?.replaceAll("$$", "$");
}

function isExternal(definition: unknown): boolean {
  return fieldsOf(definition)["external"] === true;
}
