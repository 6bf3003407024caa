/** Compares the volumes and networks of a project with those that its host has. */
import type { Engine } from "../../docker/engine.ts";
import type { DeploymentPlan } from "../../protocol/stacks.ts";
import type { DeployedService } from "../../store/deployed_services.ts";
import { fieldsOf, itemsOf } from "../../untrusted_json.ts";
import type { Resolved } from "../validate/resolve.ts";
import { listedResources, plannedResources } from "./planned_resources.ts";

/** A project and its host. */
export interface ProjectComparison {
  readonly project: string;
  readonly resolved: Pick<Resolved, "config" | "parts" | "volumes" | "networks">;
  readonly engine: Engine;
  /** Services as they were deployed last. */
  readonly before: ReadonlyMap<string, DeployedService>;
  readonly signal: AbortSignal;
}

/** Lists the changes of volumes and networks. */
export async function projectResources(
  { project, resolved, engine, before, signal }: ProjectComparison,
): Promise<Pick<DeploymentPlan, "volumes" | "networks">> {
  const get = (path: string) => engine.call({ method: "GET", path }, signal);
  const [volumes, networks] = await Promise.all([get("/volumes"), get("/networks")]);
  return {
    volumes: plannedResources({
      project,
      wanted: resolved.volumes,
      found: listedResources(itemsOf(fieldsOf(volumes)["Volumes"])),
      // Compose keeps an existing volume, whatever its settings.
      doubts: new Map(),
    }),
    networks: plannedResources({
      project,
      wanted: resolved.networks,
      found: listedResources(itemsOf(networks)),
      doubts: doubtfulNetworks(resolved, before),
    }),
  };
}

/**
 * Finds the networks whose settings may have changed: versions of Compose recreate them by different rules. A service
 * that has the same networks with the same settings as in its last deployment proves that its networks are unchanged.
 */
function doubtfulNetworks(
  { config, parts }: ProjectComparison["resolved"],
  before: ReadonlyMap<string, DeployedService>,
): ReadonlyMap<string, string> {
  const doubts = new Map<string, string>();
  const proven = new Set<string>();
  for (const [name, service] of Object.entries(config)) {
    const [now, last] = [parts.get(name), before.get(name)?.parts];
    const isSame = (part: string) => last !== undefined && last[part] === now?.[part];
    for (const key of Object.keys(fieldsOf(service["networks"]))) {
      if (isSame("networks") && isSame("networks:")) proven.add(key);
      else if (isSame("networks")) doubts.set(key, "its settings changed");
      else if (!doubts.has(key)) doubts.set(key, "its settings at the last deployment are not known");
    }
  }
  return new Map([...doubts].filter(([key]) => !proven.has(key)));
}
