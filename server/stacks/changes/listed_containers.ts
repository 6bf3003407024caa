/** Reads the containers of a project with the labels that Compose gave them. */
import type { Engine } from "../../docker/engine.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import type { KnownContainer } from "./planned_change.ts";

/** A container of a project. */
export interface ListedContainer extends KnownContainer {
  readonly id: string;
  readonly service: string;
}

/** Lists the containers of services; those of `compose run` and of hooks do not count. */
export async function listContainers(
  engine: Engine,
  project: string,
  signal: AbortSignal,
): Promise<ListedContainer[]> {
  const filters = JSON.stringify({ label: [`com.docker.compose.project=${project}`] });
  const path = `/containers/json?${new URLSearchParams({ all: "1", filters })}`;
  return itemsOf(await engine.call({ method: "GET", path }, signal)).map(fieldsOf).flatMap((container) => {
    const labels = fieldsOf(container["Labels"]);
    const label = (name: string) => textOf(labels[`com.docker.compose.${name}`]);
    const [id, service] = [textOf(container["Id"]), label("service")];
    const isOther = label("oneoff") === "True" || label("hook") !== undefined;
    if (id === undefined || service === undefined || isOther) return [];
    return [{
      id,
      service,
      name: textOf(itemsOf(container["Names"])[0])?.replace(/^\//, "") ?? id.slice(0, 12),
      state: textOf(container["State"]) ?? "",
      imageId: textOf(container["ImageID"]) ?? "",
      configHash: label("config-hash") ?? null,
    }];
  });
}

/** Returns the label of the configuration that all containers of a service share; services without one are left out. */
export function sharedHashes(containers: readonly ListedContainer[]): ReadonlyMap<string, string> {
  const services = Map.groupBy(containers, ({ service }) => service);
  return new Map([...services].flatMap(([service, own]) => {
    const [hash, ...others] = new Set(own.map(({ configHash }) => configHash));
    return hash === null || hash === undefined || others.length > 0 ? [] : [[service, hash]];
  }));
}
