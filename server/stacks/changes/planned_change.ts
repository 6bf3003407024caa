/** Pure: the change that a deployment would make to one service. */
import type { ChangeAction } from "../../protocol/stacks.ts";
import type { ServiceParts } from "../validate/service_parts.ts";

/** A container of a service, as the engine lists it. */
export interface KnownContainer {
  readonly name: string;
  readonly state: string;
  /** Id of its image. */
  readonly imageId: string;
  /** Compose's label of its configuration. */
  readonly configHash: string | null;
}

/** The service as it was deployed last; `undefined` values were not stored. */
export interface LastDeployment {
  readonly parts: ServiceParts | undefined;
  /** Compose's label of the containers that it made. */
  readonly configHash: string | null;
  /** Digest of configs and secrets. */
  readonly contentHash: string;
}

/** A service as it is, and as a deployment would make it. */
export interface ServiceComparison {
  readonly wanted: number;
  readonly parts: ServiceParts;
  /** Digest of configs and secrets. */
  readonly contentHash: string;
  /** True if its image would be built. */
  readonly isBuilt: boolean;
  /** True if its image may be pulled although there is one. */
  readonly mayPull: boolean;
  /** Id of its image on the host; `null` if the image is not there. */
  readonly imageId: string | null;
  readonly containers: readonly KnownContainer[];
  readonly last: LastDeployment | undefined;
  /** Differences that the engine's inspection of a container shows; a text where they cannot be found. */
  readonly inspected: readonly string[] | string;
}

/** A change with its reasons. */
export interface Change {
  readonly action: ChangeAction;
  readonly reasons: readonly string[];
}

/** Parts whose changes not every version of Compose answers by recreating the container. */
const SOFT: ReadonlyMap<string, string> = new Map([
  ["depends_on", "depends_on"],
  ["networks:", "definitions of its networks"],
  ["volumes:", "definitions of its volumes"],
]);
/** Largest number of names in a reason. */
const MOST_NAMES = 5;

/** Finds the change of a service. What nothing shows is `unknown`, never a guess. */
export function plannedChange(service: ServiceComparison): Change {
  const { wanted, containers } = service;
  const count = containers.length;
  if (wanted === 0) {
    return count === 0
      ? { action: "unchanged", reasons: [] }
      : { action: "remove", reasons: ["the compose file asks for no container"] };
  }
  if (count === 0) return { action: "create", reasons: [] };
  const { certain, doubts } = differences(service);
  if (certain.length > 0) return { action: "recreate", reasons: certain };
  if (doubts.length > 0) {
    return {
      action: "unknown",
      reasons: doubts.map((doubt) => `cannot tell: ${doubt}`),
    };
  }
  if (count < wanted) return { action: "create", reasons: [`${count} of ${wanted} containers exist`] };
  if (count > wanted) {
    return { action: "remove", reasons: [`${count} containers exist, and ${wanted} are wanted`] };
  }
  return ofStates(containers);
}

function ofStates(containers: readonly KnownContainer[]): Change {
  const others = containers.filter(({ state }) => state !== "running" && state !== "restarting");
  if (others.length === 0) return { action: "unchanged", reasons: [] };
  const reasons = others.slice(0, MOST_NAMES).map(({ name, state }) => `container "${name}" is ${state}`);
  const canStart = others.every(({ state }) => state === "created" || state === "exited");
  return canStart
    ? { action: "start", reasons }
    : { action: "unknown", reasons: reasons.map((reason) => `cannot tell: ${reason}`) };
}

function differences(service: ServiceComparison): { certain: readonly string[]; doubts: readonly string[] } {
  const { containers, imageId, isBuilt, mayPull, contentHash, last, inspected, parts } = service;
  const isOwn = last?.parts !== undefined && last.configHash !== null &&
    containers.every(({ configHash }) => configHash === last.configHash);
  const changed = isOwn ? changedParts(last.parts, parts) : [];
  const found = isOwn ? changed.filter((part) => !SOFT.has(part)) : inspected;
  const hasNewImage = imageId !== null && containers.some((container) => container.imageId !== imageId);
  return {
    certain: [
      ...typeof found === "string" ? [] : isOwn ? grouped(found) : found,
      ...last !== undefined && last.contentHash !== contentHash ? ["contents of configs or secrets"] : [],
      ...hasNewImage && !isBuilt ? ["another image of this name on the host"] : [],
    ],
    doubts: [
      ...typeof found === "string" ? [found] : [],
      ...changed.flatMap((part) => SOFT.get(part) ?? []).map((what) => `${what} changed`),
      ...isBuilt ? ["its image is built, and may be another one"] : [],
      ...imageId === null && !isBuilt ? ["its image is not on the host, and is pulled"] : [],
      ...mayPull ? ["a newer image may be pulled"] : [],
    ],
  };
}

function changedParts(before: ServiceParts, now: ServiceParts): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name]).sort();
}

/** Joins the entries of a mapping, such as "environment (A, B)". */
function grouped(parts: readonly string[]): string[] {
  const groups = Map.groupBy(parts, (part) => part.split(".", 1)[0]!);
  return [...groups].map(([key, members]) => {
    const names = members.filter((part) => part !== key).map((part) => part.slice(key.length + 1));
    return names.length === 0 ? key : `${key} (${names.slice(0, MOST_NAMES).join(", ")})`;
  });
}
